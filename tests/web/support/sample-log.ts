import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import {
  formatCheckpoint,
  formatNote,
  formatNoteKey,
  formatReceipt,
  inclusionProof,
  noteKey,
  rangeHash,
  treeHash,
  utf8,
} from '../../../policies/index.ts'

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const hash = treeHash(sha256)

const types = [
  'community.founded',
  'charter.adopted',
  'licence.version',
  'proposal.made',
  'proposal.opened',
  'ballot.cast',
  'proposal.enacted',
  'release.stage',
  'grant.issued',
  'download.authorised',
]

export const entries = types.map((type, index) => {
  const leaf = JSON.stringify({
    v: 1,
    type,
    stream: `proposal/p-${index}`,
    seq: 0,
    day: '2026-03-02',
  })
  return {
    index,
    type,
    stream: `proposal/p-${index}`,
    day: '2026-03-02',
    leaf,
    leafHash: Buffer.from(hash.leaf(utf8(leaf))).toString('base64'),
  }
})

const leaves = entries.map(({ leaf }) => hash.leaf(utf8(leaf)))
const read = ({ level, index }: { readonly level: number; readonly index: number }): Uint8Array => {
  if (level === 0) return leaves[index] ?? new Uint8Array()
  return hash.node(
    read({ level: level - 1, index: index * 2 }),
    read({ level: level - 1, index: index * 2 + 1 }),
  )
}

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32))
const key = noteKey('log.example/sample', raw, sha256)
const root = rangeHash({ start: 0, end: leaves.length }, read, hash)
const text = formatCheckpoint({ origin: key.name, size: leaves.length, root })

export const verifierKey = formatNoteKey(key)
export const checkpoint = formatNote(text, key, new Uint8Array(sign(null, utf8(text), privateKey)))

const hashesOf = (index: number) => inclusionProof(index, leaves.length, read, hash)

/** The receipt of one entry: C2SP tlog-proof text. */
export const proofOf = (index: number): string =>
  formatReceipt({ index, proof: hashesOf(index), checkpoint })

/** What `/log/proof?index=` answers. */
export const proofAnswer = (index: number) => ({
  index,
  size: leaves.length,
  hashes: hashesOf(index).map((one) => Buffer.from(one).toString('base64')),
  checkpoint,
  leaf: entries[index]?.leaf,
})
