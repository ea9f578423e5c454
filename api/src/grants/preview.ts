import { PURPOSES } from '../../../policies/index.ts'
import type { ManifestFile } from '../datasets/dataset.ts'
import { canBeSampled, readSample, type Sample } from '../datasets/sample.ts'
import { isRefusal } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Actor } from '../people/people.ts'
import type { DoorDeps } from './door-desk.ts'
import { shut } from './door-refusals.ts'
import type { DoorRefusal } from './grants.ts'
import { admitToLook, type Look, type LookRequest, PROMISED } from './look.ts'

export interface PreviewRequest extends Pick<LookRequest, 'dataset' | 'version'> {
  /** As they came: each has to be one the licences know. */
  readonly purposes: readonly string[]
  /** Duties that are promised by looking, as they came. */
  readonly promises: readonly string[]
  /** Left out: the first file of which a part can be shown. */
  readonly path?: string | null
}

/** A part of one file, to whoever may look at it now. */
export interface Preview extends Look {
  readonly file: ManifestFile
  /** Every file of the version of which a part can be shown. */
  readonly files: readonly ManifestFile[]
  readonly sample: Sample
}

const NO_SAMPLE = shut(
  404,
  'NO_SAMPLE',
  'There is no file here of which a part can be shown. Text, tables, timed text and WAV can.',
)

const UNKNOWN = shut(
  400,
  'BAD_INPUT',
  'purposes: choose from those that the licences know. promises: attribute, noticeLabels.',
)

/** Those of a list that were named; null when something else was. */
const among = <T extends string>(known: readonly T[], given: readonly string[]): T[] | null => {
  const named = known.filter((one) => given.includes(one))
  return given.every((one) => known.some((other) => other === one)) ? named : null
}

/** Rather the data than what is said about it. */
const firstOf = (files: readonly ManifestFile[]): ManifestFile | undefined =>
  files.find(({ mediaType }) => mediaType !== 'text/markdown') ?? files[0]

/** The rung of the release ladder from which on samples are shown. */
const SAMPLE = 2

const HOUR = 3_600_000
const REMEMBERED = 10_000

/** Who has looked at what within the hour: each page of the same is not told again. */
const createMemory = (now: () => number) => {
  const last = new Map<string, number>()
  return {
    isFresh: (key: string): boolean => now() - (last.get(key) ?? Number.NEGATIVE_INFINITY) < HOUR,
    keep: (key: string): void => {
      if (last.size >= REMEMBERED) last.clear()
      last.set(key, now())
    },
  }
}

/** Writes down that a part is shown, and waits for the disk; only then is there anything to see. */
const createRecord = ({ log }: Pick<DoorDeps, 'log'>) => {
  const memory = createMemory(() => log.now())
  return async (
    account: string | null,
    look: Look,
    { sha256, duties }: { readonly sha256: string; readonly duties: readonly string[] },
  ): Promise<void> => {
    const { dataset, version, grant, member } = look
    const key = [account, grant?.id, dataset.id, version.version, sha256].join('/')
    if (memory.isFresh(key)) return
    await log.append(
      {
        stream: `preview/${dataset.id}`,
        type: 'preview.shown',
        cmd: newId('x'),
        data: {
          dataset: dataset.id,
          version: version.version,
          sha256,
          ...(grant ? { grant: grant.id } : { duties: [...duties] }),
          ...(member === null ? {} : { member }),
        },
        secret: { account },
      },
      { wait: 'durable' },
    )
    memory.keep(key)
  }
}

/** Shows the beginning of a file: the decision first, then the record, then the bytes. */
export const createPreview = (deps: DoorDeps) => {
  const record = createRecord(deps)
  return async (
    actor: Actor | null,
    { path, purposes: given, promises, ...asked }: PreviewRequest,
  ): Promise<Preview | DoorRefusal> => {
    const [purposes, duties] = [among(PURPOSES, given), among(PROMISED, promises)]
    if (!purposes || !duties) return UNKNOWN
    const look = await admitToLook(deps, actor, { ...asked, purposes, duties })
    if (isRefusal(look)) return look
    // Who votes on a draft sees all that is in it, also what is to be held back.
    const rung = look.version.publishedAt === null ? 0 : SAMPLE
    const files = (await deps.datasets.filesOf(look.version, rung)).filter(canBeSampled)
    const file = path ? files.find((one) => one.path === path) : firstOf(files)
    if (!file) return NO_SAMPLE
    await record(actor?.account.id ?? null, look, { sha256: file.sha256, duties })
    return { ...look, file, files, sample: await readSample(deps.files, file) }
  }
}
