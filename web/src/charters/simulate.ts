import {
  APPLICANT,
  admissible,
  type Charter,
  type Choice,
  type Frozen,
  isMatter,
  openProposal,
  type ProposalEvent,
  type RollMember,
  type Sizes,
  type View,
  type VoteCondition,
  view,
  voteConditions,
} from '../../../policies/rules/governance.ts'

const DAY = 86_400_000

export type Said = Choice | 'silent'

/** Somebody on the roll and what they do; days count from the opening. */
export interface Voter {
  readonly group: string
  readonly says: Said
  readonly day: number
  /** A second ballot in place of the first; `silent` for none. */
  readonly changed: Said
  readonly changeDay: number
  readonly aside: boolean
}

/** A vote that might be; days after the close where nothing else is said, null for never. */
export interface Trial {
  readonly matter: string
  readonly voters: readonly Voter[]
  readonly vetoDay: number | null
  readonly liftDay: number | null
  readonly appealDay: number | null
  readonly verdictDay: number | null
  readonly upheld: boolean
}

export interface Span {
  readonly name: 'open' | 'extended' | 'veto' | 'appeal' | 'effect'
  /** Days from the opening. */
  readonly from: number
  readonly until: number
}

export interface Refused {
  readonly what: ProposalEvent['type']
  readonly day: number
  readonly message: string
}

export type Outcome =
  | { readonly ok: false; readonly problems: readonly string[] }
  | {
      readonly ok: true
      /** At the end of everything: enacted where nothing holds it back. */
      readonly view: View
      readonly conditions: readonly VoteCondition[]
      readonly spans: readonly Span[]
      /** What the rules did not admit. */
      readonly refused: readonly Refused[]
    }

const roster = (count: number, name: string): readonly RollMember[] =>
  Array.from({ length: count }, (_, index) => ({ member: `${name} ${index + 1}` }))

const voterId = (index: number): string => `voter ${index + 1}`

/** The bodies of the trial: the voters where they decide, and in each other as many as there are. */
const registerOf = (charter: Charter, sizes: Sizes, body: string, voters: readonly Voter[]) => ({
  bodies: {
    ...Object.fromEntries(
      Object.keys(charter.bodies).map((name) => [
        name,
        roster(Math.max(1, sizes[name]?.members ?? 1), name),
      ]),
    ),
    [body]: voters.map(({ group }, index) => ({
      member: voterId(index),
      ...(group === '' ? {} : { group }),
    })),
  },
})

/** What the voters do, in the order of time. */
const votesOf = ({ voters }: Trial, opened: number): readonly ProposalEvent[] =>
  voters
    .flatMap(({ says, day, changed, changeDay, aside }, index): ProposalEvent[] => {
      const by = voterId(index)
      const reason = 'for a reason'
      const cast = (choice: Said, on: number): ProposalEvent[] =>
        choice === 'silent'
          ? []
          : [{ type: 'ballot', by, choice, reason, at: opened + Math.round(on * DAY) }]
      const leaves: ProposalEvent[] = aside ? [{ type: 'recuse', by, reason, at: opened }] : []
      return [...leaves, ...cast(says, day), ...cast(changed, changeDay)]
    })
    .toSorted((a, b) => a.at - b.at)

/** What guardians and the appeal body do after the close. */
const actsAfter = (
  { vetoDay, liftDay, appealDay, verdictDay, upheld }: Trial,
  { vetoers, appealers }: Frozen,
  close: number,
): readonly ProposalEvent[] => {
  const on = (day: number) => close + Math.round(day * DAY)
  const reason = 'for a reason'
  const [guardian = 'nobody', appealer = 'nobody'] = [vetoers[0], appealers[0]]
  const acts: (ProposalEvent | null)[] = [
    vetoDay === null ? null : { type: 'veto', by: guardian, reason, at: on(vetoDay) },
    liftDay === null ? null : { type: 'lift-veto', by: guardian, at: on(liftDay) },
    appealDay === null
      ? null
      : { type: 'appeal', by: appealer, grounds: 'procedure', reason, at: on(appealDay) },
    appealDay === null || verdictDay === null
      ? null
      : { type: 'decide-appeal', upheld, at: on(verdictDay) },
  ]
  return acts.filter((act) => act !== null).toSorted((a, b) => a.at - b.at)
}

/** Takes the events that the rules admit, one after the other. */
const admit = (
  frozen: Frozen,
  before: readonly ProposalEvent[],
  events: readonly ProposalEvent[],
) => {
  const taken = [...before]
  const refused: Refused[] = []
  for (const event of events) {
    const verdict = admissible(frozen, taken, event)
    const day = (event.at - frozen.openedAt) / DAY
    if (verdict.decision === 'permit') taken.push(event)
    else refused.push({ what: event.type, day, message: verdict.message })
  }
  return { taken, refused }
}

const spansOf = (frozen: Frozen, end: View): readonly Span[] => {
  const { openedAt, closesAt, times } = frozen
  const span = (name: Span['name'], from: number, until: number): Span => ({
    name,
    from: (from - openedAt) / DAY,
    until: (until - openedAt) / DAY,
  })
  const passed = end.tally.pass
  const spans = [
    span('open', openedAt, closesAt),
    span('extended', closesAt, end.closesAt),
    span('veto', end.closesAt, end.closesAt + (passed ? times.veto : 0)),
    span('appeal', end.closesAt, end.closesAt + times.appeal),
    span('effect', end.enactableFrom ?? 0, end.expiresAt ?? 0),
  ]
  return spans.filter(({ from, until }) => until > from)
}

/** Matters that are about somebody, who may be on the roll themselves. */
const ABOUT_SOMEBODY: ReadonlySet<string> = new Set([
  'access.grant',
  'access.renew',
  'access.revoke',
  'duty.waive',
  'member.admit',
  'member.attest',
])

/** Whether the one it is about would stand aside from the start: the trial cannot know who that is. */
export const sparesOwnVote = ({ recusal }: Charter, matter: string): boolean =>
  recusal.mustDeclare.includes(APPLICANT) && ABOUT_SOMEBODY.has(matter)

/** What a charter makes of a vote, by the functions that count the real ones. */
export function simulate(charter: Charter, sizes: Sizes, trial: Trial): Outcome {
  const rule = isMatter(trial.matter) ? charter.matters[trial.matter] : undefined
  if (!rule || !isMatter(trial.matter)) return { ok: false, problems: [] }
  const opened = Date.parse(charter.effectiveFrom)
  const opening = openProposal({
    charter,
    charterDigest: 'trial',
    register: registerOf(charter, sizes, rule.body, trial.voters),
    proposal: {
      id: 'trial',
      community: charter.community,
      matter: trial.matter,
      textDigest: 'trial',
    },
    now: opened,
  })
  if (!opening.ok) return { ok: false, problems: opening.problems.map(({ message }) => message) }
  const { frozen } = opening
  const votes = admit(frozen, [], votesOf(trial, opened))
  const { closesAt } = view(frozen, votes.taken, Number.MAX_SAFE_INTEGER)
  const after = admit(frozen, votes.taken, actsAfter(trial, frozen, closesAt))
  const waiting = view(frozen, after.taken, closesAt + 10_000 * DAY)
  const due = waiting.enactableFrom
  const enact: ProposalEvent[] =
    due === null ? [] : [{ type: 'enact', effect: frozen.rule.effect, at: due }]
  const done = admit(frozen, after.taken, enact)
  const end = view(frozen, done.taken, closesAt + 10_000 * DAY)
  return {
    ok: true,
    view: end,
    conditions: voteConditions(frozen, done.taken, closesAt + 10_000 * DAY),
    spans: spansOf(frozen, end),
    refused: [...votes.refused, ...after.refused],
  }
}
