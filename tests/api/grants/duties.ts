import { decide } from '../../support/journey.ts'
import type { Person } from '../../support/person.ts'
import type { Village } from '../../support/village.ts'

export const EVIDENCE = [
  { field: 'done', text: 'We counted the verbs of every story.' },
  { field: 'learnt', text: 'Verbs of motion come first.' },
]

interface Answer {
  readonly refused: { readonly code: string; readonly field: string | null } | null
}

const run = async (person: Person, name: string, type: string, input: object): Promise<string> => {
  const answer = await person.run<Record<string, Answer>>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { refused { code field } } }`,
    { input },
  )
  const { code, field } = answer[name]?.refused ?? { code: 'ok', field: null }
  return field === null ? code : `${code} ${field}`
}

/** Hands in a report; answers `ok` or the code of the refusal. */
export const report = (
  person: Person,
  grant: string,
  evidence: readonly object[] = EVIDENCE,
  duty = 'reportBack',
): Promise<string> => run(person, 'reportDuty', 'ReportDutyInput', { grant, duty, evidence })

/** Accepts what was handed in, or returns it with words. */
export const answer = (
  person: Person,
  grant: string,
  words: string | null = null,
  duty = 'reportBack',
): Promise<string> =>
  run(person, 'answerDuty', 'AnswerDutyInput', { grant, duty, accepted: words === null, words })

export const accept = (person: Person, grant: string, licence: string): Promise<string> =>
  run(person, 'acceptLicence', 'AcceptLicenceInput', { grant, licence })

export interface SeenDuty {
  readonly kind: string
  readonly phase: string
  readonly dueAt: string | null
  readonly overdue: boolean
  readonly viewerCanAnswer: boolean
  readonly viewerCanReport: boolean
  readonly records: readonly {
    readonly type: string
    readonly words: string | null
    readonly evidence: readonly { readonly field: string; readonly text: string }[]
  }[]
}

export interface SeenGrant {
  readonly state: string
  readonly stateReason: string | null
  readonly attribution: string | null
  readonly newTerms: {
    readonly licence: { readonly digest: string }
    readonly duties: readonly { readonly kind: string; readonly withinDays: number | null }[]
  } | null
  readonly duties: readonly SeenDuty[]
}

/** A grant as this person sees it. */
export const see = async (person: Person, id: string): Promise<SeenGrant | null> => {
  const { grant } = await person.run<{ grant: SeenGrant | null }>(
    `query ($id: ID!) { grant(id: $id) { state stateReason attribution
       newTerms { licence { digest } duties { kind withinDays } }
       duties { kind phase dueAt overdue viewerCanAnswer viewerCanReport
         records { type words evidence { field text } } } } }`,
    { id },
  )
  return grant
}

/** One duty of a grant as its holder sees it. */
export const duty = async (
  person: Person,
  grant: string,
  kind = 'reportBack',
): Promise<SeenDuty> => {
  const found = (await see(person, grant))?.duties.find((one) => one.kind === kind)
  if (!found) throw new Error(`no duty ${kind}`)
  return found
}

/** The council lets a holder off. */
export const waive = async (village: Village, grant: string): Promise<void> => {
  const { proposeWaiver } = await village.steward.run<{
    proposeWaiver: { proposal: { id: string } | null }
  }>(
    'mutation ($input: ProposeWaiverInput!) { proposeWaiver(input: $input) { proposal { id } refused { code } } }',
    { input: { grant, duty: 'reportBack', reason: 'Floods kept them from the archive.' } },
  )
  await decide(village, proposeWaiver.proposal?.id ?? '')
}

/** States that everything that had to go is deleted. */
export const attestAll = async (person: Person): Promise<void> => {
  const { viewer } = await person.run<{
    viewer: { grants: readonly { id: string; deletions: readonly { id: string }[] }[] }
  }>('{ viewer { grants { id deletions { id } } } }')
  const tasks = viewer.grants.flatMap(({ id, deletions }) =>
    deletions.map((task) => ({ grant: id, task: task.id })),
  )
  for (const task of tasks) {
    const input = { ...task, deleted: 'Two disks.', date: '2026-11-20' }
    const code = await run(person, 'attestDeletion', 'AttestDeletionInput', input)
    if (code !== 'ok') throw new Error(`cannot attest: ${code}`)
  }
}
