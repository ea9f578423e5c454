import type { Sha256 } from './canonical.ts'
import type { Choice } from './proposal.ts'
import { type OpenedBallot, sealOf } from './public-vote.ts'

/** A ballot as the log shows it while the vote is open. */
export interface PublicBallot {
  readonly entry: number
  readonly slot: string
  readonly seal: string
}

export interface OpenedSeals {
  /** The ballots that were opened, each with what it was opened as. */
  readonly read: readonly { readonly ballot: PublicBallot; readonly choice: Choice }[]
  readonly problems: readonly string[]
}

interface Opened {
  readonly entry: number
  readonly choice: Choice
  readonly seal: string
  readonly ballot: PublicBallot | undefined
}

/** Several ballots may lie in one entry, of a meeting: the seal tells which of them was opened. */
const match = (
  last: readonly PublicBallot[],
  opened: readonly OpenedBallot[],
  sha256: Sha256,
): readonly Opened[] => {
  const left = new Set(last)
  return opened.map(([entry, choice, nonce]) => {
    const seal = sealOf(nonce, choice, sha256)
    const here = [...left].filter((one) => one.entry === entry)
    const ballot = here.find((one) => one.seal === seal) ?? here[0]
    if (ballot) left.delete(ballot)
    return { entry, choice, seal, ballot }
  })
}

/** Opens the seals: each opened ballot has to be a last one of a slot, and each of those is opened once. */
export const openSeals = (
  last: readonly PublicBallot[],
  opened: readonly OpenedBallot[],
  { isOnRoll, sha256 }: { readonly isOnRoll: (slot: string) => boolean; readonly sha256: Sha256 },
): OpenedSeals => {
  const known = new Set(last.map(({ entry }) => entry))
  const all = match(last, opened, sha256)
  const wrong = all.flatMap(({ entry, choice, seal, ballot }) => {
    if (!ballot && known.has(entry)) return [`entry ${entry} was counted twice`]
    if (!ballot) return [`entry ${entry} was counted, but it is no last ballot of this vote`]
    if (!isOnRoll(ballot.slot))
      return [`entry ${entry} was counted, but it is of nobody on the roll`]
    if (ballot.seal === seal) return []
    return [`entry ${entry} was opened as ${choice}, but that is not what was sealed in it`]
  })
  const counted = new Set(all.map(({ ballot }) => ballot))
  const missing = last.filter((ballot) => !counted.has(ballot))
  return {
    read: all.flatMap(({ ballot, choice }) => (ballot ? [{ ballot, choice }] : [])),
    problems: [
      ...wrong,
      ...missing.map(({ entry }) => `the ballot in entry ${entry} was not counted`),
    ],
  }
}
