import type { ActorKind, DutyKind, Facts, Use } from '../../../policies/index.ts'
import type { Account, AttestedFacts, People } from '../people/people.ts'
import { answersTo } from './answers-to.ts'
import { type Asking, type CouncilRefusedDeps, isCouncilRefused } from './council-refused.ts'
import { lateDuties } from './duties.ts'
import type { Grant, GrantedDuty } from './grants.ts'
import type { GrantStore } from './store.ts'

export const DAY = 86_400_000

/** When a duty falls due; null when it has no date, or the grant has never been used. */
export const dueAt = (
  { firstUseAt }: Pick<Grant, 'firstUseAt'>,
  { withinDays, since }: GrantedDuty,
): number | null => {
  const from = since ?? firstUseAt
  return withinDays === null || from === null ? null : from + withinDays * DAY
}

export interface FactsDeps extends CouncilRefusedDeps {
  readonly people: People
  readonly store: GrantStore
}

export interface FactsQuestion {
  /** null: nobody is signed in. */
  readonly account: string | null
  readonly community: string
  readonly declared: Facts
  readonly acceptedDuties: readonly string[]
  readonly councilApproval?: 'approved'
  /** What is asked for anew; left out where the council has decided already. */
  readonly asking?: Asking
  /** The person's grants, when they have just been read. */
  readonly grants?: readonly Grant[]
  /**
   * Asked about what something else was made from: whether the council of that dataset has voted for
   * this person and this use there.
   */
  readonly origin?: {
    readonly dataset: string
    readonly use: Use
    /** By whose grants there: their own, and of whoever holds the grant in whose team they are. */
    readonly by: readonly (string | null)[]
  }
  readonly now: number
}

/** What a council vouches for about a person: nothing of it is their own word. */
export const attestedFacts = (attested: AttestedFacts | null): Facts => ({
  ...(attested?.actorKind ? { actorKind: attested.actorKind as ActorKind } : {}),
  ...(attested?.commercialTie ? { commercialTie: attested.commercialTie as 'yes' | 'no' } : {}),
  ...(attested?.country ? { country: attested.country } : {}),
  ...(attested?.benefitAgreement === 'signed' ? { benefitAgreement: 'signed' } : {}),
})

/** An e-mail address counts for something once its person has shown that it is theirs. */
const level = (attested: AttestedFacts | null, account: Account | null): 0 | 1 | 2 | 3 => {
  if (account === null) return 0
  const vouched = attested?.identityAssurance
  if (vouched === 0 || vouched === 2 || vouched === 3) return vouched
  return account.emailVerifiedAt === null ? 0 : 1
}

/** Promises of one's own: those of a grant one uses in a team are its holder's to keep. */
const overdueIn = (
  grants: readonly Grant[],
  { account, community, now }: { account: string; community: string; now: number },
): number =>
  grants
    .filter((grant) => answersTo(grant).includes(community) && grant.account === account)
    .reduce((sum, grant) => sum + lateDuties(grant, now), 0)

/** A vote of the council over the origin counts for what is made from it, as far as it went. */
export const isApproval = (
  grant: Grant,
  { dataset, use, by }: NonNullable<FactsQuestion['origin']>,
  now: number,
): boolean =>
  grant.dataset === dataset &&
  // The council has voted for its holder; who is in their team has that by them alone.
  grant.account !== null &&
  by.includes(grant.account) &&
  grant.basis !== 'licence' &&
  grant.revokedAt === null &&
  now < grant.expiresAt &&
  use.actions.every((action) => grant.actions.includes(action)) &&
  use.purposes.every((purpose) => grant.purposes.includes(purpose))

const known = async (deps: FactsDeps, account: string, question: FactsQuestion) => {
  const { community, asking, origin, now, grants: read } = question
  const [person, seat, attested, grants, refused] = await Promise.all([
    deps.people.account(account),
    deps.people.memberOf(account, community),
    deps.people.attested(account, community),
    read ?? deps.store.grantsUsedBy(account),
    asking ? isCouncilRefused(deps, account, asking, now) : false,
  ])
  const approved = origin !== undefined && grants.some((one) => isApproval(one, origin, now))
  const overdue = overdueIn(grants, { account, community, now })
  return { person, seat, attested, refused, approved, overdue }
}

const NOBODY = {
  person: null,
  seat: null,
  attested: null,
  refused: false,
  approved: false,
  overdue: 0,
}

/**
 * What the registry holds about one person towards one community. What its council attests wins
 * over what the person declares; seats, duties, refusals and identity never come from the person, nor
 * does what people have settled, which is told licence by licence (see `settled.ts`).
 */
export const collectFacts = async (deps: FactsDeps, question: FactsQuestion): Promise<Facts> => {
  const { account, acceptedDuties, councilApproval } = question
  const { settledByPeople: _, ...declared } = question.declared
  const { person, seat, attested, refused, approved, overdue } =
    account === null ? NOBODY : await known(deps, account, question)
  return {
    ...declared,
    ...attestedFacts(attested),
    ...(seat ? { membership: 'member' } : {}),
    identityAssurance: level(attested, person),
    overdueDuties: overdue,
    acceptedDuties: acceptedDuties as readonly DutyKind[],
    ...(councilApproval || approved ? { councilApproval: 'approved' } : {}),
    ...(refused ? { councilRefused: 'yes' } : {}),
  }
}
