import { parseCheckpoint } from '../../../policies/index.ts'
import type { StoredEvent } from './event.ts'
import type { Finding } from './finding.ts'
import { leafHashOf, readRecord } from './leaf.ts'
import { type PublicEntry, type PublicFiles, publicEntries } from './public-entries.ts'
import { checkRecord, parseMembers } from './record-check.ts'
import type { Checkpoint, EventRecord, EventStore } from './store.ts'
import { checkColumns, type Verified, type VerifyOptions, verifyPublic } from './verify.ts'

export interface Audit extends Verified {
  /** Number of stored events. */
  readonly events: number
}

/** What did not meet its like at its own place. */
interface Loose {
  readonly records: EventRecord[]
  /** By hash, base64. */
  readonly entries: Map<string, PublicEntry>
}

/** What is no text becomes one that fits nothing: a list of one text would read like the text. */
const asText = (value: unknown): string => (typeof value === 'string' ? value : `no text: ${value}`)

/** A changed database may hold anything: missing fields become ones that fit nothing. */
const sane = (raw: EventRecord): EventRecord => ({
  ...raw,
  stream: asText(raw.stream),
  cmd: asText(raw.cmd),
  type: asText(raw.type),
  leaf: asText(raw.leaf),
  leafHash: asText(raw.leafHash),
  disclosures: Array.isArray(raw.disclosures) ? raw.disclosures.map(asText) : [],
})

const toBase64 = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString('base64')

const looksLike = (record: EventRecord, entry: PublicEntry | undefined): boolean => {
  const theirs = entry?.leaf ? parseMembers(entry.leaf) : null
  const mine = parseMembers(record.leaf)
  if (!theirs) return entry !== undefined
  return [record, mine].some((one) => one?.stream === theirs.stream && one?.seq === theirs.seq)
}

const about = (record: EventRecord, kind: Finding['kind'], message: string): Finding => ({
  kind,
  idx: record.idx,
  stream: record.stream,
  ...(kind === 'moved' ? { field: 'idx' } : {}),
  message: `event ${record.idx} (${record.stream}) ${message}`,
})

const deletion = ({ index, leaf }: PublicEntry): Finding => {
  const stream = String((leaf && parseMembers(leaf)?.stream) ?? 'unknown stream')
  const message = `event ${index} (${stream}) was published and is no longer stored`
  return { kind: 'deleted', idx: index, stream, message }
}

/** Finds out what happened to records and entries that did not meet. */
const explain = ({ records, entries }: Loose, size: number): readonly Finding[] => {
  const findings: Finding[] = []
  const strangers: EventRecord[] = []
  for (const record of records) {
    const hash = leafHashOf(record.leaf)
    const home = entries.get(hash)
    if (!home) strangers.push(record)
    else {
      entries.delete(hash)
      findings.push(about(record, 'moved', `was published as entry ${home.index}`))
      findings.push(...checkRecord(record, null))
    }
  }
  const facing = new Map([...entries].map(([hash, entry]) => [entry.index, { hash, entry }]))
  for (const record of strangers) {
    const { hash = '', entry } = facing.get(record.idx) ?? {}
    if (looksLike(record, entry)) {
      entries.delete(hash)
      findings.push(...checkRecord(record, entry?.leaf ?? null))
      if (!entry?.leaf) findings.push(about(record, 'edited', 'does not have the published hash'))
    } else if (record.idx < size) findings.push(about(record, 'inserted', 'was never published'))
    else findings.push(...checkRecord(record, null))
  }
  return [...findings, ...[...entries.values()].map(deletion)]
}

/** Lays the stored events beside the published entries, index by index. */
const match = async (
  events: AsyncIterable<EventRecord>,
  files: PublicFiles,
  size: number,
): Promise<{ count: number; findings: readonly Finding[] }> => {
  const published = publicEntries(files, size)
  const loose: Loose = { records: [], entries: new Map() }
  const findings: Finding[] = []
  let count = 0
  let next = 0

  /** The entry at `next`, which becomes the one after. */
  const take = async (): Promise<PublicEntry | null> => {
    const { value } = next < size ? await published.next() : { value: null }
    next++
    return value ?? null
  }
  const skipTo = async (idx: number): Promise<void> => {
    while (next < Math.min(idx, size)) {
      const entry = await take()
      if (entry) loose.entries.set(toBase64(entry.hash), entry)
    }
  }
  for await (const raw of events) {
    const record = sane(raw)
    count++
    await skipTo(record.idx)
    if (record.idx > next && next >= size)
      findings.push(about(record, 'deleted', `follows a gap: event ${next} is not stored`))
    if (record.idx >= size) next = record.idx
    const entry = record.idx === next ? await take() : null
    if (entry && toBase64(entry.hash) === leafHashOf(record.leaf))
      findings.push(...checkRecord(record, record.leaf))
    else {
      loose.records.push(record)
      if (entry) loose.entries.set(toBase64(entry.hash), entry)
    }
  }
  await skipTo(size)
  return { count, findings: [...findings, ...explain(loose, size)] }
}

const sizeIn = (note: string): number => parseCheckpoint(note)?.size ?? 0

/**
 * The newest checkpoint is signed a moment before it is published, and a kill may come in between:
 * the log is held to it, and to the published one as well.
 */
const newestFirst = async (checkpoints: readonly Checkpoint[], files: PublicFiles) => {
  const published = Buffer.from((await files.get('checkpoint')) ?? []).toString('utf8')
  const signed = checkpoints.at(-1)?.note ?? ''
  if (sizeIn(published) === 0 || sizeIn(published) >= sizeIn(signed)) return { files, seen: [] }
  const get: PublicFiles['get'] = async (path) =>
    path === 'checkpoint' ? Buffer.from(signed) : files.get(path)
  return { files: { get }, seen: [{ name: 'the published checkpoint', text: published }] }
}

/**
 * Compares stored events and checkpoints with the public files and names what was edited, deleted,
 * inserted or moved. `events` come by `idx`. Throws when the public files hold no checkpoint.
 */
export const auditStore = async (
  events: AsyncIterable<EventRecord>,
  checkpoints: readonly Checkpoint[],
  files: PublicFiles,
  { keys, since = [] }: VerifyOptions,
): Promise<Audit> => {
  const stored = checkpoints.map(({ size, note }) => ({
    name: `the stored checkpoint of size ${size}`,
    text: note,
  }))
  const newest = await newestFirst(checkpoints, files)
  const verified = await verifyPublic(newest.files, {
    keys,
    since: [...newest.seen, ...stored, ...since],
  })
  const { count, findings } = await match(events, files, verified.size)
  const columns = checkpoints.flatMap(checkColumns)
  return { ...verified, events: count, findings: [...verified.findings, ...columns, ...findings] }
}

const PAGE = 500

/** Passes records on and lets somebody hear of each; one that cannot be read is found by the audit. */
export async function* hearing(
  records: AsyncIterable<EventRecord>,
  hear: (event: StoredEvent) => void,
): AsyncGenerator<EventRecord, void> {
  for await (const record of records) {
    try {
      hear(readRecord(record))
    } catch {
      // The audit says what is wrong with it.
    }
    yield record
  }
}

/** All events of a store by `idx`. */
export async function* allEvents(store: EventStore): AsyncGenerator<EventRecord, void> {
  for (let from = 0; ; ) {
    const page = await store.read(from, PAGE)
    yield* page
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    from = last.idx + 1
  }
}
