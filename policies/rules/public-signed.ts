import type { Admission } from './admission.ts'
import {
  addKey,
  emptyKeyring,
  endKey,
  judgeEndKey,
  judgeNewKey,
  judgeSignature,
  type Keyring,
  noteBallot,
} from './ballot-keys.ts'
import type { Ed25519Verify } from './note.ts'
import type { PublicBallot } from './open-seals.ts'
import { fromBallotRow, isSigned, type SignedBallot } from './signed-ballot.ts'

/** What the public log says about the signed ballots of one vote; slots stand for members. */
export interface PublicSigned {
  readonly keyring: Keyring
  /** Every signature there is to check. */
  readonly ballots: { readonly entry: number; readonly ballot: SignedBallot }[]
  /** Where the log breaks the rules about keys. */
  readonly problems: string[]
}

export const noSigned = (): PublicSigned => ({ keyring: emptyKeyring(), ballots: [], problems: [] })

const blame = ({ problems }: PublicSigned, entry: number, admission: Admission): void => {
  if (admission.decision !== 'permit')
    problems.push(`entry ${entry} is against the rules of signed ballots: ${admission.message}`)
}

interface Named {
  readonly by: string
  readonly key: string
}

export const noteNewKey = (signed: PublicSigned, entry: number, named: Named): void => {
  blame(signed, entry, judgeNewKey(signed.keyring, named))
  addKey(signed.keyring, named)
}

export const noteKeyEnd = (signed: PublicSigned, entry: number, named: Named): void => {
  blame(signed, entry, judgeEndKey(signed.keyring, named))
  endKey(signed.keyring, named)
}

/** A ballot without a signature. */
export const noteCast = (signed: PublicSigned, entry: number, slot: string): void =>
  blame(signed, entry, judgeSignature(signed.keyring, { by: slot }))

const noteRow = (signed: PublicSigned, entry: number, row: unknown): PublicBallot => {
  const { keyring, ballots, problems } = signed
  const ballot = fromBallotRow(row)
  if (!ballot) {
    problems.push(`a signed ballot of entry ${entry} cannot be read`)
    return { entry, slot: '', seal: '' }
  }
  const cast = { by: keyring.devices.get(ballot.key)?.by ?? '', signed: ballot }
  blame(signed, entry, judgeSignature(keyring, cast))
  noteBallot(keyring, cast)
  ballots.push({ entry, ballot })
  return { entry, slot: cast.by, seal: ballot.seal }
}

/** The ballots of one entry, each under the slot to which its key belongs. */
export const noteSigned = (
  signed: PublicSigned,
  entry: number,
  rows: unknown,
): readonly PublicBallot[] =>
  (Array.isArray(rows) ? rows : []).map((row) => noteRow(signed, entry, row))

interface SignedPublicVote {
  readonly id: string
  readonly frozen: { readonly textDigest: string } | null
  readonly signed: PublicSigned
}

/** What is wrong with the signatures of a vote, in words. */
export const signatureProblems = async (
  { id, frozen, signed }: SignedPublicVote,
  verify: Ed25519Verify,
): Promise<readonly string[]> => {
  const vote = { proposal: id, text: frozen?.textDigest ?? '' }
  const problems: string[] = []
  for (const { entry, ballot } of signed.ballots)
    if (!(await isSigned(vote, ballot, verify)))
      problems.push(`a ballot in entry ${entry} is not signed with the key it names`)
  return problems
}
