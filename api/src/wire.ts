import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { noteKey } from '../../policies/index.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Services } from './context.ts'
import { createCollector } from './datasets/collect-blobs.ts'
import { createDatasets } from './datasets/create-datasets.ts'
import type { Mining } from './datasets/mining.ts'
import { createReceipts } from './datasets/receipt.ts'

import type { UploadDesk } from './datasets/upload-desk.ts'
import { keysInForce } from './finish-key-change.ts'
import { createGovernance } from './governance/create-governance.ts'
import { type EnactDeps, enactDue } from './governance/enact.ts'

import { createGrants } from './grants/create-grants.ts'
import { random } from './ids.ts'
import { originOf, receiptKeyOf } from './kept-names.ts'
import { createLicences } from './licences/create-licences.ts'
import { readCharterTemplates, readLicenceTemplates } from './licences/templates.ts'
import { liveDoor, liveLicenceStore, livePeopleStore, PEOPLE_DOCUMENTS } from './live-door.ts'
import { createLiveReads, type LiveReads } from './live-reads.ts'
import { publishedKey } from './log/checkpointer.ts'
import {
  collectPartials,
  createProjector,
  type Log,
  monitor,
  noteSigner,
  openLog,
  sha256,
  type TileStore,
  tileFolder,
  type Witness,
} from './log/index.ts'
import type { OnceStore } from './once.ts'
import { createPasswords } from './people/passwords.ts'
import { createPeopleDesk } from './people/people-desk.ts'
import { PROJECTIONS } from './projections.ts'
import { createCheckpointStore } from './storage/checkpoint-store.ts'
import type { Storage } from './storage/connect.ts'
import { createDatasetStore } from './storage/dataset-store.ts'
import { createDocumentStore } from './storage/document-store.ts'
import { createEventStore } from './storage/event-store.ts'
import { createGovernanceStore } from './storage/governance-store.ts'
import { createGrantStore } from './storage/grant-store.ts'
import type { Keys } from './storage/key-store.ts'
import { createLicenceStore } from './storage/licence-store.ts'
import { createOnceStore } from './storage/once-store.ts'
import { openBlobs, type SignUrl } from './storage/open-blobs.ts'
import type { Outbox } from './storage/outbox.ts'
import { createPeopleStore } from './storage/people-store.ts'
import { createProjectionStore } from './storage/projection-store.ts'
import { openSearchIndex } from './storage/search-index.ts'
import { createUploadStore } from './storage/upload-store.ts'
import { createWitnessStore } from './storage/witness-store.ts'
import { openWatch } from './watch.ts'
import { openCopies } from './wire-copies.ts'
import { enactmentOf } from './wire-enactment.ts'
import { miningOf } from './wire-mining.ts'
import { openPost } from './wire-notices.ts'
import { openStorage } from './wire-storage.ts'
import { openUploads } from './wire-uploads.ts'

export interface House {
  readonly services: Services
  readonly uploads: UploadDesk
  /** What counts once: proofs that were shown, tickets that were taken. */
  readonly once: OnceStore
  /** Signs addresses by which the store sends bytes itself; null: it does not. */
  readonly signUrl: SignUrl | null
  readonly mining: Mining
  readonly keys: Keys
  readonly tiles: string
  /** Writes down and carries out whatever has become due; safe to call at any time. */
  readonly tick: () => Promise<void>
  /** Tells people what has become due for them to hear, and sends their e-mail. */
  readonly post: () => Promise<void>
  /** No further e-mail is begun: before `close`, so that a slow relay does not hold it up. */
  readonly hush: () => void
  /** The e-mails that nothing sends; empty when there is a relay. */
  readonly outbox: Outbox
  /** Removes files and partial tiles that nobody needs any more; gives back how many. */
  readonly collect: () => Promise<number>
  /** Recomputes the whole log from its events; each finding in words, none when all is as promised. */
  readonly audit: () => Promise<readonly string[]>
  /** Watches the logs of others. */
  readonly witness: Witness
  /** Asks the witnesses of this log to cosign what has been added to it. */
  readonly cosign: () => Promise<void>
  readonly ready: () => Promise<boolean>
  readonly close: () => Promise<void>
}

export interface HouseOptions {
  readonly config: Config
  readonly clock: Clock
  readonly report: (error: unknown, about: string) => void
  readonly onCrash?: (error: Error) => void
  /** Stands between the log and its public files. */
  readonly logFiles?: (files: TileStore) => TileStore
}

const openLogOf = async (
  storage: Storage,
  { log: key, witness: witnessKey }: Keys,
  live: LiveReads,
  options: HouseOptions,
) => {
  const { config, clock, report, logFiles = (same) => same } = options
  const { connection } = storage
  const tiles = join(config.dataDir, 'log')
  const origin = await originOf(join(config.dataDir, 'keys'), config.publicUrl)
  const signer = noteSigner(origin, key.privateKey)
  const store = await createEventStore(connection)
  const checkpoints = await createCheckpointStore(connection)
  const projected = createProjectionStore(connection)
  const files = logFiles(tileFolder(tiles))
  const log = await openLog({
    store,
    checkpoints,
    projector: live.watch(createProjector(projected, PROJECTIONS)),
    signer,
    tiles: files,
    clock: clock.now,
    random,
    report: (error) => report(error, 'log'),
  })
  const keys = [noteKey(signer.name, signer.publicKey, sha256)]
  const audit = () =>
    monitor({
      store,
      checkpoints,
      tiles: files,
      keys,
      clock: clock.now,
      projected,
      projections: PROJECTIONS,
    })
  const watch = await openWatch({
    store: createWitnessStore(connection),
    key: witnessKey,
    origin,
    log,
    tiles: files,
    policyFile: options.config.tlogPolicy,
    now: Date.now,
    report: (error) => report(error, 'witness'),
  })
  return { log, tiles, audit, verifierKey: publishedKey(signer), watch }
}

const wireDomains = async (
  storage: Storage,
  log: Log,
  keys: Keys,
  live: LiveReads,
  options: HouseOptions,
) => {
  const { config } = options
  const { connection } = storage
  const copying = await openCopies(storage, options)
  const { wallClock } = copying
  const post = await openPost(storage, log, options)
  const store = livePeopleStore(await createPeopleStore(connection), live)
  const passwords = await createPasswords()
  const people = createPeopleDesk({ store, passwords, log, sha256, wallClock, post: post.letters })
  const proposals = await createGovernanceStore(connection)
  const governance = createGovernance({ log, people, store: proposals, sha256 })
  const licences = createLicences({
    log,
    people,
    governance,
    sha256,
    store: liveLicenceStore(await createLicenceStore(connection), live),
    licenceTemplates: readLicenceTemplates(config.root),
    charterTemplates: readCharterTemplates(config.root),
  })
  const { files, signUrl } = await openBlobs(config.dataDir, config.s3)
  const uploadStore = await createUploadStore(connection)
  const search = openSearchIndex({ file: ':memory:' })
  const datasets = createDatasets({
    ...{ log, people, governance, licences, files, search },
    documents: await createDocumentStore(connection),
    store: await createDatasetStore(connection),
    uploads: uploadStore,
    copies: copying.copies,
    receipts: createReceipts(await receiptKeyOf(join(config.dataDir, 'keys'))),
  })
  const grantStore = await createGrantStore(connection)
  const once = await createOnceStore(connection)
  const door = liveDoor({ people, datasets, store: grantStore }, live, log.now)
  const grants = createGrants({
    log,
    once,
    governance,
    licences,
    files,
    ...copying,
    ...door,
    issuer: config.publicUrl,
    grantKey: keys.grants,
    receiptKey: keys.receipts,
  })
  const uploads = await openUploads(config, files, uploadStore)
  const { sign } = keys.post
  const notices = post.notices({ people, governance, datasets, proposals, grantStore, sign })
  const collect = createCollector({ ...copying, log, files, uploads: uploadStore })
  const desks = { people, governance, proposals, licences, datasets, grants, notices, uploads }
  return { ...desks, door, files, signUrl, once, search, collect, outbox: post.outbox }
}

/** What the clock has made true: votes that open by themselves, and all that follows from a close. */
const tick = async (
  { governance, datasets, grants }: Pick<Services, 'governance' | 'datasets' | 'grants'>,
  enactment: EnactDeps,
): Promise<void> => {
  await governance.openDue()
  await enactDue(enactment)
  await datasets.eraseDue()
  await grants.askDeletions()
}

/** What cannot be finished now must not keep the house shut. */
const recover = async (
  domains: readonly { readonly recover: () => Promise<void> }[],
  report: HouseOptions['report'],
): Promise<void> => {
  for (const domain of domains)
    await domain.recover().catch((error: unknown) => report(error, 'recovery'))
}

/** Opens the stores and wires the domains by hand: the one place that knows all of them. */
export const openHouse = async (options: HouseOptions): Promise<House> => {
  const { config, clock, report } = options
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const storage = await openStorage(options)
  const events = await createEventStore(storage.connection)
  const keys = await keysInForce(join(config.dataDir, 'keys'), events)
  const live = createLiveReads({
    projections: PROJECTIONS,
    documents: PEOPLE_DOCUMENTS,
    clock: () => performance.now(),
  })
  const { log, tiles, audit, verifierKey, watch } = await openLogOf(storage, keys, live, options)
  const domains = await wireDomains(storage, log, keys, live, options)
  const { people, governance, licences, search, datasets, grants, notices, uploads } = domains
  const enactment = enactmentOf(log, domains, report)
  await domains.files.sweep()
  await uploads.sweep()
  await recover([datasets, grants, governance], report)

  return {
    services: {
      config,
      clock,
      log,
      verifierKey,
      people,
      governance,
      licences,
      datasets,
      uploads,
      grants,
      notices,
    },
    uploads,
    once: domains.once,
    signUrl: config.s3Presign ? domains.signUrl : null,
    mining: miningOf({ datasets: domains.door.datasets, licences }, live, log.now),
    keys,
    tiles,
    tick: () => tick(domains, enactment),
    post: notices.run,
    hush: notices.close,
    outbox: domains.outbox,
    witness: watch.witness,
    cosign: watch.round,
    collect: async () => (await domains.collect()) + (await collectPartials(tiles)),
    audit: async () => (await audit()).findings.map((finding) => JSON.stringify(finding)),
    ready: async () => (await log.size()) >= 0,
    close: async () => {
      notices.close()
      await log.close()
      search.close()
      await storage.close()
    },
  }
}
