import { hash } from 'node:crypto'
import { DamagedBlobError, type Files } from '../datasets/files.ts'
import { newId } from '../ids.ts'
import type { Log } from '../log/index.ts'
import { createDayRecords, type Use } from './day-records.ts'
import type { Grants, Pass, Span } from './grants.ts'
import { originOf } from './own-copy.ts'

export interface HandOutDeps {
  readonly log: Log
  /** The only reader of published bytes. */
  readonly files: Files
}

export type HandOut = Pick<Grants, 'open' | 'completed' | 'cut'>

// Below it a stream costs more than the bytes, and hashing them costs next to nothing.
const SMALL = 256 * 1024

const streamOf = (grant: string): string => `download/${grant}`

const useOf = ({ grant, member, file }: Pass): Use => ({
  grant: grant.id,
  member,
  sha256: file.sha256,
})

const authorised = ({ grant, member, dataset, version, file }: Pass, { from, to }: Span) => ({
  stream: streamOf(grant.id),
  type: 'download.authorised',
  cmd: newId('x'),
  data: {
    grant: grant.id,
    dataset: dataset.id,
    community: grant.community,
    version: version.version,
    sha256: originOf(file),
    // What left is not what the version holds: the log names both.
    ...(file.of === undefined ? {} : { copy: file.sha256 }),
    from,
    to,
    // Duties count from here. Two at once may both say so: the earlier one holds.
    first: grant.firstUseAt === null,
    ...(member === null ? {} : { member }),
  },
})

/** Gives a small file whole; null for a large one, hashed once in this process. */
const verifier = (files: Files) => {
  /** A store gives the very same bytes again for as long as they are unchanged. */
  const good = new WeakSet<Buffer>()
  return async ({ sha256, size }: Pass['file']): Promise<Buffer | null> => {
    if (size > SMALL) {
      await files.ensureVerified(sha256)
      return null
    }
    const bytes = await files.readSmall(sha256)
    if (good.has(bytes)) return bytes
    if (hash('sha256', bytes) !== sha256) throw new DamagedBlobError(sha256)
    good.add(bytes)
    return bytes
  }
}

/** Hands out bytes that the log holds a record of, and writes down what became of them. */
export const createHandOut = ({ log, files }: HandOutDeps): HandOut => {
  const records = createDayRecords(log.now)
  const verified = verifier(files)
  return {
    open: async (passed, span) => {
      const bytes = await verified(passed.file)
      const { sha256, size } = passed.file
      const { from, to } = span
      const record = await records.covering(useOf(passed), { span, size }, async (recorded) => {
        const event = await log.append(authorised(passed, recorded), { wait: 'durable' })
        return event.idx
      })
      const range = { start: from, end: to }
      const large = {
        stream: () => files.read(sha256, range),
        pieces: () => files.pieces(sha256, range),
      }
      return { record, span, body: bytes?.subarray(from, to + 1) ?? large }
    },
    completed: async ({ grant: { id: grant } }, { record, span }) => {
      const { entry, from, to } = record
      if (record.completed || span.from !== from || span.to !== to) return
      record.completed = true
      const data = { grant, authorised: entry, bytes: to - from + 1 }
      const cmd = `completed:${entry}`
      const event = { stream: streamOf(grant), type: 'download.completed', cmd, data }
      try {
        await log.append(event, { wait: 'durable' })
      } catch (error) {
        record.completed = false
        throw error
      }
    },
    cut: async (passed, { record }, reason) => {
      const isNew = records.forget(useOf(passed), record)
      // Going away is the reader's to do, as often as they like.
      if (!isNew && reason === 'CONNECTION') return
      const grant = passed.grant.id
      const data = { grant, authorised: record.entry, reason }
      const event = { stream: streamOf(grant), type: 'download.cut', cmd: newId('x'), data }
      await log.append(event, { wait: 'durable' })
    },
  }
}
