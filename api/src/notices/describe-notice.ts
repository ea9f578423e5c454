import { messagesFor } from '../../../policies/index.ts'
import type { Datasets } from '../datasets/datasets.ts'
import type { Governance, Proposal } from '../governance/governance.ts'
import type { People } from '../people/people.ts'
import type { Language, Notice, NoticeKind } from './notice.ts'
import { fill, sayDay, wordsIn } from './words.ts'

const DAY = 86_400_000
/** Later than this an e-mail is no news; the notice itself stays in the registry. */
const NEWS = 7 * DAY

export interface DescribeDeps {
  readonly governance: Pick<Governance, 'proposal' | 'view'>
  readonly datasets: Pick<Datasets, 'dataset' | 'visibleTo'>
  readonly people: Pick<People, 'account' | 'community'>
}

/** A notice in words. */
export interface Described {
  readonly title: string
  readonly text: string
  readonly action: string
  /** Path of the page it leads to. */
  readonly path: string
  /** What a vote settles that a licence leaves to people, as the question says it; empty for none. */
  readonly settles: string
}

/** What came from people goes on one line, and no longer than a subject may be. */
const oneLine = (text: string): string => {
  const flat = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return flat.length > 120 ? `${flat.slice(0, 119)}…` : flat
}

const pathOf = async ({ people }: DescribeDeps, { kind, about }: Notice): Promise<string> => {
  const { proposal, request, dataset, community } = about
  switch (kind) {
    case 'vote-opened':
    case 'vote-about-you':
    case 'vote-closing':
    case 'veto-window':
      return `/decisions/${proposal}/ballot`
    case 'minute-waiting':
    case 'ballot-entered':
      return `/decisions/${proposal}/ballot`
    case 'appeal-lodged':
    case 'vote-again':
      return request === undefined ? `/decisions/${proposal}/ballot` : `/requests/${request}`
    case 'vote-result':
      return `/decisions/${proposal}`
    case 'request-returned':
      return request === undefined ? `/decisions/${proposal}` : `/requests/${request}`
    case 'request-answered':
      return `/requests/${request}`
    case 'delegation-used':
    case 'delegation-paused':
      return `/communities/${(await people.community(community ?? ''))?.slug}#standing`
    case 'contribution-used':
    case 'contribution-withdrawn':
      return `/datasets/${dataset}`
    default:
      return '/grants'
  }
}

const dutyWords = (kind: string | undefined): string => {
  const { duties } = messagesFor('en')
  const known = Object.entries(duties).find(([name]) => name === kind)
  return known ? String(known[1]) : (kind ?? '')
}

/** A title such as "Publish version 1.0.0" tells little without it. */
const datasetOf = (proposal: Proposal | null): string | undefined =>
  proposal && 'dataset' in proposal.effect ? proposal.effect.dataset : undefined

/** What somebody held, asked for or gave themselves is no secret from them. */
const isTheirs = ({ kind, about }: Notice): boolean =>
  kind !== 'team-named' &&
  [about.grant, about.request, about.version].some((one) => one !== undefined)

/** The name of what it is about; of what is hidden from them nobody hears more than that it is there. */
const nameFor = async (
  { datasets, people }: DescribeDeps,
  notice: Notice,
  subject: string | undefined,
): Promise<string> => {
  const found = subject === undefined ? null : await datasets.dataset(subject)
  if (!found) return ''
  if (isTheirs(notice)) return oneLine(found.title)
  const account = await people.account(notice.account)
  const actor = account && { account, session: null, scopes: null }
  return (await datasets.visibleTo(found, actor)) ? oneLine(found.title) : ''
}

const TO_VOTERS: ReadonlySet<NoticeKind> = new Set(['vote-opened', 'vote-closing'])

/** The last paragraph of the question, where a licence leaves something to those who vote. */
const settledBy = (proposal: Proposal | null): string =>
  proposal && 'settles' in proposal.effect && proposal.effect.settles
    ? (proposal.text.split('\n\n').at(-1) ?? '').replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
    : ''

/** Says a notice in a language; titles of proposals and datasets stay as they were given. */
export const describeNotice = async (
  deps: DescribeDeps,
  notice: Notice,
  language: Language,
): Promise<Described> => {
  const { kind, about } = notice
  const words = wordsIn(language)
  const proposal = about.proposal ? await deps.governance.proposal(about.proposal) : null
  const subject = about.dataset ?? datasetOf(proposal)
  const name = await nameFor(deps, notice, subject)
  const holes = {
    title: [oneLine(proposal?.title ?? '') || words.aProposal, name].filter(Boolean).join(', '),
    dataset: name || words.aDataset,
    version: about.version ?? '',
    duty: dutyWords(about.duty),
    day: about.until === undefined ? '' : sayDay(about.until, language),
  }
  const { title, text, action } = words.kinds[kind]
  const path = await pathOf(deps, notice)
  const settles = TO_VOTERS.has(kind) ? settledBy(proposal) : ''
  return { title: fill(title, holes), text: fill(text, holes), action, path, settles }
}

const isOpen = ({ governance }: DescribeDeps, proposal: Proposal | null): boolean =>
  proposal !== null && governance.view(proposal)?.phase === 'open'

const WHILE_OPEN: ReadonlySet<NoticeKind> = new Set([
  'vote-opened',
  'vote-closing',
  'vote-again',
  'ballot-entered',
])

/** Somebody still has to vouch for what was entered. */
const waits = (proposal: Proposal | null): boolean =>
  proposal?.minutes.some(({ confirmed }) => confirmed === null) ?? false

/** Whether an e-mail would still be of use to whoever gets it. */
export const isNews = async (deps: DescribeDeps, notice: Notice, now: number): Promise<boolean> => {
  const { kind, about, at } = notice
  const proposal = about.proposal ? await deps.governance.proposal(about.proposal) : null
  if (WHILE_OPEN.has(kind)) return isOpen(deps, proposal)
  if (kind === 'minute-waiting') return isOpen(deps, proposal) && waits(proposal)
  if (kind === 'appeal-lodged') {
    return proposal !== null && deps.governance.view(proposal)?.phase === 'appealed'
  }
  if (kind === 'veto-window') return now < (about.until ?? 0)
  return now - at < NEWS
}
