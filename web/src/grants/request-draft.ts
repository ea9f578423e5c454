import type { PrecheckInput, RequestAccessInput, ReviseRequestInput } from '../graphql/generated.ts'
import type { RequestKey } from '../i18n/areas/request.ts'
import { looksLikeEmail } from '../people/credentials.ts'
import { missing, type Problem, problemIf } from '../ui/problem.ts'

/** What the request wizard keeps between visits. An empty text means "not said". */
export type RequestDraft = {
  readonly step: number
  readonly purposes: readonly string[]
  readonly actions: readonly string[]
  readonly actorKind: string
  readonly commercialTie: string
  readonly country: string
  readonly control: string
  readonly ethicsApproval: string
  readonly duties: readonly string[]
  readonly project: string
  readonly days: string
  /** E-mail addresses, one a line. */
  readonly team: string
}

export const emptyRequest: RequestDraft = {
  step: 0,
  purposes: [],
  actions: ['download'],
  actorKind: '',
  commercialTie: '',
  country: '',
  control: '',
  ethicsApproval: '',
  duties: [],
  project: '',
  days: '365',
  team: '',
}

export type RequestStep = 'use' | 'who' | 'promise' | 'review'
export const requestSteps: readonly RequestStep[] = ['use', 'who', 'promise', 'review']

/** In days; a grant never outlasts five years. */
export const requestTerms = [30, 90, 180, 365, 730, 1826] as const

/** A council cannot judge a work of which it reads less than this. */
export const shortestProject = 20

/** The most people one grant can be shared with. */
export const largestTeam = 20

/** The addresses as they were typed, one a line or parted by commas. */
export const teamOf = ({ team }: Pick<RequestDraft, 'team'>): readonly string[] =>
  team.split(/[\s,;]+/).filter(Boolean)

export type RequestProblem = Problem<RequestKey>

export function requestProblems(
  step: RequestStep,
  draft: RequestDraft,
  duties: readonly string[],
): readonly RequestProblem[] {
  switch (step) {
    case 'use':
      return [
        ...missing<RequestKey>([
          ['purposes', draft.purposes.join(''), 'problem.purposes'],
          ['actions', draft.actions.join(''), 'problem.actions'],
        ]),
      ]
    case 'who':
      return missing<RequestKey>([
        ['actorKind', draft.actorKind, 'problem.actorKind'],
        ['commercialTie', draft.commercialTie, 'problem.commercialTie'],
      ])
    case 'promise':
      return [
        ...problemIf<RequestKey>(
          duties.some((duty) => !draft.duties.includes(duty)),
          'duties',
          'problem.duties',
        ),
        ...problemIf<RequestKey>(
          draft.project.trim().length < shortestProject,
          'project',
          'problem.project',
          { count: shortestProject },
        ),
        ...problemIf<RequestKey>(
          !teamOf(draft).every(looksLikeEmail) || teamOf(draft).length > largestTeam,
          'team',
          'problem.team',
          { count: largestTeam },
        ),
      ]
    case 'review':
      return []
  }
}

const orNull = (text: string) => text || null

export const toPrecheck = (dataset: string, draft: RequestDraft): PrecheckInput => ({
  dataset,
  use: { purposes: [...draft.purposes], actions: [...draft.actions] },
  facts: {
    actorKind: orNull(draft.actorKind),
    commercialTie: orNull(draft.commercialTie),
    country: orNull(draft.country),
    control: orNull(draft.control),
    ethicsApproval: orNull(draft.ethicsApproval),
  },
  acceptedDuties: [...draft.duties],
})

/** Without its key, which belongs to the sending and not to what is said. */
export const toRequest = (dataset: string, draft: RequestDraft): RequestAccessInput => ({
  ...toPrecheck(dataset, draft),
  project: draft.project.trim(),
  days: Number(draft.days),
  team: [...teamOf(draft)],
})

export const toRevision = (request: string, draft: RequestDraft): ReviseRequestInput => {
  const { dataset: _, ...asked } = toPrecheck('', draft)
  const { project, days, team } = toRequest('', draft)
  return { ...asked, request, project, days, team }
}

interface Asked {
  readonly purposes: readonly string[]
  readonly actions: readonly string[]
  readonly duties: readonly string[]
  readonly project: string
  readonly days: number
  readonly team: readonly string[] | null
  readonly facts: unknown
}

const declared = (facts: unknown, name: string): string => {
  const value = typeof facts === 'object' && facts !== null ? Reflect.get(facts, name) : undefined
  return typeof value === 'string' ? value : ''
}

/** The form as it was filled in for what was handed in before. */
export const fromRequest = ({ facts, days, team, ...asked }: Asked): RequestDraft => ({
  ...emptyRequest,
  ...asked,
  actorKind: declared(facts, 'actorKind'),
  commercialTie: declared(facts, 'commercialTie'),
  country: declared(facts, 'country'),
  control: declared(facts, 'control'),
  ethicsApproval: declared(facts, 'ethicsApproval'),
  days: String(days),
  team: (team ?? []).join('\n'),
})
