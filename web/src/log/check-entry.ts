import { sha256 } from '@noble/hashes/sha2.js'
import {
  type Ed25519Verify,
  formatReceipt,
  openNote,
  parseCheckpoint,
  parseNoteKey,
  parseReceipt,
  type Receipt,
  treeHash,
  utf8,
  verifyInclusion,
} from '../../../policies/index.ts'

/** One step of the check; `leaf`, `path` and `signature` are done in this order. */
export interface CheckStep {
  readonly step: 'leaf' | 'path' | 'signature' | 'malformed'
  readonly ok: boolean | 'unsupported'
}

export interface EntryCheck {
  readonly steps: readonly CheckStep[]
  /** Name of the key that signs the log. */
  readonly signer: string
  /** Size of the tree the proof leads to. */
  readonly size: number
  /** How many hashes the proof has. */
  readonly hashes: number
}

export interface CheckedEntry {
  readonly index: number
  readonly leaf: string
  readonly leafHash: string
}

const failed: EntryCheck = {
  steps: [{ step: 'malformed', ok: false }],
  signer: '',
  size: 0,
  hashes: 0,
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

const webCrypto: Ed25519Verify = async (publicKey, message, signature) => {
  const raw = new Uint8Array(publicKey)
  const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message))
}

const bytesOf = (base64Text: string): Uint8Array =>
  Uint8Array.from(atob(base64Text), (char) => char.charCodeAt(0))

interface ProofAnswer {
  readonly index: number
  readonly hashes: readonly string[]
  readonly checkpoint: string
}

const isProof = (value: unknown): value is ProofAnswer =>
  typeof value === 'object' &&
  value !== null &&
  'index' in value &&
  'hashes' in value &&
  Array.isArray(value.hashes) &&
  'checkpoint' in value

/** The registry's answer as C2SP tlog-proof text; anything else is passed on as it came. */
export function proofText(answer: unknown): string {
  if (!isProof(answer)) return String(answer)
  const { index, hashes, checkpoint } = answer
  return formatReceipt({ index, proof: hashes.map(bytesOf), checkpoint })
}

/** Fetches the proof of one entry as tlog-proof text. Throws when it cannot be had. */
export async function fetchProof(index: number): Promise<string> {
  const response = await fetch(`/log/proof?index=${index}`)
  if (!response.ok) throw new Error(`the proof of entry ${index} is not available`)
  return proofText(await response.json())
}

async function checkSignature(receipt: Receipt, key: string): Promise<CheckStep> {
  const noteKey = parseNoteKey(key, sha256)
  if (!noteKey) return { step: 'signature', ok: false }
  try {
    const opened = await openNote(receipt.checkpoint, [noteKey], webCrypto)
    return { step: 'signature', ok: opened.ok }
  } catch {
    return { step: 'signature', ok: 'unsupported' }
  }
}

/**
 * Checks with our own hashes that the entry's bytes are in the tree of the checkpoint and that the
 * log's key signed it (RFC 6962, C2SP tlog-proof and signed-note). Never throws on bad input.
 */
export async function checkEntry(
  entry: CheckedEntry,
  proofText: string,
  verifierKey: string,
): Promise<EntryCheck> {
  const receipt = parseReceipt(proofText)
  const body = receipt && parseCheckpoint(receipt.checkpoint)
  if (!receipt || !body || receipt.index !== entry.index) return failed
  const hash = treeHash(sha256)
  const leafHash = hash.leaf(utf8(entry.leaf))
  const { index, proof } = receipt
  const { size, root, origin } = body
  const inTree = verifyInclusion({ index, size, leafHash, proof, root }, hash)
  const steps: CheckStep[] = [
    { step: 'leaf', ok: base64(leafHash) === entry.leafHash },
    { step: 'path', ok: inTree },
    await checkSignature(receipt, verifierKey),
  ]
  return { steps, signer: origin, size, hashes: proof.length }
}
