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
  /** Contributions that a version is made of. */
  readonly used: Set<unknown>
}

export const noFileNotes = (): FileNotes => ({
  contributed: [],
  withdrawn: new Set(),
  used: new Set(),
})

/** Takes note of what one event tells of files. */
export const noteFiles = (
  { contributed, withdrawn, used }: FileNotes,
  { idx, type, data }: Pick<StoredEvent, 'idx' | 'type' | 'data'>,
): void => {
  const { contribution, contributions, files } = data
  if (type === 'contribution.withdrawn') withdrawn.add(contribution)
  if (Array.isArray(contributions)) for (const one of contributions) used.add(one)
  if (!Array.isArray(files)) return
  for (const file of files)
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
  used,
}: FileNotes): ReadonlyMap<string, number> => {
  const needed = new Map<string, number>()
  for (const { contribution, sha256, idx } of contributed) {
    const free = withdrawn.has(contribution) && !used.has(contribution)
    if (!free && !needed.has(sha256)) needed.set(sha256, idx)
  }
  return needed
}
