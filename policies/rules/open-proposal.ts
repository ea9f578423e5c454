import type { BodySize, Charter, CharterRule } from './charter.ts'
import { castBallot, startCount } from './count.ts'
import { durationOf, parseDuration, sayDuration } from './duration.ts'
import { parseInstant } from './instant.ts'
import { lintCharter } from './lint-charter.ts'
import { isMatter, type Matter } from './matters.ts'
import type { Problem } from './problem.ts'
import {
  APPLICANT,
  type Frozen,
  type FrozenTimes,
  type Register,
  type RollMember,
} from './proposal.ts'
import { tally } from './tally.ts'

export interface OpenProposalInput {
  readonly charter: Charter
  readonly charterDigest: string
  readonly register: Register
  readonly proposal: {
    readonly id: string
    readonly community: string
    readonly matter: Matter
    readonly textDigest: string
  }
  /** ISO 8601 duration within the `open.min` and `open.max` of the rule; `open.max` if left out. */
  readonly openFor?: string
  /** Decides in place of the body of the rule, which could not: then nobody is left to appeal to. */
  readonly escalatedTo?: string
  /** Seats of those it is decided about: they stand aside where the charter says so of an applicant. */
  readonly concerned?: readonly string[]
  /** Epoch milliseconds. */
  readonly now: number
}

export type OpenProposalResult =
  | { readonly ok: true; readonly frozen: Frozen }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Opens a vote: fixes the rule, the roll, the guardians and the times, so that nothing that changes
 * afterwards (register, charter, text) can touch it. Refuses a vote that nobody could win.
 */
export function openProposal(input: OpenProposalInput): OpenProposalResult {
  const { matter } = input.proposal
  const written = isMatter(matter) ? input.charter.matters[matter] : undefined
  if (written === undefined) {
    return refused('/matters', 'no-rule', `The charter has no rule for ${matter}.`)
  }
  const rule = escalated(written, input.escalatedTo)
  const problems = [
    ...identityProblems(input),
    ...openForProblems(rule, input.openFor),
    ...registerProblems(rule, input.register),
    ...lintProblems(input),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const frozen = freeze(input, rule)
  if (!unanimityPasses(frozen)) {
    return refused('/register', 'unsatisfiable', 'Even a yes of everyone on the roll would fail.')
  }
  return { ok: true, frozen }
}

/** The groups of the rule are those of its own body. */
function escalated(rule: CharterRule, body: string | undefined): CharterRule {
  if (body === undefined) return rule
  const { groups: _groups, appeal: _appeal, ...rest } = rule
  return { ...rest, body }
}

function refused(path: string, code: string, message: string): OpenProposalResult {
  return { ok: false, problems: [{ path, code, message }] }
}

function identityProblems(input: OpenProposalInput): Problem[] {
  const { charter, proposal, now } = input
  const problems: Problem[] = []
  const report = (path: string, code: string, message: string) =>
    problems.push({ path, code, message })
  if (charter.community !== proposal.community) {
    report('/proposal/community', 'other-community', 'The charter belongs to another community.')
  }
  for (const field of ['id', 'textDigest'] as const) {
    if (proposal[field] === '') report(`/proposal/${field}`, 'missing', `\`${field}\` is empty.`)
  }
  if (input.charterDigest === '') {
    report('/charterDigest', 'missing', '`charterDigest` is empty.')
  }
  const from = parseInstant(charter.effectiveFrom)
  if (!Number.isSafeInteger(now)) {
    report('/now', 'bad-time', '`now` must be whole epoch milliseconds.')
  } else if (from === undefined || now < from) {
    report('/charter/effectiveFrom', 'not-in-force', 'The charter is not in force yet.')
  }
  return problems
}

function openForProblems(rule: CharterRule, openFor: string | undefined): Problem[] {
  const length = parseDuration(openFor ?? rule.open.max)
  const min = durationOf(rule.open.min)
  const max = durationOf(rule.open.max)
  if (length !== null && length > 0 && length >= min && length <= max) return []
  const message = `The vote must stay open between ${sayDuration(min)} and ${sayDuration(max)}, and for some time.`
  return [{ path: '/openFor', code: 'open-for', message }]
}

function registerProblems(rule: CharterRule, register: Register): Problem[] {
  const parts = [rule.body, rule.veto?.body, rule.appeal?.body]
  const named = new Set(parts.filter((body) => body !== undefined))
  return [...named].flatMap((body) => rollProblems(body, rosterOf(register, body)))
}

function rollProblems(body: string, roster: readonly RollMember[]): Problem[] {
  const path = `/register/bodies/${body}`
  const names = roster.map((entry) => entry.member)
  if (names.length === 0)
    return [{ path, code: 'empty-body', message: `"${body}" has no members.` }]
  if (names.includes('')) return [{ path, code: 'missing', message: 'A member has no id.' }]
  if (new Set(names).size === names.length) return []
  const message = `"${body}" names a member twice; each has one place and one primary group.`
  return [{ path, code: 'twice', message }]
}

/** The charter must be sound where this vote meets it; flaws elsewhere must not stop their own repair. */
function lintProblems(input: OpenProposalInput): Problem[] {
  const here = `/matters/${input.proposal.matter}`
  return lintCharter(input.charter, sizesOf(input.charter, input.register))
    .filter((finding) => finding.severity === 'error')
    .filter(({ path }) => path === here || path.startsWith(`${here}/`))
    .map(({ rule, path, message }) => ({ path: `/charter${path}`, code: rule, message }))
}

function sizesOf(charter: Charter, register: Register): Record<string, BodySize> {
  const sizes = Object.keys(charter.bodies).map((body) => {
    const roster = rosterOf(register, body)
    const groups = new Set(roster.map((entry) => entry.group ?? ''))
    groups.delete('')
    return [body, { members: roster.length, groups: groups.size }] as const
  })
  return Object.fromEntries(sizes)
}

function rosterOf(register: Register, body: string): readonly RollMember[] {
  return Object.hasOwn(register.bodies, body) ? (register.bodies[body] ?? []) : []
}

function freeze(input: OpenProposalInput, rule: CharterRule): Frozen {
  const { charter, register, proposal, now } = input
  const roll = Object.fromEntries(
    rosterOf(register, rule.body).map(({ member, group }) => [member, group ?? '']),
  )
  const times = timesOf(rule, input.openFor)
  const idsOf = (body: string | undefined) =>
    body === undefined ? [] : rosterOf(register, body).map((entry) => entry.member)
  const places = { vetoers: idsOf(rule.veto?.body), appealers: idsOf(rule.appeal?.body) }
  return {
    ...proposal,
    charterDigest: input.charterDigest,
    charterVersion: charter.version,
    rule: frozenRule(rule, proposal.matter),
    times,
    roll,
    proxies: charter.proxy.depth === 0 ? {} : proxiesOn(roll, register.proxies ?? {}),
    proxyCarriesObjection: charter.proxy.carriesObjection,
    ...assistedBy(input),
    ...places,
    ...standingAside(input, [...Object.keys(roll), ...places.vetoers, ...places.appealers]),
    openedAt: now,
    closesAt: now + times.openFor,
    maxRecusedShare: charter.recusal.maxShare,
    recusalByPeers: charter.recusal.byPeers,
    secrecy: charter.secrecy,
  }
}

/** Nobody has to be asked whether it is their own request: the registry knows. */
function standingAside(
  { charter, concerned = [] }: OpenProposalInput,
  places: readonly string[],
): Pick<Frozen, 'aside'> {
  if (!charter.recusal.mustDeclare.includes(APPLICANT)) return {}
  const aside = [...new Set(places)].filter((member) => concerned.includes(member))
  return aside.length === 0 ? {} : { aside }
}

/** Nobody enters ballots for others where too few stewards are there to check each other. */
function assistedBy({ charter, register }: OpenProposalInput): Pick<Frozen, 'assisted'> {
  const { stewards: least, maxShare } = charter.assisted
  const stewards = register.stewards ?? []
  return stewards.length < least ? {} : { assisted: { stewards, maxShare } }
}

function frozenRule(rule: CharterRule, matter: Matter): Frozen['rule'] {
  return {
    body: rule.body,
    approveOfRoll: rule.approveOfRoll,
    approveOfCast: rule.approveOfCast,
    minDeciders: rule.minDeciders,
    groups: rule.groups ?? null,
    objection: rule.objection,
    effect: rule.effect ?? matter,
    vetoBody: rule.veto?.body ?? null,
    appealBody: rule.appeal?.body ?? null,
  }
}

function timesOf(rule: CharterRule, openFor: string | undefined): FrozenTimes {
  return {
    openFor: durationOf(openFor ?? rule.open.max),
    lateWindow: durationOf(rule.open.lateWindow),
    extension: durationOf(rule.open.extension),
    maxExtensions: rule.open.maxExtensions,
    veto: rule.veto === undefined ? 0 : durationOf(rule.veto.window),
    appeal: rule.appeal === undefined ? 0 : durationOf(rule.appeal.window),
    execWithin: durationOf(rule.execWithin),
    retryAfter: durationOf(rule.retryAfter),
  }
}

/** Keeps proxies between two different members of this roll; all others mean nothing to this vote. */
function proxiesOn(
  roll: Readonly<Record<string, string>>,
  proxies: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept = Object.entries(proxies).filter(
    ([member, proxy]) =>
      member !== proxy && Object.hasOwn(roll, member) && Object.hasOwn(roll, proxy),
  )
  return Object.fromEntries(kept)
}

/** Of the whole roll: where too many stand aside it is put again, and then before the appeal body. */
function unanimityPasses({ aside: _aside, ...frozen }: Frozen): boolean {
  const count = startCount(frozen)
  for (const member of Object.keys(frozen.roll)) castBallot(count, member, 'yes')
  return tally(count).pass
}
