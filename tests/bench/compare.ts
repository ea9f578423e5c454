import { loadavg } from 'node:os'
import { type BenchRow, type Pair, rowOf } from './row.ts'
import type { Comparison, Contender, Sample } from './sample.ts'

/** Hears of every sample as it is taken. */
export type Listener = (line: Readonly<Record<string, unknown>>) => void

export interface Run {
  readonly suite: string
  /** At least 1; five give a usable median. */
  readonly rounds: number
  readonly heard: Listener
  /** Part of a case’s name, with its connections as in `1 KB c=32`; left out: all cases. */
  readonly only?: string
}

/** Whether a case was asked for. */
export const isAsked = ({ only = '' }: Run, name: string, conc?: number): boolean =>
  `${name} c=${conc ?? 1}`.includes(only)

const rotate = <T>(items: readonly T[], by: number): readonly T[] => {
  const at = by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}

/** Product and baselines in turn, a different one first in each round, after one run that warms up. */
export const compare = async (run: Run, one: Comparison): Promise<readonly BenchRow[]> => {
  const contenders: readonly Contender[] = [one.product, ...one.baselines]
  const samples = new Map(contenders.map(({ name }) => [name, [] as Sample[]]))
  for (const { run: warm } of contenders) await warm()
  for (let round = 0; round < run.rounds; round += 1) {
    for (const { name, run: measure } of rotate(contenders, round)) {
      const sample = await measure()
      samples.get(name)?.push(sample)
      run.heard({ suite: run.suite, case: one.name, round, contender: name, ...sample })
    }
  }
  const products = samples.get(one.product.name) ?? []
  const load1 = loadavg()[0] ?? 0
  return one.baselines.map((baseline) => {
    const rivals = samples.get(baseline.name) ?? []
    const pairs = products.flatMap((product, round): Pair[] => {
      const rival = rivals[round]
      return rival ? [{ product, baseline: rival }] : []
    })
    return { ...rowOf(run.suite, one, baseline, pairs), load1 }
  })
}

/** The same for several, one after another. */
export const compareAll = async (
  run: Run,
  all: readonly Comparison[],
): Promise<readonly BenchRow[]> => {
  const rows: BenchRow[] = []
  for (const one of all)
    if (isAsked(run, one.name, one.conc)) rows.push(...(await compare(run, one)))
  return rows
}
