import { sameBytes } from './bytes.ts'
import { consistencyPath, inclusionPath, isCount, type TreeHash } from './merkle.ts'

/** A statement that a leaf stands at a place in a tree. */
export interface InclusionClaim {
  readonly index: number
  readonly size: number
  readonly leafHash: Uint8Array
  readonly proof: readonly Uint8Array[]
  readonly root: Uint8Array
}

/** A statement that one tree is the beginning of another. */
export interface ConsistencyClaim {
  readonly from: number
  readonly to: number
  readonly oldRoot: Uint8Array
  readonly newRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

const areHashes = (hashes: readonly Uint8Array[]): boolean =>
  hashes.every((hash) => hash.length === 32)

/** Whether the proof carries the leaf to the root (RFC 9162 section 2.1.3.2). Never throws. */
export const verifyInclusion = (claim: InclusionClaim, hash: TreeHash): boolean => {
  const { index, size, leafHash, proof, root } = claim
  if (!isCount(index) || !isCount(size) || index >= size) return false
  const path = inclusionPath(index, size)
  if (proof.length !== path.length || !areHashes([leafHash, root, ...proof])) return false
  let top = leafHash
  path.forEach(({ start }, i) => {
    const sibling = proof[i] ?? leafHash
    top = start > index ? hash.node(top, sibling) : hash.node(sibling, top)
  })
  return sameBytes(top, root)
}

/** The roots of the two trees that the proof leads to. */
const rootsOf = (
  { from, to, oldRoot, proof }: ConsistencyClaim,
  hash: TreeHash,
): readonly [Uint8Array, Uint8Array] => {
  const path = consistencyPath(from, to)
  // A first range that ends where the old tree does is the subtree that both trees share.
  const shared = path[0]?.end === from ? (proof[0] ?? oldRoot) : null
  let [older, newer] = [shared ?? oldRoot, shared ?? oldRoot]
  path.slice(shared ? 1 : 0).forEach(({ start }, i) => {
    const sibling = proof[shared ? i + 1 : i] ?? oldRoot
    newer = start >= from ? hash.node(newer, sibling) : hash.node(sibling, newer)
    if (start < from) older = hash.node(sibling, older)
  })
  return [older, newer]
}

/**
 * Whether the proof leads to both roots (RFC 9162 section 2.1.4.2). Never throws. Nothing can be
 * proved from the empty tree, so `from` 0 is refused: whoever starts there has nothing to compare.
 */
export const verifyConsistency = (claim: ConsistencyClaim, hash: TreeHash): boolean => {
  const { from, to, oldRoot, newRoot, proof } = claim
  if (!isCount(from) || !isCount(to) || from === 0 || from > to) return false
  if (proof.length !== consistencyPath(from, to).length) return false
  if (!areHashes([oldRoot, newRoot, ...proof])) return false
  const [older, newer] = rootsOf(claim, hash)
  return sameBytes(older, oldRoot) && sameBytes(newer, newRoot)
}
