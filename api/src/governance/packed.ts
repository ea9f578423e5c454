import type { Fields } from '../log/index.ts'
import type { Proposal } from './governance.ts'

/** What grows with the roll and with every ballot. */
type Grown = Pick<Proposal, 'frozen' | 'events' | 'ballotEntries' | 'nonces' | 'keys'>

/** A proposal as it is stored: one text holds what grows, as a store would handle it value by value. */
export type PackedProposal = Omit<Proposal, keyof Grown> & { readonly grown?: string }

/** The document of a proposal. */
export const pack = (proposal: Proposal): Fields => {
  const { frozen, events, ballotEntries, nonces, keys, ...rest } = proposal
  const grown: Grown = {
    ...{ frozen, events, ballotEntries, nonces },
    ...(keys ? { keys } : {}),
  }
  return { ...(rest as unknown as Fields), grown: JSON.stringify(grown) }
}

/** The proposal of a stored document; one that was stored before there was such a text has none. */
export const unpack = ({ grown, ...rest }: PackedProposal): Proposal => ({
  ...(rest as Proposal),
  ...(JSON.parse(grown ?? '{}') as Grown),
})
