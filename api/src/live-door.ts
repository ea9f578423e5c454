import type { Datasets, VersionName } from './datasets/datasets.ts'
import type { DoorDeps } from './grants/door-desk.ts'
import type { GrantStore } from './grants/store.ts'
import type { LicenceStore } from './licences/store.ts'
import type { LiveReads } from './live-reads.ts'
import type { Actor, People } from './people/people.ts'
import type { PeopleStore } from './people/store.ts'

/** Collections of the people domain that are no projections. */
export const PEOPLE_DOCUMENTS = ['accounts', 'sessions', 'tokens'] as const

/** Who asks: read at every request. */
export const livePeopleStore = (store: PeopleStore, live: LiveReads): PeopleStore => ({
  ...store,
  account: live.read(['accounts'], store.account),
  addAccount: live.write('accounts', store.addAccount),
  setEmailVerified: live.write('accounts', store.setEmailVerified),
  setPassword: live.write('accounts', store.setPassword),
  session: live.read(['sessions'], store.session),
  addSession: live.write('sessions', store.addSession),
  touchSession: live.write('sessions', store.touchSession),
  removeSession: live.write('sessions', store.removeSession),
  removeSessionsOf: live.write('sessions', store.removeSessionsOf),
  token: live.read(['tokens'], store.token),
  addToken: live.write('tokens', store.addToken),
  touchToken: live.write('tokens', store.touchToken),
  removeToken: live.write('tokens', store.removeToken),
  communitiesByIds: live.readMany(['communities'], store.communitiesByIds, ({ id }) => id),
})

/** Licences stand beside every dataset of a page and before every file, and there are few. */
export const liveLicenceStore = (store: LicenceStore, live: LiveReads): LicenceStore => ({
  ...store,
  licence: live.read(['licences'], store.licence),
  versionsOf: live.read(['licences'], store.versionsOf),
  licences: live.readMany(['licences'], store.licences, ({ digest }) => digest),
})

const versionId = ({ dataset, version }: VersionName): string => `${dataset}\n${version}`

/** What every page and file of a dataset asks about it. */
export const liveDatasets = (datasets: Datasets, live: LiveReads): Datasets => {
  const withdrawnFrom = live.read(['versions', 'contributions'], datasets.withdrawnFrom, versionId)
  return {
    ...datasets,
    dataset: live.read(['datasets'], datasets.dataset),
    version: live.read(['datasets', 'versions'], datasets.version),
    lineage: live.read(['versions'], datasets.lineage, versionId),
    withdrawnFrom,
    isWithdrawn: async (sha256, version) => (await withdrawnFrom(version)).has(sha256),
  }
}

/** What tells one question at the door from another: who asks, with which scopes, and of what. */
const questionParts = (
  actor: Actor | null,
  { dataset, version }: VersionName,
): readonly (string | null)[] => [
  actor?.account.id ?? null,
  actor?.scopes?.join(' ') ?? null,
  dataset,
  version,
]

interface DoorReads {
  readonly people: People
  readonly datasets: Datasets
  readonly store: GrantStore
}

/** What the door asks before every file, and again while the file is on its way. */
export const liveDoor = (
  { people, datasets, store }: DoorReads,
  live: LiveReads,
  now: () => number,
): DoorReads & Required<Pick<DoorDeps, 'atOnce'>> => ({
  atOnce: (admit) => live.atOnce(now, admit, questionParts),
  people: {
    ...people,
    memberOf: live.read(['members'], people.memberOf),
    attested: live.read(['attestations'], people.attested),
  },
  datasets: liveDatasets(datasets, live),
  store: {
    ...store,
    grant: live.read(['grants'], store.grant),
    grantsOf: live.read(['grants'], store.grantsOf),
    grantsUsedBy: live.read(['grants'], store.grantsUsedBy),
  },
})
