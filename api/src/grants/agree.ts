import { digestOf } from '../../../policies/index.ts'
import type { Datasets } from '../datasets/datasets.ts'
import { refuse } from '../errors.ts'
import type { IssueGrant, RenewGrant } from '../governance/effect.ts'
import type { EnactedDecision } from '../governance/governance.ts'
import { type Log, type StoredEvent, sha256, toFields } from '../log/index.ts'
import type { AccessRequest, Grant } from './grants.ts'

export type GrantEffect = IssueGrant | RenewGrant

/** What one council has allowed while another is awaited: it is written down, and nothing issued. */
export const agree = async (
  { log }: { readonly log: Log },
  { proposal: { id, community }, effect, effectId }: EnactedDecision<GrantEffect>,
): Promise<StoredEvent | null> => {
  const { request, dataset, jointly } = effect
  if (!jointly || jointly.rule === 'any') return null
  const digest = digestOf(toFields(effect), sha256)
  const done = await log.command(`request/${request}`, effectId, (history) => {
    const agreed = history.flatMap(({ type, data }) =>
      type === 'request.agreed' && data.effect === digest ? [data.community] : [],
    )
    return jointly.communities.every((one) => one === community || agreed.includes(one))
      ? refuse('ALL_AGREED', 'Nobody is awaited any more.')
      : {
          type: 'request.agreed',
          data: { request, dataset, community, effect: digest, proposal: id },
        }
  })
  return done.ok ? done.event : null
}

/** To whom a grant is answered for: where all must agree, to the one that made the dataset first. */
export const partiesOf = async (
  { datasets }: { readonly datasets: Pick<Datasets, 'dataset'> },
  { rule, councils, dataset }: AccessRequest,
  asked: string,
): Promise<Pick<Grant, 'community' | 'approvedBy'>> => {
  if (rule === 'any' || councils.length === 0) return { community: asked }
  const home = (await datasets.dataset(dataset))?.community ?? asked
  return { community: home, approvedBy: councils }
}

/** Each council settles what its own licence leaves to people, and nothing of another's. */
export const settledField = (
  { effect: { settles = [] }, proposal }: EnactedDecision<GrantEffect>,
  { asked }: AccessRequest,
  voters: readonly string[],
) => {
  const voteOf = (community: string) =>
    asked.find((one) => one.community === community)?.proposal ?? proposal.id
  const settled = settles
    .filter(({ community }) => voters.includes(community))
    .map((one) => ({ ...one, vote: voteOf(one.community) }))
  return settled.length === 0 ? {} : { settled }
}
