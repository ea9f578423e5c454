import { splitBundle, unframe } from './entry-bundle.ts'
import type { Finding } from './finding.ts'
import { tree } from './sha256.ts'
import type { TileStore } from './store.ts'
import { TILE_WIDTH, type TileName, tilePath } from './tile-path.ts'
import { splitHashes } from './tile-reader.ts'

/** Where public files can be read: a folder or a web address. */
export type PublicFiles = Pick<TileStore, 'get'>

/** One entry as it is published. */
export interface PublicEntry {
  readonly index: number
  /** The hash the tree holds; null when neither tile nor bundle can be read. */
  readonly hash: Uint8Array | null
  /** The text, when it is the one the tree holds. */
  readonly leaf: string | null
  /** What is wrong with the published files here. */
  readonly findings: readonly Finding[]
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** A tile, or the full one that has replaced it. */
export const readTileFile = async (
  files: PublicFiles,
  tile: TileName,
): Promise<Uint8Array | null> =>
  (await files.get(tilePath(tile))) ?? (await files.get(tilePath({ ...tile, width: TILE_WIDTH })))

const problem = (index: number, message: string): Finding => ({
  kind: 'tile',
  idx: index,
  message: `entry ${index}: ${message}`,
})

const combine = (
  index: number,
  told: Uint8Array | undefined,
  framed: Uint8Array | undefined,
): PublicEntry => {
  const bytes = framed && unframe(framed)
  const own = bytes && tree.leaf(bytes)
  const leaf = bytes ? Buffer.from(bytes).toString('utf8') : null
  if (!told && !own)
    return {
      index,
      hash: null,
      leaf: null,
      findings: [problem(index, 'it is not published at all')],
    }
  if (!told) {
    const findings = [problem(index, 'its hash is missing from the tiles')]
    return { index, hash: own ?? null, leaf, findings }
  }
  if (!own)
    return { index, hash: told, leaf: null, findings: [problem(index, 'its text is missing')] }
  if (same(told, own)) return { index, hash: told, leaf, findings: [] }
  const findings = [problem(index, 'its text does not have the hash that the tree holds')]
  return { index, hash: told, leaf: null, findings }
}

/** The published entries of a tree of `size`, each compared with its hash. */
export async function* publicEntries(
  files: PublicFiles,
  size: number,
): AsyncGenerator<PublicEntry, void> {
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const [tile, bundle] = await Promise.all([
      readTileFile(files, { level: 0, index, width }),
      readTileFile(files, { level: 'entries', index, width }),
    ])
    const hashes = tile ? splitHashes(tile) : []
    const framed = (bundle && splitBundle(bundle)) ?? []
    for (let i = 0; i < width; i++) yield combine(index * TILE_WIDTH + i, hashes[i], framed[i])
  }
}
