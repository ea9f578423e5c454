import { describe, expect, it } from 'vitest'
import { type Trace, traceCopies, WITHHELD_SHARE } from '../../policies/index.ts'
import { random } from './random.ts'

const ROWS = 20_000
const COPIES = 1_000
const TRIALS = 8

/** The places that are drawn with the share of rows that is withheld, out of so many. */
const drawn = (rows: number, next: () => number): number[] => {
  const places = []
  for (let at = -1; ; ) {
    at += 1 + Math.floor(Math.log(1 - next()) / Math.log(1 - WITHHELD_SHARE))
    if (at >= rows) return places
    places.push(at)
  }
}

/** How many of the leaking copies have to have a row for it to be in what leaks. */
type Pooled = (having: number, leakers: number) => boolean
const UNION: Pooled = (having) => having > 0
const INTERSECTION: Pooled = (having, leakers) => having === leakers
const MAJORITY: Pooled = (having, leakers) => having > leakers / 2

interface Scheme {
  readonly leakers?: number
  readonly pooled?: Pooled
  readonly share: number
}

/** One leak of part of what some copies hold; the leakers come first in the list of copies. */
const leak = (next: () => number, { leakers = 1, pooled = UNION, share }: Scheme): Trace => {
  const without = Array.from({ length: leakers }, () => new Set(drawn(ROWS, next)))
  const leaked = Array.from({ length: ROWS }, (_, row) => row).filter((row) => {
    const having = without.filter((rows) => !rows.has(row)).length
    return having > 0 && pooled(having, leakers) && next() < share
  })
  const theirs = without.map((rows) => leaked.filter((row) => rows.has(row)).length)
  const others = Array.from({ length: COPIES - leakers }, () => drawn(leaked.length, next).length)
  return traceCopies(leaked.length, [...theirs, ...others])
}

/** In which part of the trials all leakers were named; nobody else ever may be. */
const named = (scheme: Scheme): number => {
  const next = random(2026)
  const leakers = scheme.leakers ?? 1
  let all = 0
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const trace = leak(next, scheme)
    expect(trace.named.filter((at) => at >= leakers)).toEqual([])
    if (trace.named.length === leakers) all += 1
  }
  return all / TRIALS
}

describe('of 20,000 rows in 1,000 copies', () => {
  it('a leak of all, a fifth or a tenth is traced, one of a twentieth or a fiftieth is not', () => {
    const shares = [1, 0.2, 0.1, 0.05, 0.02]
    expect(shares.map((share) => named({ share }))).toEqual([1, 1, 1, 0, 0])
  })

  it('two who fill each other’s gaps are not named, two who keep what both have are', () => {
    expect(named({ leakers: 2, pooled: UNION, share: 1 })).toBe(0)
    expect(named({ leakers: 2, pooled: INTERSECTION, share: 1 })).toBe(1)
  })

  it('three are named for what all have alone', () => {
    const three = { leakers: 3, share: 1 }
    expect(named({ ...three, pooled: MAJORITY })).toBe(0)
    expect(named({ ...three, pooled: UNION })).toBe(0)
    expect(named({ ...three, pooled: INTERSECTION })).toBe(1)
  })
})
