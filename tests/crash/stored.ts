import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { allEvents, type StoredEvent } from '../../api/src/log/index.ts'
import { readRecord } from '../../api/src/log/leaf.ts'
import { withStoreCopy } from '../../api/src/storage/store-copy.ts'
import type { Ledger, Recorded } from './ledger.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** Runs a built command of the registry and waits for it. */
export const runBuilt = async (
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly output: string }> => {
  const child = spawn('node', [join(root, 'dist', script), ...args], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'error', ...env },
  })
  let output = ''
  const hear = (chunk: Buffer): void => {
    output += chunk
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  await once(child, 'close')
  return { code: child.exitCode, output }
}

/** `npm run verify` on a data folder. */
export const verifyFolder = (dataDir: string, ...more: readonly string[]) =>
  runBuilt('api/src/log/verify-main.js', [dataDir, ...more])

/** `npm run rebuild` on a data folder nobody has open. */
export const rebuildFolder = (dataDir: string) =>
  runBuilt('api/src/rebuild.js', [], { DATA_DIR: dataDir })

/** Every event of a data folder, in order. */
export const eventsOf = (dataDir: string): Promise<readonly StoredEvent[]> =>
  withStoreCopy(join(dataDir, 'registry.db'), async ({ events }) => {
    const all: StoredEvent[] = []
    for await (const record of allEvents(events)) all.push(readRecord(record))
    return all
  })

const gaps = (events: readonly StoredEvent[]): readonly string[] => {
  const next = new Map<string, number>()
  return events.flatMap(({ idx, stream, seq }, place) => {
    const expected = next.get(stream) ?? 0
    next.set(stream, expected + 1)
    return idx === place && seq === expected ? [] : [`entry ${idx} (${stream} ${seq})`]
  })
}

const twice = (keys: readonly string[]): readonly string[] =>
  keys.filter((key, place) => keys.indexOf(key) !== place)

/** What is wrong with the order of the log: nothing is what a test wants. */
export const disorder = (events: readonly StoredEvent[]): readonly string[] => [
  ...gaps(events),
  ...twice(events.map(({ cmd }) => cmd)).map((cmd) => `command ${cmd} is recorded twice`),
]

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const ofType = (events: readonly StoredEvent[], type: string): readonly StoredEvent[] =>
  events.filter((event) => event.type === type)

const STOPS = new Set(['delegation.paused', 'delegation.ended', 'delegation.resumed'])

/** Whether a standing decision answered nothing just before an entry. */
const isOver = (events: readonly StoredEvent[], delegation: unknown, entry: number): boolean => {
  const last = events.findLast(
    ({ idx, type, data }) => idx < entry && data.delegation === delegation && STOPS.has(type),
  )
  return last !== undefined && last.type !== 'delegation.resumed'
}

/** Grants that rest on no answer of a standing decision, or on one that was over by then. */
const unanswered = (events: readonly StoredEvent[]): readonly string[] =>
  ofType(events, 'grant.issued')
    .filter(({ data }) => data.basis === 'delegation')
    .filter(({ idx, data }) => {
      const entry = Number(Reflect.get(Object(data.delegation), 'entry'))
      const used = events.find((event) => event.idx === entry)
      if (used?.type !== 'delegation.used' || used.data.request !== data.request) return true
      const { delegation } = used.data
      return entry > idx || isOver(events, delegation, entry)
    })
    .map(({ idx }) => `entry ${idx} (grant.issued) has no standing decision behind it`)

/** Decisions that were carried out twice or not at all, and effects that no decision stands behind. */
export const unboundEffects = (events: readonly StoredEvent[]): readonly string[] => {
  const enacted = ofType(events, 'proposal.enacted')
  const effects = new Map(events.map((event) => [event.cmd, event]))
  const undone = enacted
    .filter(({ data }) => !effects.has(text(data.effectId)))
    .map(({ data }) => `proposal ${data.proposal} is enacted without effect`)
  const decided = new Set(enacted.map(({ data }) => text(data.effectId)))
  const issued = ofType(events, 'grant.issued')
  const passed = new Set(enacted.map(({ data }) => text(data.proposal)))
  /** A version without what was taken back rests on the vote on the version it was cut from. */
  const isNarrowed = ({ data }: StoredEvent): boolean =>
    text(data.narrows) !== '' && passed.has(text(data.basis))
  const lawless = [...ofType(events, 'version.published'), ...issued]
    .filter(({ cmd, data }) => data.basis !== 'delegation' && !decided.has(cmd))
    .filter((event) => !isNarrowed(event))
    .map(({ idx, type }) => `entry ${idx} (${type}) has no decision`)
  const double = [
    ...twice(issued.map(({ data }) => text(data.request))),
    ...twice(
      issued
        .filter(({ data }) => data.basis !== 'delegation')
        .map(({ data }) => JSON.stringify(data.decision)),
    ),
    ...twice(
      ofType(events, 'version.published').map(({ data }) => `${data.dataset}@${data.version}`),
    ),
  ].map((key) => `${key} has more than one effect`)
  return [...undone, ...lawless, ...unanswered(events), ...double]
}

const saysSo = (event: StoredEvent | undefined, { type, says }: Recorded): boolean => {
  if (event?.type !== type) return false
  const all = { ...event.data, ...event.secret }
  return Object.entries(says).every(([name, value]) => all[name] === value)
}

/** What was acknowledged and is not on record. */
export const lost = (events: readonly StoredEvent[], ledger: Ledger): readonly string[] => {
  const has = (type: string, name: string) => {
    const values = new Set(ofType(events, type).map(({ data }) => data[name]))
    return (value: string): boolean => values.has(value)
  }
  const missing = (what: string, known: (value: string) => boolean, values: readonly string[]) =>
    values.filter((value) => !known(value)).map((value) => `${what} ${value} is lost`)
  const made = ofType(events, 'contribution.made')
  return [
    ...ledger.recorded
      .filter((one) => !saysSo(events[one.entry], one))
      .map((one) => `entry ${one.entry} does not say ${JSON.stringify(one)}`),
    ...ledger.contributions
      .filter(
        ({ id, sha256 }) =>
          !made.some(
            ({ data }) => data.contribution === id && JSON.stringify(data).includes(sha256),
          ),
      )
      .map(({ id }) => `contribution ${id} is lost`),
    ...missing('manifest', has('version.assembled', 'manifestDigest'), ledger.manifests),
    ...missing('proposal', has('proposal.opened', 'proposal'), ledger.proposals),
    ...missing(
      'request',
      has('request.submitted', 'request'),
      ledger.requests.map(({ id }) => id),
    ),
    ...missing('duty of', has('duty.submitted', 'grant'), ledger.duties),
    ...unrecordedDownloads(events, ledger),
  ]
}

/**
 * Files that were received on more days than the log says. One person's use of one file is recorded
 * once a day, and each decision puts the clock on by weeks.
 */
const unrecordedDownloads = (
  events: readonly StoredEvent[],
  { downloads }: Ledger,
): readonly string[] => {
  const authorised = ofType(events, 'download.authorised').map(({ data }) => text(data.sha256))
  return [...new Set(downloads.map(({ sha256 }) => sha256))]
    .filter((sha256) => {
      const received = downloads.filter((one) => one.sha256 === sha256)
      const days = new Set(received.flatMap(({ epoch }) => epoch ?? []))
      const recorded = authorised.filter((one) => one === sha256).length
      return recorded < Math.max(1, days.size)
    })
    .map((sha256) => `a download of ${sha256} is not on record`)
}
