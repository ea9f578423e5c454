import type { StoredEvent } from './event.ts'

interface Contributed {
  readonly contribution: unknown
  readonly sha256: string
  readonly idx: number
}

/** What the events tell of files; read them all before asking. */
export interface FileNotes {
  readonly contributed: Contributed[]
  readonly withdrawn: Set<unknown>
  /** Units whose bytes are destroyed, each as `contribution sha256`. */
  readonly erased: Set<string>
  /** Contributions that a version is made of. */
  readonly used: Set<unknown>
}

export const noFileNotes = (): FileNotes => ({
  contributed: [],
  withdrawn: new Set(),
  erased: new Set(),
  used: new Set(),
})

/** Takes note of what one event tells of files. */
export const noteFiles = (
  { contributed, withdrawn, erased, used }: FileNotes,
  { idx, type, data }: Pick<StoredEvent, 'idx' | 'type' | 'data'>,
): void => {
  const { contribution, contributions, files, evidence, units } = data
  if (type === 'contribution.withdrawn') withdrawn.add(contribution)
  if (type === 'contribution.erased' && Array.isArray(units))
    for (const unit of units) erased.add(`${contribution} ${unit}`)
  if (Array.isArray(contributions)) for (const one of contributions) used.add(one)
  const named = [files, evidence].flatMap((list) => (Array.isArray(list) ? list : []))
  for (const file of named)
    if (file && typeof file === 'object' && 'sha256' in file && typeof file.sha256 === 'string')
      contributed.push({ contribution, sha256: file.sha256, idx })
}

/**
 * The files that have to be kept, by SHA-256 (hexadecimal), with the first event that names each.
 * What was withdrawn before any version was made of it need not be.
 */
export const neededFiles = ({
  contributed,
  withdrawn,
  erased,
  used,
}: FileNotes): ReadonlyMap<string, number> => {
  const needed = new Map<string, number>()
  for (const { contribution, sha256, idx } of contributed) {
    const unused = withdrawn.has(contribution) && !used.has(contribution)
    const free = unused || erased.has(`${contribution} ${sha256}`)
    if (!free && !needed.has(sha256)) needed.set(sha256, idx)
  }
  return needed
}
