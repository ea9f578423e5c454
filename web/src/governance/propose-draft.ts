import { type Problem as Found, parseLicence } from '../../../policies/index.ts'
import type { ProposeKey } from '../i18n/areas/propose.ts'
import { looksLikeEmail } from '../people/credentials.ts'
import { missing, type Problem, problemIf } from '../ui/problem.ts'

export const proposalKinds = [
  'member',
  'election',
  'end',
  'attestation',
  'licence',
  'revocation',
  'takedown',
  'delegation',
  'delegationEnd',
  'delegationResume',
] as const
export type ProposalKind = (typeof proposalKinds)[number]

/** One form for all kinds: what was typed for one is still there when another is looked at. */
export type ProposeDraft = {
  readonly kind: string
  readonly name: string
  readonly email: string
  readonly bodies: readonly string[]
  readonly group: string
  readonly actorKind: string
  readonly commercialTie: string
  readonly assurance: string
  readonly country: string
  readonly benefit: string
  readonly replaces: string
  readonly document: string
  readonly grant: string
  readonly body: string
  readonly members: readonly string[]
  readonly member: string
  readonly dataset: string
  readonly purposes: readonly string[]
  readonly actions: readonly string[]
  readonly datasets: readonly string[]
  readonly actorKinds: readonly string[]
  readonly territories: readonly string[]
  readonly noTie: boolean
  readonly longestDays: string
  readonly largestTeam: string
  readonly until: string
  readonly delegation: string
  readonly reason: string
  readonly deliberate: boolean
}

export const emptyProposal: ProposeDraft = {
  kind: 'member',
  name: '',
  email: '',
  bodies: [],
  group: '',
  actorKind: '',
  commercialTie: '',
  assurance: '',
  country: '',
  benefit: '',
  replaces: '',
  document: '',
  grant: '',
  body: '',
  members: [],
  member: '',
  dataset: '',
  purposes: [],
  actions: [],
  datasets: [],
  actorKinds: [],
  territories: [],
  noTie: true,
  longestDays: '365',
  largestTeam: '0',
  until: '',
  delegation: '',
  reason: '',
  deliberate: false,
}

const HINTS: Readonly<Record<string, string>> = {
  revocation: 'public',
  election: 'unnamed',
  end: 'unnamed',
  takedown: 'unnamed',
  delegation: 'unnamed',
  delegationEnd: 'unnamed',
  delegationResume: 'unnamed',
}

/** Which hint stands below the reason (`field.reason.…`): of some kinds it is public for ever. */
export const reasonHint = (kind: string): string => HINTS[kind] ?? 'help'

export type LicenceReading =
  | { readonly ok: true; readonly document: unknown }
  | { readonly ok: false; readonly notJson: string | null; readonly problems: readonly Found[] }

/** A licence as it was typed: not JSON, JSON with problems by path, or a licence. */
export function readLicence(text: string): LicenceReading {
  try {
    const document: unknown = JSON.parse(text)
    const parsed = parseLicence(document)
    return parsed.ok
      ? { ok: true, document }
      : { ok: false, notJson: null, problems: parsed.problems }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    return { ok: false, notJson: message, problems: [] }
  }
}

type Problems = readonly Problem<ProposeKey>[]

export function proposeProblems(draft: ProposeDraft): Problems {
  const reason = missing<ProposeKey>([['reason', draft.reason, 'problem.reason']])
  return [...kindProblems(draft), ...reason]
}

function kindProblems(draft: ProposeDraft): Problems {
  const email = problemIf<ProposeKey>(!looksLikeEmail(draft.email), 'email', 'problem.email')
  switch (proposalKinds.find((kind) => kind === draft.kind)) {
    case 'attestation':
      return [...email, ...problemIf<ProposeKey>(!vouchesFor(draft), 'actorKind', 'problem.facts')]
    case 'licence':
      return problemIf<ProposeKey>(!readLicence(draft.document).ok, 'document', 'problem.document')
    case 'revocation':
      return missing<ProposeKey>([['grant', draft.grant, 'problem.grant']])
    case 'election':
      return [
        ...missing<ProposeKey>([['body', draft.body, 'problem.body']]),
        ...problemIf<ProposeKey>(draft.members.length === 0, 'members', 'problem.members'),
      ]
    case 'end':
      return missing<ProposeKey>([['member', draft.member, 'problem.member']])
    case 'takedown':
      return missing<ProposeKey>([['dataset', draft.dataset, 'problem.dataset']])
    case 'delegation':
      return delegationProblems(draft)
    case 'delegationEnd':
    case 'delegationResume':
      return missing<ProposeKey>([['delegation', draft.delegation, 'problem.delegation']])
    default:
      return [...missing<ProposeKey>([['name', draft.name, 'problem.name']]), ...email]
  }
}

const isCount = (text: string, least: number, most: number) =>
  /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most

const delegationProblems = (draft: ProposeDraft): Problems => [
  ...problemIf<ProposeKey>(draft.purposes.length === 0, 'purposes', 'problem.purposes'),
  ...problemIf<ProposeKey>(draft.actions.length === 0, 'actions', 'problem.actions'),
  ...problemIf<ProposeKey>(
    !isCount(draft.longestDays, 1, 1826),
    'longestDays',
    'problem.longestDays',
  ),
  ...problemIf<ProposeKey>(
    !isCount(draft.largestTeam, 0, 20),
    'largestTeam',
    'problem.largestTeam',
  ),
  ...problemIf<ProposeKey>(!/^\d{4}-\d{2}-\d{2}$/.test(draft.until), 'until', 'problem.until'),
]

const vouchesFor = (draft: ProposeDraft) =>
  [draft.actorKind, draft.commercialTie, draft.assurance, draft.country, draft.benefit].some(
    Boolean,
  )
