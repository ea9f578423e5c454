import type { BallotQuestion } from './ballot-link-question.ts'
import { actionWords, factWords, matterWords, purposeWords } from './ballot-link-words.ts'
import { type Html, html } from './html.ts'

type Subject = BallotQuestion['subject']
type CharterChange = NonNullable<Subject['charterChanges']>[number]

const items = (all: readonly string[]): readonly Html[] =>
  all.map((text) => html`<li dir="auto">${text}</li>`)

/** A heading and its sentences; nothing where there are none. */
export const sentences = (title: string, all: readonly string[]): Html | null =>
  all.length === 0 ? null : html`<h2>${title}</h2><ul>${items(all)}</ul>`

const said = (all: readonly { readonly text: string }[]): readonly string[] =>
  all.map(({ text }) => text)

const asked = ({ request }: Subject): Html | null =>
  request &&
  html`<h2>Who asks, and what for</h2>
${request.requester ? html`<p dir="auto"><strong>${request.requester}</strong></p>` : null}
<p>For: ${request.purposes.map(purposeWords).join(', ')}. They want to: ${request.actions.map(actionWords).join(', ')}. For ${request.days} days.</p>
<p class="lines" dir="auto">${request.project}</p>
${request.facts ? html`<h3>What they say about themselves</h3><ul>${items(Object.entries(request.facts).map(factWords))}</ul>` : null}
${sentences('What the licence says to this', said(request.decision.reasons))}
${sentences('What they promise', said(request.decision.duties))}`

const INCOMPLETE =
  'The two versions are too large to be compared completely: an empty list proves nothing here.'
const UNCHANGED = 'Nothing changes for anybody: every request gets the same answer as before.'

const touched = ({ impact }: Subject): Html | null =>
  impact &&
  sentences('What it touches', [
    `Published datasets under this licence: ${impact.datasets}`,
    `Grants in force on them: ${impact.grants}`,
    `Grants that wait until their holders accept the new terms: ${impact.reaccept}`,
    `Grants whose use it would no longer allow: ${impact.closed}`,
    `Duties of these grants still to be kept: ${impact.duties}`,
  ])

const licenceChange = (subject: Subject): Html | null => {
  const { changes } = subject
  if (!changes) return null
  const { wider, narrower, dutiesAdded, dutiesRemoved, complete } = changes
  const none = [wider, narrower, dutiesAdded, dutiesRemoved].every((list) => list.length === 0)
  const note = complete ? UNCHANGED : INCOMPLETE
  return html`${none || !complete ? html`<p><strong>${note}</strong></p>` : null}
${sentences('Newly allowed', wider)}${sentences('No longer allowed', narrower)}${sentences('Duties that come', dutiesAdded)}${sentences('Duties that go', dutiesRemoved)}${touched(subject)}`
}

/** Matters that change alike stand together: most charters change one sentence for many of them. */
const together = (changes: readonly CharterChange[]): readonly (readonly CharterChange[])[] => {
  const alike = new Map<string, CharterChange[]>()
  for (const change of changes) {
    const key = JSON.stringify([change.removed, change.added])
    alike.set(key, [...(alike.get(key) ?? []), change])
  }
  return [...alike.values()]
}

const part = (name: string, tag: 'del' | 'ins', all: readonly string[]): Html | null => {
  if (all.length === 0) return null
  const shown = all.map((text) =>
    tag === 'del'
      ? html`<li dir="auto"><del>${text}</del></li>`
      : html`<li dir="auto"><ins>${text}</ins></li>`,
  )
  return html`<p><strong>${name}</strong></p><ul>${shown}</ul>`
}

const group = (changes: readonly CharterChange[]): Html => {
  const [{ removed, added } = { removed: [], added: [] }] = changes
  return html`<h3>${changes.map(({ matter }) => matterWords(matter)).join(', ')}</h3>
${part(added.length > 0 ? 'No longer' : 'Taken away', 'del', removed)}
${part(removed.length > 0 ? 'Instead' : 'New', 'ins', added)}`
}

const lengthOf = ([first]: readonly CharterChange[]): number =>
  [...(first?.removed ?? []), ...(first?.added ?? [])].join('').length

/** As much as an old phone can hold; the rest is one page further, also without a script. */
const MOST_CHARACTERS = 40_000

const charterChange = ({ id, subject }: BallotQuestion): Html | null => {
  const { charterChanges } = subject
  if (!charterChanges) return null
  const groups = together(charterChanges)
  let length = 0
  const fits = groups.filter((one) => {
    length += lengthOf(one)
    return length <= MOST_CHARACTERS
  })
  const left = groups.length - fits.length
  return html`<h2>What would change</h2>
${groups.length === 0 ? html`<p>Nothing: every rule says what the charter in force says.</p>` : null}
${fits.map(group)}
${left > 0 ? html`<p><strong>${left} more parts change.</strong> Read them before you vote: <a href="/decisions/${id}" rel="noreferrer">the whole decision</a>.</p>` : null}`
}

const vouched = ({ facts }: Subject): Html | null =>
  facts && sentences('What would be vouched for', Object.entries(facts).map(factWords))

/** What a yes would do, in words: the dataset, who asks, what changes, and what the licence lets happen. */
export const ballotSubject = (question: BallotQuestion): Html => {
  const { subject: about } = question
  const licence = about.licence ?? about.version?.licence ?? about.dataset?.licence ?? null
  return html`${about.dataset ? html`<p>Dataset: <strong dir="auto">${about.dataset.title}</strong>${about.version ? html`, version ${about.version.version}` : null}</p>` : null}
${about.member ? html`<p>Person: <strong dir="auto">${about.member}</strong></p>` : null}
${vouched(about)}${asked(about)}${licenceChange(about)}${charterChange(question)}
${licence ? sentences(`What the licence means: ${licence.title}, version ${licence.version}`, said(licence.summary)) : null}`
}
