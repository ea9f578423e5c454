import type { Files } from '../datasets/files.ts'
import { newId } from '../ids.ts'
import type { ConsiderDeps } from './consider.ts'
import { pass, refusalNow, shut } from './door.ts'
import type { Grants } from './grants.ts'

export interface DoorDeps extends ConsiderDeps {
  /** The only reader of published bytes. */
  readonly files: Files
}

export type DoorDesk = Pick<
  Grants,
  'pass' | 'open' | 'recordRefusal' | 'recheck' | 'completed' | 'cut'
>

const RECENT = 60_000
const REMEMBERED = 10_000

/** Refusals at the door are recorded, but cannot be used to flood the log. */
const createRefusalLimit = (now: () => number) => {
  const last = new Map<string, number>()
  return (key: string): boolean => {
    const at = now()
    if (at - (last.get(key) ?? Number.NEGATIVE_INFINITY) < RECENT) return false
    if (last.size > REMEMBERED) last.clear()
    last.set(key, at)
    return true
  }
}

const streamOf = (grant: string): string => `download/${grant}`

/** Records the download and waits for the disk; only then are there bytes to read. */
const openDownload =
  ({ log, files }: DoorDeps): DoorDesk['open'] =>
  async ({ grant, dataset, file }, from, to) => {
    await files.ensureVerified(file.sha256)
    const { id: datasetId, community } = dataset
    const { sha256 } = file
    const { version } = grant
    const event = await log.append(
      {
        stream: streamOf(grant.id),
        type: 'download.authorised',
        cmd: newId('x'),
        data: { grant: grant.id, dataset: datasetId, community, version, sha256, from, to },
      },
      { wait: 'durable' },
    )
    return { entry: event.idx, body: files.read(sha256, { start: from, end: to }) }
  }

const recordRefusal = ({ log }: DoorDeps): DoorDesk['recordRefusal'] => {
  const isNew = createRefusalLimit(() => log.now())
  return async (actor, { dataset, version }, { status, code, reasons = [] }) => {
    const account = actor?.account.id ?? null
    if (status === 404 || !isNew(`${account}/${dataset}/${code}`)) return
    const clauses = reasons.map(({ clause }) => clause)
    await log.append(
      {
        stream: `refusal/${dataset}`,
        type: 'download.refused',
        cmd: newId('x'),
        data: { dataset, version, code, clauses },
        secret: { account },
      },
      { wait: 'durable' },
    )
  }
}

/** The door as the http adapter uses it. */
export const createDoor = (deps: DoorDeps): DoorDesk => ({
  pass: (actor, file) => pass(deps, actor, file),
  open: openDownload(deps),
  recordRefusal: recordRefusal(deps),
  recheck: async ({ grant, dataset }) => {
    const [now, there] = await Promise.all([
      deps.store.grant(grant.id),
      deps.datasets.dataset(dataset.id),
    ])
    if (!now || !there) return shut(403, 'GRANT_REVOKED', 'This grant is no longer on record.')
    return refusalNow(deps, there, now)
  },
  completed: async ({ grant }, entry, bytes) => {
    const data = { grant: grant.id, authorised: entry, bytes }
    const cmd = `completed:${entry}`
    await deps.log.append({ stream: streamOf(grant.id), type: 'download.completed', cmd, data })
  },
  cut: async ({ grant }, entry, reason) => {
    const data = { grant: grant.id, authorised: entry, reason }
    const cmd = `cut:${entry}`
    await deps.log.append({ stream: streamOf(grant.id), type: 'download.cut', cmd, data })
  },
})
