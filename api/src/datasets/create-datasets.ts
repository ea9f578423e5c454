import type { Governance } from '../governance/governance.ts'
import type { Licences } from '../licences/licences.ts'
import type { Log, Refusal, StoredEvent } from '../log/index.ts'
import type { People } from '../people/people.ts'
import { isHeldBack } from './artefacts.ts'
import { assembleVersion } from './assemble-version.ts'
import { createCatalogue } from './catalogue.ts'
import { contribute } from './contribute.ts'
import type { CopyStore } from './copies.ts'
import { createDataset } from './create-dataset.ts'
import { effectiveStage } from './dataset.ts'
import type { ContributionResult, DatasetResult, Datasets } from './datasets.ts'
import type { Documents } from './documents.ts'
import { eraseWithdrawn, finishErasures } from './erase-withdrawn.ts'
import { readEvidence } from './evidence.ts'
import type { Files } from './files.ts'
import { goneForGood } from './gone-for-good.ts'
import { isInvited } from './invited.ts'
import { completeJoints } from './jointly.ts'
import { lineageOf } from './lineage.ts'
import { parseManifest, parseStatement } from './parse-documents.ts'
import { proposeCustody } from './propose-custody.ts'
import { proposeFingerprint } from './propose-fingerprint.ts'
import { proposePublication } from './propose-publication.ts'
import { datasetExecutors } from './publish.ts'
import type { Receipts } from './receipt.ts'
import type { SearchIndex } from './search/types.ts'
import type { DatasetStore } from './store.ts'
import { proposeRatification, proposeReopening, suspend } from './suspend.ts'
import { proposeTakedown } from './take-down.ts'
import type { UploadStore } from './uploads.ts'
import { actsFor, isSteward, isWatcher, maySee, seatIn, seatOf } from './who-may.ts'
import {
  ownContribution,
  receivedContribution,
  restoreUnits,
  withdrawUnits,
} from './withdraw-contribution.ts'
import { liveOf, withdrawnInLine } from './withdrawn-files.ts'
import { witnessConsent } from './witness-consent.ts'

export interface DatasetDeps {
  readonly log: Log
  readonly people: People
  readonly governance: Governance
  readonly licences: Licences
  readonly files: Files
  readonly documents: Documents
  readonly store: DatasetStore
  readonly uploads: UploadStore
  readonly copies: CopyStore
  readonly search: SearchIndex
  readonly receipts: Receipts
}

type Rights = Pick<
  Datasets,
  'visibleTo' | 'maySteward' | 'mayContribute' | 'maySuspend' | 'mayProposeTakedown' | 'actsFor'
>

const rights = (deps: DatasetDeps): Rights => {
  const { people } = deps
  const seat = (...[dataset, actor]: Parameters<Rights['visibleTo']>) =>
    seatOf(people, dataset, actor)
  return {
    visibleTo: async (dataset, actor) =>
      maySee(dataset, await seat(dataset, actor), actor) || isInvited(deps, dataset, actor),
    maySteward: async (dataset, actor) =>
      actor?.scopes === null && isSteward(await seat(dataset, actor)),
    maySuspend: async (dataset, actor) =>
      actor?.scopes === null && isWatcher(await seat(dataset, actor)),
    mayProposeTakedown: async (dataset, actor) =>
      actor?.scopes === null && (await seat(dataset, actor)) !== null,
    actsFor: (dataset, actor) => actsFor(people, dataset, actor),
    mayContribute: async (dataset, actor) => {
      const mine = await seat(dataset, actor)
      return mine !== null && maySee(dataset, mine, actor)
    },
  }
}

const parsed = <T>(
  found: ReadonlyMap<string, unknown>,
  read: (value: unknown) => T | null,
): ReadonlyMap<string, T> =>
  new Map(
    [...found].flatMap(([digest, value]) => {
      const one = read(value)
      return one === null ? [] : [[digest, one] as const]
    }),
  )

type Reads = Omit<Datasets, keyof Rights | keyof Verbs | keyof Givers | 'executors' | 'recover'>

const reads = (deps: DatasetDeps): Reads => {
  const { store, documents, people } = deps
  return {
    dataset: (id) => store.dataset(id),
    datasets: (ids) => store.datasets(ids),
    version: async (id, number) => {
      const wanted = number ?? (await store.dataset(id))?.newest
      const found = wanted ? await store.version(id, wanted) : null
      return found?.publishedAt == null ? null : found
    },
    anyVersion: (id, number) => store.version(id, number),
    lineage: (name) => lineageOf(store, name),
    derivedFrom: async (ids) =>
      (await store.derivedFrom(ids)).filter(({ publishedAt }) => publishedAt !== null),
    versionsOf: (ids) => store.versionsOf(ids),
    manifest: async (digest) => parseManifest(await documents.get(digest)),
    statement: async (digest) => parseStatement(await documents.get(digest)),
    manifests: async (digests) => parsed(await documents.many(digests), parseManifest),
    statements: async (digests) => parsed(await documents.many(digests), parseStatement),
    filesOf: async (version, rung) => {
      const [manifest, withdrawn, dataset] = await Promise.all([
        documents.get(version.manifestDigest).then(parseManifest),
        withdrawnInLine(store, version),
        store.dataset(version.dataset),
      ])
      const live = liveOf(manifest, withdrawn)
      return dataset ? live.filter((file) => !isHeldBack(dataset, file, rung)) : []
    },
    isWithdrawn: async (sha256, version) => (await withdrawnInLine(store, version)).has(sha256),
    withdrawnFrom: (version) => withdrawnInLine(store, version),
    effectiveStage,
    search: createCatalogue(deps),
    ofCommunity: async (community, actor) => {
      const seat = await seatIn(people, community, actor)
      return (await store.ofCommunity(community)).filter((one) => maySee(one, seat, actor))
    },
    keptBy: (community) => store.ofCommunity(community),
    contribution: (id) => store.contribution(id),
    contributionsTo: (id) => store.contributionsTo(id),
    contributionsOf: (account) => store.contributionsOf(account),
    proposalsAbout: (id, kind) => store.proposalsAbout(id, kind),
    joint: (id) => store.joint(id),
    unratified: async (community, now) =>
      (await store.suspended()).filter(
        ({ suspension, ...one }) =>
          (suspension?.community ?? one.community) === community &&
          suspension?.ratified === false &&
          suspension.ratifyBy < now,
      ).length,
  }
}

type Verbs = Pick<
  Datasets,
  | 'create'
  | 'assemble'
  | 'proposePublication'
  | 'suspend'
  | 'proposeReopening'
  | 'proposeTakedown'
  | 'proposeCustody'
  | 'proposeFingerprint'
>

type WithId = { readonly ok: true; readonly id: string } | Refusal
type WithEvent = { readonly ok: true; readonly event: StoredEvent } | Refusal

const verbs = (deps: DatasetDeps): Verbs => {
  const { store } = deps

  const reread = async (result: WithId): Promise<DatasetResult> => {
    if (!result.ok) return result
    const dataset = await store.dataset(result.id)
    if (!dataset) throw new Error(`dataset ${result.id} is recorded but not projected`)
    return { ok: true, dataset }
  }

  return {
    create: async (actor, input) => reread(await createDataset(deps, actor, input)),
    assemble: async (actor, input) => {
      const result = await assembleVersion(deps, actor, input)
      if (!result.ok) return result
      const version = await store.version(result.dataset, result.version)
      if (!version) throw new Error(`version ${result.version} is recorded but not projected`)
      return { ok: true, version }
    },
    proposePublication: (actor, input) => proposePublication(deps, actor, input),
    suspend: async (actor, input) => reread(await suspend(deps, actor, input)),
    proposeReopening: (actor, input) => proposeReopening(deps, actor, input),
    proposeTakedown: (actor, input) => proposeTakedown(deps, actor, input),
    proposeCustody: (actor, input) => proposeCustody(deps, actor, input),
    proposeFingerprint: (actor, input) => proposeFingerprint(deps, actor, input),
  }
}

type Givers = Pick<
  Datasets,
  | 'contribute'
  | 'withdraw'
  | 'restore'
  | 'witnessConsent'
  | 'evidence'
  | 'byReceipt'
  | 'withdrawByReceipt'
  | 'restoreByReceipt'
  | 'eraseDue'
  | 'removals'
  | 'goneForGood'
>

/** What those who give can do, with an account or with a receipt. */
const givers = (deps: DatasetDeps): Givers => {
  const { store, log, receipts } = deps

  const told = async (result: WithEvent): Promise<ContributionResult> => {
    if (!result.ok) return result
    const { data, idx } = result.event
    const contribution = await store.contribution(String(data.contribution))
    if (!contribution) throw new Error(`the contribution of entry ${idx} is not projected`)
    const secret = receipts.secretOf(contribution.id)
    return { ok: true, contribution, receipt: await log.receipt(idx), secret }
  }
  const own = (...asked: Parameters<Datasets['restore']>) => ownContribution(deps, ...asked)
  const received = (secret: string) => receivedContribution(deps, secret)
  const withdraw = async (
    found: Awaited<ReturnType<typeof own>>,
    paths?: readonly string[] | null,
  ) => told(found.ok ? await withdrawUnits(deps, found.contribution, paths ?? null) : found)
  const restore = async (found: Awaited<ReturnType<typeof own>>) =>
    told(found.ok ? await restoreUnits(deps, found.contribution) : found)

  return {
    contribute: async (actor, input) => told(await contribute(deps, actor, input)),
    withdraw: async (actor, id, paths) => withdraw(await own(actor, id), paths),
    restore: async (actor, id) => restore(await own(actor, id)),
    witnessConsent: async (...asked) => told(await witnessConsent(deps, ...asked)),
    evidence: (actor, id, speaker) => readEvidence(deps, actor, { contribution: id, speaker }),
    byReceipt: async (secret) => {
      const found = await received(secret)
      return found.ok ? found.contribution : null
    },
    withdrawByReceipt: async (secret, paths) => withdraw(await received(secret), paths),
    restoreByReceipt: async (secret) => restore(await received(secret)),
    eraseDue: () => eraseWithdrawn(deps),
    goneForGood: () => goneForGood(store),
    removals: async () =>
      (await store.erased())
        .flatMap(({ erased }) => erased ?? [])
        .sort((a, b) => a.entry - b.entry),
  }
}

/** Everything about datasets, wired. */
export const createDatasets = (deps: DatasetDeps): Datasets => ({
  ...rights(deps),
  ...reads(deps),
  ...verbs(deps),
  ...givers(deps),
  executors: datasetExecutors(deps),
  recover: async () => {
    for (const dataset of await deps.store.suspended())
      await proposeRatification(deps, dataset, null)
    await finishErasures(deps)
    await completeJoints(deps)
  },
})
