import { createDecipheriv } from 'node:crypto'
import { z } from 'zod'
import {
  ballotParts,
  fromBallotRow,
  reasonSealText,
  type SignedBallot,
  type SignedVote,
  sealText,
} from '../../../policies/index.ts'
import { refuse } from '../errors.ts'
import { type Refusal, textDigest, verifyEd25519 } from '../log/index.ts'
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

const contentShape = z.tuple([
  z.enum(['yes', 'no', 'abstain', 'object']),
  z.string().max(64),
  z.string().max(8000),
  z.string().max(64),
])

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const decoded = (part: string | undefined): string =>
  Buffer.from(part ?? '', 'base64url').toString('utf8')

const encoded = (part: string): string => Buffer.from(part).toString('base64url')

const fieldsIn = (part: string | undefined): Readonly<Record<string, unknown>> =>
  Object.assign({}, parsed(decoded(part)))

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

/** What a compact JWS says of itself, nothing of which is proved. */
const readBallot = (
  [header, payload, signature = '']: readonly string[],
  vote: SignedVote,
): { readonly ok: true; readonly ballot: SignedBallot } | Refusal => {
  const { kid: key } = fieldsIn(header)
  const { proposal, text, number, seal, reason } = fieldsIn(payload)
  const ballot = fromBallotRow([key, number, seal, reason, signature])
  if (!ballot) return notABallot
  if (proposal !== vote.proposal)
    return refuse('OTHER_VOTE', 'This ballot is of another vote. Hand it in there.')
  if (text !== vote.text)
    return refuse('OTHER_TEXT', 'This ballot is about other words than those that are voted on.')
  return { ok: true, ballot }
}

/** Signed are these very parts and no others: from the log they can be written again. */
const isSigned = (
  [header, payload]: readonly string[],
  vote: SignedVote,
  ballot: SignedBallot,
): boolean => {
  const parts = ballotParts(vote, ballot).map(encoded)
  if (parts[0] !== header || parts[1] !== payload) return false
  const [key, signature] = [ballot.key, ballot.signature].map((one) =>
    Buffer.from(one, 'base64url'),
  )
  if (!key || !signature || signature.toString('base64url') !== ballot.signature) return false
  return verifyEd25519(key, Buffer.from(parts.join('.')), signature)
}

/** What is sealed in a ballot; only what fits the seals was signed. */
const unseal = (ballot: SignedBallot, sealed: string, { by, opens }: BallotKey) => {
  const read = contentShape.safeParse(parsed(open(sealed, opens) ?? ''))
  if (!read.success)
    return refuse('UNREADABLE', 'This ballot does not open. Take it from the device again.')
  const [choice, nonce, said, salt] = read.data
  const fits =
    textDigest(sealText(nonce, choice), 'base64url') === ballot.seal &&
    textDigest(reasonSealText(salt, said), 'base64url') === ballot.reason
  if (!fits)
    return refuse('NOT_AS_SIGNED', 'What is in this ballot is not what was signed. Sign it anew.')
  return { ok: true as const, ballot, by, choice, nonce, said, salt }
}

/**
 * Reads a ballot from a box: a compact JWS, `~`, and what it seals, encrypted so that whoever carries
 * the box can read none of it. Only what the device of a member has really signed comes through.
 */
export const readSigned = (
  text: string,
  vote: SignedVote,
  keys: readonly BallotKey[],
): ReadBallot | Refusal => {
  const [jws = '', sealed = ''] = text.split('~')
  const parts = jws.split('.')
  const read = readBallot(parts, vote)
  if (!read.ok) return read
  const { ballot } = read
  const key = keys.find((one) => one.key === ballot.key)
  if (!key) return refuse('unknown-key', 'No device of this vote has the key of this ballot.')
  return isSigned(parts, vote, ballot)
    ? unseal(ballot, sealed, key)
    : refuse('BAD_SIGNATURE', 'The signature does not fit this ballot, so it cannot count.')
}
