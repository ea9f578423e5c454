import type { Datasets } from './datasets/datasets.ts'
import type { EnactDeps } from './governance/enact.ts'
import {
  admitMember,
  amendCharter,
  attestFacts,
  electBody,
  endMembership,
} from './governance/executors.ts'
import type { Executors } from './governance/governance.ts'
import type { GovernanceStore } from './governance/store.ts'
import { type Log, sha256 } from './log/index.ts'
import type { People } from './people/people.ts'

interface Carrying {
  readonly people: People
  readonly proposals: GovernanceStore
  readonly datasets: Pick<Datasets, 'executors'>
  readonly grants: {
    readonly executors: Pick<
      Executors,
      | 'grant.issue'
      | 'grant.renew'
      | 'grant.revoke'
      | 'duty.waive'
      | 'delegation.grant'
      | 'delegation.end'
      | 'delegation.resume'
    >
  }
  readonly licences: { readonly executors: Pick<Executors, 'licence.adopt'> }
}

/** How each kind of decision is carried out, by the domain that owns it. */
export const enactmentOf = (
  log: Log,
  { people, proposals, datasets, grants, licences }: Carrying,
  report: (error: unknown, about: string) => void,
): EnactDeps => ({
  log,
  store: proposals,
  sha256,
  executors: {
    ...datasets.executors,
    ...grants.executors,
    ...licences.executors,
    'member.admit': admitMember(log),
    'member.attest': attestFacts(log),
    'member.end': endMembership(log),
    'body.elect': electBody(log, people),
    'charter.amend': amendCharter(log, people),
  },
  report: (error, id) => report(error, `proposal ${id}`),
})
