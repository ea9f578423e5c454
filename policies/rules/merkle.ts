import type { Sha256 } from './canonical.ts'

/** The two hashes of RFC 6962 section 2.1; the prefixes keep a leaf from passing for a node. */
export interface TreeHash {
  readonly leaf: (bytes: Uint8Array) => Uint8Array
  readonly node: (left: Uint8Array, right: Uint8Array) => Uint8Array
  /** The root of the tree without leaves. */
  readonly empty: Uint8Array
}

/** The leaves `start` to `end` (exclusive). */
export interface LeafRange {
  readonly start: number
  readonly end: number
}

/** The perfect subtree over the leaves `index * 2^level` to `(index + 1) * 2^level`. */
export interface Subtree {
  readonly level: number
  readonly index: number
}

/** Gives the hash of a perfect subtree. */
export type HashReader = (subtree: Subtree) => Uint8Array

/** Tree hashing over a SHA-256. */
export const treeHash = (sha256: Sha256): TreeHash => {
  const pair = new Uint8Array(65)
  pair[0] = 1
  return {
    leaf: (bytes) => {
      const prefixed = new Uint8Array(bytes.length + 1)
      prefixed.set(bytes, 1)
      return sha256(prefixed)
    },
    node: (left, right) => {
      pair.set(left, 1)
      pair.set(right, 33)
      return sha256(pair)
    },
    empty: sha256(new Uint8Array(0)),
  }
}

/** Number of leaves left of the root of a tree of `size` > 1: the largest power of two below it. */
const leftSize = (size: number): number => {
  let left = 1
  while (left * 2 < size) left *= 2
  return left
}

/** The perfect subtrees that make up a range whose start is a multiple of its left part, left to right. */
export const subtreesOf = ({ start, end }: LeafRange): readonly Subtree[] => {
  const parts: Subtree[] = []
  for (let at = start; at < end; ) {
    let level = 0
    while (2 ** (level + 1) <= end - at) level++
    parts.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return parts
}

/** Merkle tree hash of a range (RFC 6962 section 2.1). */
export const rangeHash = (range: LeafRange, read: HashReader, hash: TreeHash): Uint8Array =>
  subtreesOf(range)
    .map(read)
    .reduceRight<Uint8Array | null>(
      (right, left) => (right ? hash.node(left, right) : left),
      null,
    ) ?? hash.empty

/** Whether a number can count leaves. */
export const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

/** The ranges whose hashes prove leaf `index` of a tree of `size`, from the leaf upwards. */
export const inclusionPath = (index: number, size: number): readonly LeafRange[] => {
  if (!isCount(index) || !isCount(size) || index >= size)
    throw new RangeError(`no leaf ${index} in a tree of ${size}`)
  const path: LeafRange[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + leftSize(end - start)
    const right = index >= middle
    path.unshift(right ? { start, end: middle } : { start: middle, end })
    if (right) start = middle
    else end = middle
  }
  return path
}

/** The ranges whose hashes prove that a tree of `from` leaves is the beginning of one of `to`. */
export const consistencyPath = (from: number, to: number): readonly LeafRange[] => {
  if (!isCount(from) || !isCount(to) || from > to)
    throw new RangeError(`a tree of ${to} does not begin with one of ${from}`)
  const path: LeafRange[] = []
  let [start, end] = [0, from === 0 ? 0 : to]
  while (end > from) {
    const middle = start + leftSize(end - start)
    path.unshift(from > middle ? { start, end: middle } : { start: middle, end })
    if (from > middle) start = middle
    else end = middle
  }
  // The verifier knows the old root already; any other common subtree has to be told.
  return start === 0 ? path : [{ start, end }, ...path]
}

/** RFC 6962 section 2.1.1: the audit path of a leaf. Throws RangeError when there is no such leaf. */
export const inclusionProof = (
  index: number,
  size: number,
  read: HashReader,
  hash: TreeHash,
): readonly Uint8Array[] => inclusionPath(index, size).map((range) => rangeHash(range, read, hash))

/** RFC 6962 section 2.1.2; empty between equal sizes and from size 0. */
export const consistencyProof = (
  from: number,
  to: number,
  read: HashReader,
  hash: TreeHash,
): readonly Uint8Array[] => consistencyPath(from, to).map((range) => rangeHash(range, read, hash))
