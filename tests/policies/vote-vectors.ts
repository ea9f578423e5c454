import { readFileSync } from 'node:fs'
import type { Frozen, Phase, ProposalEvent, Tally, View } from '../../policies/index.ts'
import { mergePatch } from './merge-patch.ts'
import type { VoteKernel } from './vote-invariants.ts'

/** A vote with what must come out of it. */
export interface VoteVector {
  readonly name: string
  readonly frozen: Frozen
  readonly events: readonly ProposalEvent[]
  readonly now: number
  readonly expect: Partial<Omit<View, 'tally' | 'phase'>> & {
    readonly phase: Phase
    readonly tally?: Partial<Tally>
    readonly reasons?: readonly string[]
    readonly acceptedCount?: number
  }
}

type Stored = Omit<VoteVector, 'frozen'> & { readonly patch?: unknown }

const file = new URL('../../policies/vectors/governance-votes.json', import.meta.url)
const stored: { frozen: Frozen; cases: Stored[] } = JSON.parse(readFileSync(file, 'utf8'))

/** The cases of `policies/vectors/governance-votes.json`, each with its whole frozen vote. */
export const VOTE_VECTORS: readonly VoteVector[] = stored.cases.map(({ patch = {}, ...rest }) => ({
  ...rest,
  frozen: mergePatch(stored.frozen, patch) as Frozen,
}))

/** The opened vote that the cases vary. */
export const FROZEN: Frozen = stored.frozen

/** The part of a view that a vector speaks about, in the vector's own words. */
export function seenAs(expected: VoteVector['expect'], seen: View): VoteVector['expect'] {
  const part = (whole: object, keys: object) =>
    Object.fromEntries(Object.keys(keys).map((key) => [key, Reflect.get(whole, key)]))
  const { tally, reasons, acceptedCount, ...rest } = expected
  return {
    ...part(seen, rest),
    phase: seen.phase,
    ...(tally && { tally: part(seen.tally, tally) }),
    ...(reasons && { reasons: seen.tally.reasons.map(({ code }) => code) }),
    ...(acceptedCount !== undefined && { acceptedCount: seen.accepted.length }),
  }
}

/** Names of the cases that a kernel gets wrong. */
export function failingVectors({ view }: Pick<VoteKernel, 'view'>): string[] {
  const canonical = (value: object) => JSON.stringify(Object.entries(value).sort())
  return VOTE_VECTORS.filter(({ frozen, events, now, expect: expected }) => {
    return canonical(seenAs(expected, view(frozen, events, now))) !== canonical(expected)
  }).map(({ name }) => name)
}
