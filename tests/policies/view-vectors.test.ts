import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Frozen, Phase, ProposalEvent, Tally, View } from '../../policies/index.ts'
import { admissible, view } from '../../policies/index.ts'
import { mergePatch } from './merge-patch.ts'

interface VoteCase {
  readonly name: string
  readonly patch?: unknown
  readonly events: readonly ProposalEvent[]
  readonly now: number
  readonly expect: Partial<Omit<View, 'tally' | 'phase'>> & {
    readonly phase: Phase
    readonly tally?: Partial<Tally>
    readonly reasons?: readonly string[]
    readonly acceptedCount?: number
  }
}

const file = new URL('../../policies/vectors/governance-votes.json', import.meta.url)
const vectors: { frozen: Frozen; cases: VoteCase[] } = JSON.parse(readFileSync(file, 'utf8'))

describe('the vectors of votes', () => {
  it.each(vectors.cases)('$name', ({ patch = {}, events, now, expect: expected }) => {
    const frozen = mergePatch(vectors.frozen, patch) as Frozen
    const seen = view(frozen, events, now)
    const { tally = {}, reasons, acceptedCount, ...rest } = expected
    expect(seen).toMatchObject(rest)
    expect(seen.tally).toMatchObject(tally)
    if (reasons) expect(seen.tally.reasons.map((reason) => reason.code)).toEqual(reasons)
    if (acceptedCount !== undefined) expect(seen.accepted).toHaveLength(acceptedCount)
  })

  it('count exactly the events that the guard admits', () => {
    for (const { patch = {}, events } of vectors.cases) {
      const frozen = mergePatch(vectors.frozen, patch) as Frozen
      const admitted: ProposalEvent[] = []
      for (const event of events) {
        if (admissible(frozen, admitted, event).decision === 'permit') admitted.push(event)
      }
      expect(view(frozen, events, Number.MAX_SAFE_INTEGER).accepted).toEqual(admitted)
    }
  })
})
