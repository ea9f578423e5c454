import { fromBase64Url, toBase64Url } from './bytes.ts'
import { canonicalJson, type Sha256, utf8 } from './canonical.ts'
import type { Ed25519Verify } from './note.ts'

/** The vote a device signs for: an opened proposal and the digest of its frozen text. */
export interface SignedVote {
  readonly proposal: string
  readonly text: string
}

/** A signed ballot as everybody may see it. What it says is sealed until the close. */
export interface SignedBallot {
  /** Public key of the device: Ed25519, base64url. It is of this one vote. */
  readonly key: string
  readonly number: number
  /** {@link sealOf} the choice. */
  readonly seal: string
  /** {@link reasonSealOf} the reason; a ballot without one has it too. */
  readonly reason: string
  /** base64url */
  readonly signature: string
}

/** Ballots that fit into one entry of the log (C2SP tlog-tiles: 65,535 bytes). */
export const MOST_SIGNED = 200

/** Its own type: no token of another use can be taken for a ballot (RFC 8725 section 3.11). */
const TYPE = 'commonhold-ballot+jws'

/** The text whose SHA-256 seals a reason. Its salt is never opened, so nobody can guess at it. */
export const reasonSealText = (salt: string, reason: string): string =>
  canonicalJson(['reason', salt, reason])

/** What a reason shows while the vote is open, and after. */
export const reasonSealOf = (salt: string, reason: string, sha256: Sha256): string =>
  toBase64Url(sha256(utf8(reasonSealText(salt, reason))))

/** What a device signs, before it is encoded: the two parts of a JWS (RFC 7515 section 2). */
export const ballotParts = (
  { proposal, text }: SignedVote,
  { key, number, seal, reason }: Omit<SignedBallot, 'signature'>,
): readonly [header: string, payload: string] => [
  canonicalJson({ alg: 'EdDSA', kid: key, typ: TYPE }),
  canonicalJson({ number, proposal, reason, seal, text }),
]

/** The same as it is signed: the first two parts of a compact JWS (RFC 7515 section 5.1). */
export const signedText = (vote: SignedVote, ballot: Omit<SignedBallot, 'signature'>): string =>
  ballotParts(vote, ballot)
    .map((part) => toBase64Url(utf8(part)))
    .join('.')

/** Whether the device really signed this ballot of this vote. */
export const isSigned = async (
  vote: SignedVote,
  ballot: SignedBallot,
  verify: Ed25519Verify,
): Promise<boolean> => {
  const [key, signature] = [fromBase64Url(ballot.key), fromBase64Url(ballot.signature)]
  if (!key || !signature) return false
  return verify(key, utf8(signedText(vote, ballot)), signature)
}

/** A signed ballot as an entry of the log holds it. */
export type BallotRow = readonly [
  key: string,
  number: number,
  seal: string,
  reason: string,
  signature: string,
]

export const toBallotRow = ({ key, number, seal, reason, signature }: SignedBallot): BallotRow => [
  key,
  number,
  seal,
  reason,
  signature,
]

/** Reads a row of an entry; null when it is none. */
export const fromBallotRow = (row: unknown): SignedBallot | null => {
  if (!Array.isArray(row) || row.length !== 5) return null
  const [key, number, seal, reason, signature]: unknown[] = row
  const texts = [key, seal, reason, signature]
  return Number.isSafeInteger(number) && texts.every((text) => typeof text === 'string')
    ? ({ key, number, seal, reason, signature } as SignedBallot)
    : null
}
