import { createDecipheriv } from 'node:crypto'
import { z } from 'zod'
import {
  isSigned,
  reasonSealOf,
  type SignedBallot,
  type SignedVote,
  sealOf,
} from '../../../policies/index.ts'
import { refuse } from '../errors.ts'
import { type Refusal, sha256, verifyEd25519 } from '../log/index.ts'
import type { BallotKey } from './governance.ts'

/** A ballot whose signature holds, with what was sealed in it. */
export interface ReadBallot {
  readonly ok: true
  readonly ballot: SignedBallot
  readonly by: string
  readonly choice: 'yes' | 'no' | 'abstain' | 'object'
  readonly nonce: string
  readonly said: string
  readonly salt: string
}

const DIGEST = z.string().length(43)
const headerShape = z.object({ kid: DIGEST })
const payloadShape = z.object({
  proposal: z.string(),
  text: z.string(),
  number: z.number().int(),
  seal: DIGEST,
  reason: DIGEST,
})
const contentShape = z.tuple([
  z.enum(['yes', 'no', 'abstain', 'object']),
  z.string().max(64),
  z.string().max(8000),
  z.string().max(64),
])

const parsed = <S extends z.ZodType>(shape: S, text: string): z.output<S> | null => {
  try {
    return shape.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

const decoded = (part: string | undefined): string =>
  Buffer.from(part ?? '', 'base64url').toString('utf8')

const IV_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM as WebCrypto writes it, its initial value in front; null when it does not open. */
const open = (sealed: string, secret: string): string | null => {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < IV_BYTES + TAG_BYTES) return null
  try {
    const cipher = createDecipheriv(
      'aes-256-gcm',
      Buffer.from(secret, 'base64url'),
      bytes.subarray(0, IV_BYTES),
    ).setAuthTag(bytes.subarray(-TAG_BYTES))
    const text = cipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES))
    return Buffer.concat([text, cipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

const notABallot = refuse(
  'NOT_A_BALLOT',
  'This is no signed ballot. Take it from the device again.',
)

const readBallot = (
  jws: string,
  vote: SignedVote,
): { readonly ok: true; readonly ballot: SignedBallot } | Refusal => {
  const [header, payload, signature = ''] = jws.split('.')
  const named = parsed(headerShape, decoded(header))
  const told = parsed(payloadShape, decoded(payload))
  if (!named || !told) return notABallot
  if (told.proposal !== vote.proposal)
    return refuse('OTHER_VOTE', 'This ballot is of another vote. Hand it in there.')
  if (told.text !== vote.text)
    return refuse('OTHER_TEXT', 'This ballot is about other words than those that are voted on.')
  const { number, seal, reason } = told
  return { ok: true, ballot: { key: named.kid, number, seal, reason, signature } }
}

/** What is sealed in a ballot; only what fits the seals was signed. */
const unseal = (ballot: SignedBallot, sealed: string, { by, opens }: BallotKey) => {
  const content = parsed(contentShape, open(sealed, opens) ?? '')
  if (!content)
    return refuse('UNREADABLE', 'This ballot does not open. Take it from the device again.')
  const [choice, nonce, said, salt] = content
  const fits =
    sealOf(nonce, choice, sha256) === ballot.seal &&
    reasonSealOf(salt, said, sha256) === ballot.reason
  if (!fits)
    return refuse('NOT_AS_SIGNED', 'What is in this ballot is not what was signed. Sign it anew.')
  return { ok: true as const, ballot, by, choice, nonce, said, salt }
}

/**
 * Reads a ballot from a box: a compact JWS, `~`, and what it seals, encrypted so that whoever carries
 * the box can read none of it. Only what the device of a member has really signed comes through.
 */
export const readSigned = async (
  text: string,
  vote: SignedVote,
  keys: readonly BallotKey[],
): Promise<ReadBallot | Refusal> => {
  const [jws = '', sealed = ''] = text.split('~')
  const read = readBallot(jws, vote)
  if (!read.ok) return read
  const key = keys.find((one) => one.key === read.ballot.key)
  if (!key) return refuse('unknown-key', 'No device of this vote has the key of this ballot.')
  if (!(await isSigned(vote, read.ballot, verifyEd25519)))
    return refuse('BAD_SIGNATURE', 'The signature does not fit this ballot, so it cannot count.')
  return unseal(read.ballot, sealed, key)
}
