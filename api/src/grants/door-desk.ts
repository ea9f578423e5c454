import { hash } from 'node:crypto'
import { DamagedBlobError, type Files } from '../datasets/files.ts'
import { newId } from '../ids.ts'
import { admit, pass, refusalTo, WITHDRAWN } from './door.ts'
import { shut } from './door-refusals.ts'
import type { Grants } from './grants.ts'
import { createReadingDesk, type ReadingDesk } from './reading-desk.ts'
import { createRefusalRecord } from './refusal-record.ts'
import { accountOf } from './team.ts'
import { createTickets, type TicketDeps } from './tickets.ts'

export interface DoorDeps extends TicketDeps {
  /** The only reader of published bytes. */
  readonly files: Files
}

export type DoorDesk = Pick<
  Grants,
  | 'pass'
  | 'passAll'
  | 'tickets'
  | 'checksums'
  | 'open'
  | 'recordRefusal'
  | 'recheck'
  | 'completed'
  | 'cut'
>

// Below it a stream costs more than the bytes, and hashing them each time costs next to nothing.
const SMALL = 256 * 1024

const streamOf = (grant: string): string => `download/${grant}`

/** A small file in memory, hashed on its way; null for a large one, hashed once in this process. */
const verified = async (
  files: Files,
  { sha256, size }: { readonly sha256: string; readonly size: number },
): Promise<Buffer | null> => {
  if (size > SMALL) return files.ensureVerified(sha256).then(() => null)
  const bytes = await files.readSmall(sha256)
  if (hash('sha256', bytes) === sha256) return bytes
  throw new DamagedBlobError(sha256)
}

/** Records the download and waits for the disk; only then are there bytes to read. */
const openDownload =
  ({ log, files }: DoorDeps): DoorDesk['open'] =>
  async (passed, span) => {
    const { grant, member, file } = passed
    const { id: dataset } = passed.dataset
    const { version } = passed.version
    const bytes = await verified(files, file)
    const { sha256 } = file
    const { from, to } = span
    const event = await log.append(
      {
        stream: streamOf(grant.id),
        type: 'download.authorised',
        cmd: newId('x'),
        data: {
          grant: grant.id,
          dataset,
          community: grant.community,
          version,
          sha256,
          from,
          to,
          // Duties count from here. Two at once may both say so: the earlier one holds.
          first: grant.firstUseAt === null,
          ...(member === null ? {} : { member }),
        },
      },
      { wait: 'durable' },
    )
    return {
      entry: event.idx,
      body: bytes?.subarray(from, to + 1) ?? (() => files.read(sha256, { start: from, end: to })),
    }
  }

const recheck =
  (deps: DoorDeps): DoorDesk['recheck'] =>
  async ({ grant, member, dataset, version, file }) => {
    const [now, there, taken] = await Promise.all([
      deps.store.grant(grant.id),
      deps.datasets.dataset(dataset.id),
      deps.datasets.isWithdrawn(file.sha256, version),
    ])
    if (!now || !there) return shut(403, 'GRANT_REVOKED', 'This grant is no longer on record.')
    const account = member === null ? now.account : accountOf(now, member)
    const refused = await refusalTo(deps, account, { dataset: there, grant: now })
    return refused ?? (taken ? WITHDRAWN : null)
  }

const passAll =
  (deps: DoorDeps): DoorDesk['passAll'] =>
  async (actor, asked) => {
    const admission = await admit(deps, actor, asked)
    if (!admission.ok) return admission
    const { dataset, version, grant, member, files, withdrawn } = admission
    const live = [...files.values()].filter(({ sha256 }) => !withdrawn.has(sha256))
    const both = { ok: true, dataset, version, grant, member } as const
    return {
      ok: true,
      passes: live.map((file) => ({ ...both, file })),
      withdrawn: files.size - live.length,
    }
  }

/** `sha256sum -c` reads it: every file the grant still covers. */
const checksums =
  (deps: DoorDeps): DoorDesk['checksums'] =>
  async (actor, asked) => {
    const all = await passAll(deps)(actor, asked)
    if (!all.ok) return all
    const lines = all.passes.map(({ file: { sha256, path } }) => `${sha256}  ${path}\n`)
    return { ok: true, text: lines.join('') }
  }

/** The door as the http adapter uses it. */
export const createDoor = (deps: DoorDeps): DoorDesk & ReadingDesk => ({
  ...createReadingDesk(deps),
  pass: (actor, file) => pass(deps, actor, file),
  passAll: passAll(deps),
  tickets: createTickets(deps),
  checksums: checksums(deps),
  open: openDownload(deps),
  recordRefusal: createRefusalRecord(deps),
  recheck: recheck(deps),
  completed: async ({ grant }, entry, bytes) => {
    const data = { grant: grant.id, authorised: entry, bytes }
    const cmd = `completed:${entry}`
    const event = { stream: streamOf(grant.id), type: 'download.completed', cmd, data }
    await deps.log.append(event, { wait: 'durable' })
  },
  cut: async ({ grant }, entry, reason) => {
    const data = { grant: grant.id, authorised: entry, reason }
    const cmd = `cut:${entry}`
    const event = { stream: streamOf(grant.id), type: 'download.cut', cmd, data }
    await deps.log.append(event, { wait: 'durable' })
  },
})
