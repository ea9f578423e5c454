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
  reason: '',
  deliberate: false,
}

const HINTS: Readonly<Record<string, string>> = {
  revocation: 'public',
  election: 'unnamed',
  end: 'unnamed',
  takedown: 'unnamed',
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
    default:
      return [...missing<ProposeKey>([['name', draft.name, 'problem.name']]), ...email]
  }
}

const vouchesFor = (draft: ProposeDraft) =>
  [draft.actorKind, draft.commercialTie, draft.assurance, draft.country, draft.benefit].some(
    Boolean,
  )
