import {
  type CheckpointBody,
  cosignedBytes,
  formatCosignature,
  KEY_TYPES,
  type NoteKey,
  noteKey,
  openNote,
  parseCheckpoint,
  verifyConsistency,
} from '../../../policies/index.ts'
import { type NoteSigner, verifyEd25519 } from './ed25519.ts'
import { sha256, tree } from './sha256.ts'

/** How far a log had grown when it was last cosigned; `root` in base64. */
export interface Witnessed {
  readonly size: number
  readonly root: string
}

/** What this registry remembers of the logs of others, by origin. */
export interface WitnessStore {
  latest(origin: string): Promise<Witnessed | null>
  /** In one step, so that no log is ever rolled back; false when `from` is no longer the latest. */
  advance(origin: string, from: Witnessed | null, to: Witnessed): Promise<boolean>
}

/** An answer as C2SP tlog-witness has it. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly type: 'text/plain' | 'text/x.tlog.size'
  readonly body: string
}

/** Watches the logs of others and vouches for what it has seen of them. */
export interface Witness {
  /** Takes the body of an add-checkpoint request. */
  addCheckpoint(body: string): Promise<WitnessAnswer>
  readonly key: NoteKey
}

export interface WitnessDeps {
  /** Keys of the logs that are watched now; the name of each is the origin of its log. */
  readonly logs: () => Promise<readonly NoteKey[]>
  readonly store: WitnessStore
  readonly signer: NoteSigner
  /** Epoch milliseconds. */
  readonly now: () => number
}

interface Submission {
  readonly old: number
  readonly proof: readonly Uint8Array[]
  readonly note: string
}

const MAX_PROOF = 63
const HASH_BYTES = 32
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

const EMPTY_ROOT = base64(sha256(new Uint8Array()))

const answer = (status: WitnessAnswer['status'], body: string): WitnessAnswer => ({
  status,
  type: 'text/plain',
  body: `${body}\n`,
})

const conflict = (seen: Witnessed | null): WitnessAnswer => ({
  status: 409,
  type: 'text/x.tlog.size',
  body: `${seen?.size ?? 0}\n`,
})

/** Reads the old size, the proof and the checkpoint; null when the text is not of that form. */
const parseSubmission = (body: string): Submission | null => {
  const cut = body.indexOf('\n\n')
  const [first = '', ...lines] = body.slice(0, Math.max(cut, 0)).split('\n')
  const digits = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1]
  const proof = lines.map((line) => Buffer.from(line, 'base64'))
  const isClean = lines.every((line, at) => proof[at]?.toString('base64') === line)
  const fits = proof.length <= MAX_PROOF && proof.every(({ length }) => length === HASH_BYTES)
  if (digits === undefined || !isClean || !fits) return null
  return { old: Number(digits), proof, note: body.slice(cut + 2) }
}

const hasGrown = (
  seen: Witnessed | null,
  { size, root }: CheckpointBody,
  proof: readonly Uint8Array[],
): boolean => {
  const from = seen?.size ?? 0
  if (from === 0 || from === size) return proof.length === 0
  const oldRoot = Buffer.from(seen?.root ?? '', 'base64')
  return verifyConsistency({ from, to: size, oldRoot, newRoot: root, proof }, tree)
}

/** Same size, another tree: the log shows different people different histories. */
const isForked = (seen: Witnessed | null, { size, root }: CheckpointBody): boolean =>
  size === (seen?.size ?? 0) && base64(root) !== (seen?.root ?? EMPTY_ROOT)

/**
 * A witness after C2SP tlog-witness, with Ed25519 cosignatures: communities watch each other's logs,
 * so that no operator can show two histories. It cosigns only what has grown out of what it cosigned.
 */
export const createWitness = ({ logs, store, signer, now }: WitnessDeps): Witness => {
  const key = noteKey(signer.name, signer.publicKey, sha256, KEY_TYPES.cosignature)

  const cosign = (text: string): WitnessAnswer => {
    const time = Math.floor(now() / 1000)
    const line = formatCosignature(key, time, signer.sign(cosignedBytes(time, text)))
    return { status: 200, type: 'text/plain', body: line }
  }

  /** Compared with what was cosigned before, and stored before anything is signed. */
  const moveOn = async (
    { old, proof, note }: Submission,
    checkpoint: CheckpointBody,
  ): Promise<WitnessAnswer> => {
    const { origin, size, root } = checkpoint
    const seen = await store.latest(origin)
    if (old !== (seen?.size ?? 0) || isForked(seen, checkpoint)) return conflict(seen)
    if (!hasGrown(seen, checkpoint, proof)) return answer(422, 'The proof does not hold.')
    const moved = await store.advance(origin, seen, { size, root: base64(root) })
    return moved ? cosign(note) : conflict(await store.latest(origin))
  }

  const judge = async ({ old, proof, note }: Submission): Promise<WitnessAnswer> => {
    const checkpoint = parseCheckpoint(note)
    if (!checkpoint) return answer(400, 'The checkpoint cannot be read.')
    const { origin, size } = checkpoint
    const trusted = (await logs()).filter(({ name }) => name === origin)
    if (trusted.length === 0) return answer(404, `This registry does not watch ${origin}.`)
    const opened = await openNote(note, trusted, verifyEd25519)
    if (!opened.ok) return answer(403, 'No key that is trusted for this log has signed it.')
    if (old > size) return answer(400, 'The old size is larger than that of the checkpoint.')
    return moveOn({ old, proof, note: opened.text }, checkpoint)
  }

  return {
    key,
    addCheckpoint: async (body) => {
      const submission = parseSubmission(body)
      return submission ? judge(submission) : answer(400, 'This is not an add-checkpoint request.')
    },
  }
}
