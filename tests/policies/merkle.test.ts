import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  consistencyProof,
  type HashReader,
  inclusionProof,
  rangeHash,
  treeHash,
  verifyConsistency,
  verifyInclusion,
} from '../../policies/rules/log-proof.ts'

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const hash = treeHash(sha256)
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** RFC 6962 section 2.1 word for word, sharing nothing with the code under test. */
const naiveRoot = (leaves: readonly Buffer[]): Buffer => {
  const sha = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
  if (leaves.length === 0) return sha()
  if (leaves.length === 1) return sha(Buffer.from([0]), leaves[0] ?? Buffer.of())
  const k = 2 ** Math.ceil(Math.log2(leaves.length) - 1)
  return sha(Buffer.from([1]), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)))
}

const leavesOf = (size: number) => Array.from({ length: size }, (_, i) => Buffer.from(`leaf ${i}`))
const readerOf =
  (leaves: readonly Buffer[]): HashReader =>
  ({ level, index }) =>
    new Uint8Array(naiveRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)))

/** The eight-leaf tree that certificate transparency implementations share. */
const CT_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((text) => Buffer.from(text, 'hex'))
const CT_ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

describe('tree hash', () => {
  it('gives the empty tree the hash of nothing', () => {
    expect(hex(rangeHash({ start: 0, end: 0 }, readerOf([]), hash))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
  })

  it.each(CT_ROOTS.map((root, i) => [i + 1, root]))(
    'gives %i known leaves their published root',
    (size, root) => {
      const leaves = CT_LEAVES.slice(0, Number(size))
      expect(hex(rangeHash({ start: 0, end: leaves.length }, readerOf(leaves), hash))).toBe(root)
    },
  )

  it('never takes a node for a leaf', () => {
    const [left, right] = [sha256(Buffer.from('l')), sha256(Buffer.from('r'))]
    expect(hex(hash.leaf(Buffer.concat([left, right])))).not.toBe(hex(hash.node(left, right)))
  })
})

describe('inclusion proof', () => {
  it('carries every leaf of every small tree to its root and no other leaf', () => {
    for (let size = 1; size <= 20; size++) {
      const leaves = leavesOf(size)
      const root = new Uint8Array(naiveRoot(leaves))
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(index, size, readerOf(leaves), hash)
        for (let other = 0; other < size; other++) {
          const leafHash = hash.leaf(leaves[other] ?? Buffer.of())
          const claim = { index, size, leafHash, proof, root }
          expect(verifyInclusion(claim, hash)).toBe(other === index)
        }
      }
    }
  })

  it('fails as soon as one bit of it, the leaf or the root differs', () => {
    const sizes = fc.integer({ min: 2, max: 70 })
    const run = fc.property(
      sizes,
      fc.nat(),
      fc.nat(),
      fc.nat({ max: 255 }),
      (size, at, which, bit) => {
        const leaves = leavesOf(size)
        const index = at % size
        const proof = inclusionProof(index, size, readerOf(leaves), hash)
        const all = [
          new Uint8Array(naiveRoot(leaves)),
          hash.leaf(leaves[index] ?? Buffer.of()),
          ...proof,
        ]
        const touched = all[which % all.length] ?? new Uint8Array(32)
        const claim = () => ({ index, size, root: all[0]!, leafHash: all[1]!, proof: all.slice(2) })
        expect(verifyInclusion(claim(), hash)).toBe(true)
        all[which % all.length] = touched.map((byte, i) =>
          i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte,
        )
        expect(verifyInclusion(claim(), hash)).toBe(false)
      },
    )
    fc.assert(run, { numRuns: 200 })
  })

  it('is refused for a leaf that is not there', () => {
    expect(() => inclusionProof(3, 3, readerOf(leavesOf(3)), hash)).toThrow(
      'no leaf 3 in a tree of 3',
    )
    expect(() => inclusionProof(-1, 3, readerOf(leavesOf(3)), hash)).toThrow(RangeError)
  })
})

describe('the root of a log', () => {
  const edits = {
    'an entry is edited': (all: Buffer[], at: number) => all.with(at, Buffer.from('edited')),
    'an entry is deleted': (all: Buffer[], at: number) => all.toSpliced(at, 1),
    'an entry is slipped in': (all: Buffer[], at: number) => all.toSpliced(at, 0, Buffer.from('x')),
    'two entries change places': (all: Buffer[], at: number) =>
      at === 0 ? all.toReversed() : [...all.slice(at), ...all.slice(0, at)],
    'the last entries are cut off': (all: Buffer[], at: number) => all.slice(0, at),
  }
  const rootOf = (leaves: Buffer[]) => {
    const hashes = leaves.map((leaf) => hash.leaf(leaf))
    const read: HashReader = ({ level, index }) =>
      level === 0
        ? (hashes[index] ?? Buffer.of())
        : hash.node(
            read({ level: level - 1, index: index * 2 }),
            read({ level: level - 1, index: index * 2 + 1 }),
          )
    return hex(rangeHash({ start: 0, end: leaves.length }, read, hash))
  }

  it('is another one after every edit of the entries', () => {
    const kinds = fc.constantFrom(...Object.entries(edits))
    fc.assert(
      fc.property(kinds, fc.integer({ min: 2, max: 12 }), fc.nat(), ([what, edit], size, drawn) => {
        const leaves = leavesOf(size)
        expect(rootOf(edit(leaves, drawn % size)), what).not.toBe(rootOf(leaves))
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('consistency proof', () => {
  it('leads from every small tree to every later one and not to a changed one', () => {
    for (let to = 1; to <= 20; to++) {
      const leaves = leavesOf(to)
      const newRoot = new Uint8Array(naiveRoot(leaves))
      for (let from = 1; from <= to; from++) {
        const oldRoot = new Uint8Array(naiveRoot(leaves.slice(0, from)))
        const proof = consistencyProof(from, to, readerOf(leaves), hash)
        expect(verifyConsistency({ from, to, oldRoot, newRoot, proof }, hash)).toBe(true)
        const changed = leaves.map((leaf, i) => (i === from - 1 ? Buffer.from('changed') : leaf))
        const forged = {
          from,
          to,
          oldRoot,
          newRoot: new Uint8Array(naiveRoot(changed)),
          proof: consistencyProof(from, to, readerOf(changed), hash),
        }
        expect(verifyConsistency(forged, hash)).toBe(false)
      }
    }
  })

  it('proves nothing from the empty tree', () => {
    const root = new Uint8Array(naiveRoot(leavesOf(3)))
    const proof = consistencyProof(0, 3, readerOf(leavesOf(3)), hash)
    expect(proof).toEqual([])
    expect(
      verifyConsistency({ from: 0, to: 3, oldRoot: hash.empty, newRoot: root, proof }, hash),
    ).toBe(false)
  })

  it('is refused from a tree that is larger', () => {
    expect(() => consistencyProof(4, 3, readerOf(leavesOf(3)), hash)).toThrow(RangeError)
  })
})

const VECTORS = join(import.meta.dirname, '../../../shared/vectors/rfc6962')
const vectors = (kind: string): [string, Record<string, unknown>][] => {
  const folder = join(VECTORS, kind)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8'))])
}
const bytesOf = (value: unknown) => new Uint8Array(Buffer.from(String(value ?? ''), 'base64'))
const proofOf = (value: unknown) => (Array.isArray(value) ? value.map(bytesOf) : [])

describe('shared vectors', () => {
  it.skipIf(!existsSync(VECTORS))('are read: proofs that hold and proofs that must not', () => {
    expect(vectors('inclusion').length).toBeGreaterThan(10)
    expect(vectors('consistency').length).toBeGreaterThan(10)
  })

  it.each(vectors('inclusion'))('agree on inclusion: %s', (_, v) => {
    const claim = {
      index: Number(v.leafIdx),
      size: Number(v.treeSize),
      leafHash: bytesOf(v.leafHash),
      proof: proofOf(v.proof),
      root: bytesOf(v.root),
    }
    expect(verifyInclusion(claim, hash)).toBe(!v.wantErr)
  })

  it.each(vectors('consistency'))('agree on consistency: %s', (_, v) => {
    const claim = {
      from: Number(v.size1),
      to: Number(v.size2),
      oldRoot: bytesOf(v.root1),
      newRoot: bytesOf(v.root2),
      proof: proofOf(v.proof),
    }
    expect(verifyConsistency(claim, hash)).toBe(!v.wantErr)
  })
})
