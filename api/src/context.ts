import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Datasets } from './datasets/datasets.ts'
import type { UploadDesk } from './datasets/upload-desk.ts'
import type { GovernanceDesk } from './governance/create-governance.ts'
import type { Grants } from './grants/grants.ts'
import type { Licences } from './licences/licences.ts'
import type { Log } from './log/index.ts'
import type { NoticeDesk } from './notices/create-notices.ts'
import type { Actor } from './people/people.ts'
import type { PeopleDesk } from './people/people-desk.ts'

/** The domains, wired once in main.ts. */
export interface Services {
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
  /** Public key of the log as a C2SP verifier key. */
  readonly verifierKey: string
  readonly people: PeopleDesk
  readonly governance: GovernanceDesk
  readonly licences: Licences
  readonly datasets: Datasets
  readonly uploads: UploadDesk
  readonly grants: Grants
  readonly notices: NoticeDesk
}

/** One request as the resolvers see it. */
export interface Context extends Services {
  readonly actor: Actor | null
  readonly ip: string
  readonly device: string
  /** Sets (a secret) or clears (null) the session cookie of the answer. */
  readonly setSession: (secret: string | null) => void
}
