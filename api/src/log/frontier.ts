import { tree } from './sha256.ts'

/** The root of a growing list of leaf hashes, kept as one hash for each complete subtree. */
export interface Frontier {
  size(): number
  push(leafHash: Uint8Array): void
  root(): Uint8Array
}

/** `completed` hears of every complete subtree of 256^level leaves, leaves included. */
export const createFrontier = (
  completed: (level: number, hash: Uint8Array) => void = () => undefined,
): Frontier => {
  const complete: (Uint8Array | null)[] = []
  let size = 0
  return {
    size: () => size,
    push: (leafHash) => {
      let hash = leafHash
      let height = 0
      completed(0, hash)
      for (let left = complete[0]; left; left = complete[height]) {
        complete[height] = null
        hash = tree.node(left, hash)
        height++
        if (height % 8 === 0) completed(height / 8, hash)
      }
      complete[height] = hash
      size++
    },
    root: () =>
      complete.reduce<Uint8Array | null>((right, left) => {
        if (!left) return right
        return right ? tree.node(left, right) : left
      }, null) ?? tree.empty,
  }
}
