import type { Governance, Proposal } from '../governance/governance.ts'
import type { Account, Member, People } from '../people/people.ts'
import { fingerprint, newSecret } from '../people/secrets.ts'
import type { NoticeStore } from './store.ts'

export interface BallotLinkDeps {
  readonly store: Pick<NoticeStore, 'addLink' | 'link' | 'removeLinks'>
  readonly people: Pick<People, 'account' | 'memberOf'>
  readonly governance: Pick<Governance, 'proposal' | 'view'>
  /** Epoch ms by the registry's clock. */
  readonly now: () => number
}

/** What a link opens: one person's ballot on one open vote, and nothing else. */
export interface OpenedLink {
  readonly account: Account
  readonly member: Member
  readonly proposal: Proposal
}

/** A new link with 256 random bits; every older one of this person for this vote ends with it. */
export const makeBallotLink = async (
  { store, now }: BallotLinkDeps,
  account: string,
  proposal: string,
): Promise<string> => {
  const secret = newSecret()
  const id = fingerprint(secret)
  await store.addLink({ id, account, proposal, madeAt: now() })
  await store.removeLinks(account, proposal, id)
  return secret
}

/** null for a wrong, a replaced, a revoked and an expired link alike: the asker learns nothing. */
export const openBallotLink = async (
  { store, people, governance }: BallotLinkDeps,
  secret: string,
): Promise<OpenedLink | null> => {
  const link = await store.link(fingerprint(secret))
  if (!link) return null
  const [account, proposal] = await Promise.all([
    people.account(link.account),
    governance.proposal(link.proposal),
  ])
  if (!account || !proposal || governance.view(proposal)?.phase !== 'open') return null
  const member = await people.memberOf(account.id, proposal.community)
  return member && proposal.frozen && member.id in proposal.frozen.roll
    ? { account, member, proposal }
    : null
}
