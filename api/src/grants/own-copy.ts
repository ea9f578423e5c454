import { type RowFormat, rowFormat } from '../../../policies/index.ts'
import type { Copy, CopyStore } from '../datasets/copies.ts'
import type { Dataset } from '../datasets/dataset.ts'
import type { ManifestFile } from '../datasets/datasets.ts'
import type { Files } from '../datasets/files.ts'
import { copyRows, markKey } from './copy-rows.ts'
import type { AccessRequest, Grant } from './grants.ts'
import type { GrantStore } from './store.ts'

export interface CopyDeps {
  readonly files: Files
  readonly copies: CopyStore
  /** Never leaves the registry: whoever has it knows what is missing from every copy. */
  readonly fingerprintKey: Uint8Array
  /** The system clock: copies are collected by it. */
  readonly wallClock: () => number
  readonly report: (error: unknown, about: string) => void
}

/** A file as it is handed out under one grant. */
export interface OwnFile extends ManifestFile {
  /** SHA-256 of the file this is a copy of; left out: it is that file. */
  readonly of?: string
}

/**
 * Which rows are missing: the same from all that one person holds of a dataset, or two copies would make
 * one that is whole. It is kept private: in the public log it would tell that two grants are one person's.
 */
export const markOf = async (
  store: Pick<GrantStore, 'grantsOf'>,
  { account, dataset }: Pick<AccessRequest, 'account' | 'dataset'>,
  grant: string,
): Promise<string> => {
  const held = account === null ? [] : await store.grantsOf(account)
  return held.find((one) => one.dataset === dataset && one.mark)?.mark ?? grant
}

/** What the version calls this file. */
export const originOf = ({ of, sha256 }: Pick<OwnFile, 'of' | 'sha256'>): string => of ?? sha256

/** The file for whoever uses a grant; null when their copy could not be made. */
export type OwnCopy = (
  grant: Pick<Grant, 'id' | 'fingerprint' | 'mark'>,
  dataset: Pick<Dataset, 'kind'>,
  file: ManifestFile,
) => Promise<OwnFile | null>

/** Makes each copy once and finds it again, however many ask at the same instant. */
export const createOwnCopy = (deps: CopyDeps): OwnCopy => {
  const { files, copies, fingerprintKey, wallClock, report } = deps
  const making = new Map<string, Promise<Copy>>()

  const make = async (id: string, mark: string, file: ManifestFile, format: RowFormat) => {
    const { sha256, size } = await copyRows(files, file, format, markKey(fingerprintKey, mark))
    const made: Copy = { id, of: file.sha256, sha256, size, madeAt: wallClock() }
    await copies.add(made)
    return made
  }

  const once = (id: string, make: () => Promise<Copy>): Promise<Copy> => {
    const running = making.get(id)
    if (running) return running
    const begun = make().finally(() => making.delete(id))
    making.set(id, begun)
    return begun
  }

  return async ({ id: grant, fingerprint, mark }, { kind }, file) => {
    if (!fingerprint) return file
    const format = rowFormat(file, kind)
    if (format === null) return file
    try {
      if (!mark) throw new Error('the mark of this grant has been erased')
      const id = `${mark} ${format} ${file.sha256}`
      const copy = (await copies.copy(id)) ?? (await once(id, () => make(id, mark, file, format)))
      const { sha256, size } = copy
      return sha256 === file.sha256 ? file : { ...file, sha256, size, of: file.sha256 }
    } catch (error) {
      report(error, `the copy of ${file.sha256} for grant ${grant}`)
      return null
    }
  }
}
