import { type Subtree, subtreesOf } from '../../../policies/index.ts'
import { frameEntry } from './entry-bundle.ts'
import { tree } from './sha256.ts'
import { partialTiles, TILE_WIDTH, type TileName, tilePath } from './tile-path.ts'

/** The log at one size: its root, and the files that were not there at the last save. */
export interface TreeState {
  readonly size: number
  readonly root: Uint8Array
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Full tiles among the files: their partial versions are no longer needed. */
  readonly completed: readonly string[]
}

/** The right edge of a growing tree: all that is needed to append and to write the next tiles. */
export interface TreeEdge {
  size(): number
  append(leaf: Uint8Array): void
  state(): TreeState
  /** Forgets the full tiles of a state that has been saved. */
  saved(state: TreeState): void
}

interface Edge {
  size: number
  /** The hashes of the partial tile of each level. */
  readonly levels: Uint8Array[][]
  /** The framed entries of the partial bundle. */
  bundle: Uint8Array[]
  /** Full tiles that wait to be saved. */
  readonly unsaved: Map<string, Uint8Array>
}

const fullTile = (level: TileName['level'], index: number): string =>
  tilePath({ level, index, width: TILE_WIDTH })

const subtreeHash = (hashes: readonly Uint8Array[], { level, index }: Subtree): Uint8Array => {
  if (level === 0) return hashes[index] ?? tree.empty
  const left = subtreeHash(hashes, { level: level - 1, index: index * 2 })
  return tree.node(left, subtreeHash(hashes, { level: level - 1, index: index * 2 + 1 }))
}

const pushHash = (edge: Edge, level: number, hash: Uint8Array): void => {
  const hashes = edge.levels[level] ?? []
  edge.levels[level] = hashes
  hashes.push(hash)
  if (hashes.length < TILE_WIDTH) return
  const index = edge.size / TILE_WIDTH ** (level + 1) - 1
  edge.unsaved.set(fullTile(level, index), Buffer.concat(hashes))
  edge.levels[level] = []
  pushHash(edge, level + 1, subtreeHash(hashes, { level: 8, index: 0 }))
}

const append = (edge: Edge, leaf: Uint8Array): void => {
  edge.size += 1
  edge.bundle.push(frameEntry(leaf))
  pushHash(edge, 0, tree.leaf(leaf))
  if (edge.size % TILE_WIDTH !== 0) return
  edge.unsaved.set(fullTile('entries', edge.size / TILE_WIDTH - 1), Buffer.concat(edge.bundle))
  edge.bundle = []
}

/** The root: the perfect subtrees of the partial tiles, the highest level standing leftmost. */
const rootOf = ({ levels }: Edge): Uint8Array => {
  const parts = levels.flatMap((hashes) =>
    subtreesOf({ start: 0, end: hashes.length })
      .map((subtree) => subtreeHash(hashes, subtree))
      .reverse(),
  )
  const [last, ...leftwards] = parts
  return leftwards.reduce((right, left) => tree.node(left, right), last ?? tree.empty)
}

const stateOf = (edge: Edge): TreeState => {
  const partial = partialTiles(edge.size).map((tile): [string, Uint8Array] => [
    tilePath(tile),
    Buffer.concat(tile.level === 'entries' ? edge.bundle : (edge.levels[tile.level] ?? [])),
  ])
  return {
    size: edge.size,
    root: rootOf(edge),
    files: new Map([...edge.unsaved, ...partial]),
    completed: [...edge.unsaved.keys()],
  }
}

const edgeOf = (edge: Edge): TreeEdge => ({
  size: () => edge.size,
  append: (leaf) => append(edge, leaf),
  state: () => stateOf(edge),
  saved: ({ completed }) => {
    for (const path of completed) edge.unsaved.delete(path)
  },
})

/** The edge of the tree without leaves. */
export const emptyTree = (): TreeEdge =>
  edgeOf({ size: 0, levels: [], bundle: [], unsaved: new Map() })

/** Continues a tree of `size` leaves from the partial tiles that were saved for it. */
export const resumeTree = (
  size: number,
  levels: readonly (readonly Uint8Array[])[],
  bundle: readonly Uint8Array[],
): TreeEdge =>
  edgeOf({
    size,
    levels: levels.map((hashes) => [...hashes]),
    bundle: [...bundle],
    unsaved: new Map(),
  })
