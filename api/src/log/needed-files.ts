import type { StoredEvent } from './event.ts'

interface Contributed {
  readonly contribution: unknown
  readonly dataset: unknown
  readonly sha256: string
  readonly idx: number
}

/** What the events tell of files; read them all before asking. */
export interface FileNotes {
  readonly contributed: Contributed[]
  /** Units and evidence whose bytes are destroyed, each as `contribution sha256`. */
  readonly erased: Set<string>
  /** Datasets that a vote has closed for good. */
  readonly takenDown: Set<unknown>
}

export const noFileNotes = (): FileNotes => ({
  contributed: [],
  erased: new Set(),
  takenDown: new Set(),
})

/** Takes note of what one event tells of files. */
export const noteFiles = (
  { contributed, erased, takenDown }: FileNotes,
  { idx, type, data }: Pick<StoredEvent, 'idx' | 'type' | 'data'>,
): void => {
  const { contribution, dataset = null, files, evidence, units } = data
  if (type === 'contribution.erased')
    for (const one of [units, evidence].flat()) erased.add(`${contribution} ${one}`)
  if (type === 'dataset.takendown') takenDown.add(dataset)
  const note = (list: unknown, whose: unknown): void => {
    for (const file of Array.isArray(list) ? list : [])
      if (file && typeof file === 'object' && typeof file.sha256 === 'string')
        contributed.push({ contribution, dataset: whose, sha256: file.sha256, idx })
  }
  note(files, dataset)
  // What shows a consent is no part of the dataset: it stays when that is taken down.
  note(evidence, null)
}

/**
 * The files that have to be kept, by SHA-256 (hexadecimal), with the first event that names each.
 * What was withdrawn is kept until it is destroyed: it can be left in after all. What only datasets
 * hold that have been taken down need not be.
 */
export const neededFiles = ({
  contributed,
  erased,
  takenDown,
}: FileNotes): ReadonlyMap<string, number> => {
  const needed = new Map<string, number>()
  for (const { contribution, dataset, sha256, idx } of contributed) {
    const gone = erased.has(`${contribution} ${sha256}`) || takenDown.has(dataset)
    if (!gone && !needed.has(sha256)) needed.set(sha256, idx)
  }
  return needed
}

/** The files that nothing holds but datasets that have been taken down: they are to be erased. */
export const doomedFiles = (notes: FileNotes): ReadonlySet<string> => {
  const needed = neededFiles(notes)
  const theirs = notes.contributed.filter(({ dataset }) => notes.takenDown.has(dataset))
  return new Set(theirs.map(({ sha256 }) => sha256).filter((sha256) => !needed.has(sha256)))
}
