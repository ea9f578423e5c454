import type { HashReader, Subtree } from '../../../policies/index.ts'
import { splitBundle } from './entry-bundle.ts'
import { tree } from './sha256.ts'
import type { TileStore } from './store.ts'
import { partialTiles, TILE_WIDTH, type TileName, tilePath } from './tile-path.ts'
import { resumeTree, type TreeEdge } from './tree-edge.ts'

/** Reads hashes of the tree out of its tiles. */
export interface TileReader {
  /** Loads what is needed for these subtrees and gives a reader over it; `size` is that of the saved tree. */
  load(subtrees: readonly Subtree[], size: number): Promise<HashReader>
  /** Drops what has been read, after files have been replaced. */
  forget(): void
}

/** A tile as read: its hashes, and the inner nodes computed from them so far. */
interface Tile {
  readonly width: number
  /** By depth above the tile's own hashes, then by index. */
  readonly nodes: (Uint8Array | undefined)[][]
}

/** 8 KiB of hashes and as much of inner nodes each. */
const CACHED_TILES = 512
const HEIGHT = 8

export const splitHashes = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(i * 32, i * 32 + 32))

/** A tile's bytes; a full tile stands in for a partial one that has been collected. */
export const fetchTile = async (tiles: TileStore, tile: TileName): Promise<Uint8Array> => {
  const unit = tile.level === 'entries' ? null : 32
  const found =
    (await tiles.get(tilePath(tile))) ?? (await tiles.get(tilePath({ ...tile, width: TILE_WIDTH })))
  if (!found) throw new Error(`the log lacks ${tilePath(tile)}`)
  if (unit && found.length < tile.width * unit) throw new Error(`${tilePath(tile)} is cut short`)
  return unit ? found.subarray(0, tile.width * unit) : found
}

/** The tile that holds a subtree, as wide as it is in a tree of `size`. */
const tileOf = ({ level, index }: Subtree, size: number): TileName & { level: number } => {
  const tileLevel = Math.floor(level / HEIGHT)
  const tileIndex = Math.floor((index * 2 ** (level % HEIGHT)) / TILE_WIDTH)
  const width = Math.floor(size / TILE_WIDTH ** tileLevel) - tileIndex * TILE_WIDTH
  return { level: tileLevel, index: tileIndex, width: Math.min(TILE_WIDTH, width) }
}

const nodeOf = (tile: Tile, depth: number, index: number): Uint8Array => {
  const row = tile.nodes[depth] ?? []
  const known = row[index]
  if (known) return known
  if (depth === 0) throw new RangeError('this subtree is not in the tree')
  const left = nodeOf(tile, depth - 1, index * 2)
  const hash = tree.node(left, nodeOf(tile, depth - 1, index * 2 + 1))
  row[index] = hash
  tile.nodes[depth] = row
  return hash
}

const readTile = async (tiles: TileStore, name: TileName): Promise<Tile> => {
  return { width: name.width, nodes: [splitHashes(await fetchTile(tiles, name))] }
}

/** A reader that keeps the tiles it used last: hashes in a tile never change, they only get more. */
export const createTileReader = (tiles: TileStore): TileReader => {
  const cache = new Map<string, Tile>()
  const keyOf = ({ level, index }: TileName): string => `${level}/${index}`

  const use = async (name: TileName): Promise<[string, Tile]> => {
    const key = keyOf(name)
    const cached = cache.get(key)
    const tile = cached && cached.width >= name.width ? cached : await readTile(tiles, name)
    cache.delete(key)
    cache.set(key, tile)
    return [key, tile]
  }

  const trim = (): void => {
    for (const key of cache.keys()) {
      if (cache.size <= CACHED_TILES) return
      cache.delete(key)
    }
  }

  return {
    load: async (subtrees, size) => {
      trim()
      const names = new Map(subtrees.map((part) => tileOf(part, size)).map((t) => [keyOf(t), t]))
      const loaded = new Map(await Promise.all([...names.values()].map(use)))
      return (part) => {
        const tile = loaded.get(keyOf(tileOf(part, size)))
        if (!tile) throw new Error('a subtree was asked for that was not loaded')
        const depth = part.level % HEIGHT
        return nodeOf(tile, depth, part.index % 2 ** (HEIGHT - depth))
      }
    },
    forget: () => cache.clear(),
  }
}

/** The edge of a saved tree. Throws when a tile is missing or cut short. */
export const loadEdge = async (tiles: TileStore, size: number): Promise<TreeEdge> => {
  const levels: Uint8Array[][] = []
  let bundle: readonly Uint8Array[] = []
  for (const tile of partialTiles(size)) {
    const bytes = await fetchTile(tiles, tile)
    if (tile.level === 'entries') bundle = splitBundle(bytes)?.slice(0, tile.width) ?? []
    else levels[tile.level] = splitHashes(bytes)
  }
  if (bundle.length !== size % TILE_WIDTH)
    throw new Error('the last entries of the log are damaged')
  return resumeTree(
    size,
    Array.from(levels, (hashes) => hashes ?? []),
    bundle,
  )
}
