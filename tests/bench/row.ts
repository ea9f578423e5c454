import type { Baseline, Comparison, Goal, Sample } from './sample.ts'

/** Both sides in one round. */
export interface Pair {
  readonly product: Sample
  readonly baseline: Sample
}

/** One line of the result: medians over rounds, and the ratio of CPU per operation. */
export interface BenchRow {
  readonly suite: string
  readonly case: string
  readonly baseline: string
  /** CPU per operation, product over baseline. */
  readonly ratio: number
  readonly min: number
  readonly max: number
  /** The ratio moved by more than half between rounds. */
  readonly noisy: boolean
  /** Operations a round. */
  readonly n: number
  readonly conc?: number
  readonly cpu_us: number
  readonly baseline_cpu_us: number
  readonly rps?: number
  readonly baseline_rps?: number
  readonly rps_ratio?: number
  readonly p50_ms?: number
  readonly p95_ms?: number
  readonly baseline_p50_ms?: number
  readonly p99_ms?: number
  readonly mb_s?: number
  readonly baseline_mb_s?: number
  /** Highest resident memory over all rounds. */
  readonly peak_mb?: number
  readonly baseline_peak_mb?: number
  readonly statements?: number
  readonly bad: number
  readonly goal?: string
  readonly met?: boolean
  /** Load average of the machine when the case ended. */
  readonly load1?: number
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

const NOISY = 1.5

/** The spread of a ratio over rounds. */
export const spread = (ratios: readonly number[]) => {
  const [min, max] = [Math.min(...ratios), Math.max(...ratios)]
  return { ratio: median(ratios), min, max, noisy: max / min > NOISY }
}

type Measure = 'rps' | 'p50' | 'p95' | 'p99' | 'bytesPerSecond' | 'statements'

const middle = (samples: readonly Sample[], measure: Measure): number | undefined => {
  const values = samples.map((sample) => sample[measure]).filter((value) => value !== undefined)
  return values.length > 0 ? median(values) : undefined
}

const highest = (samples: readonly Sample[]): number | undefined => {
  const peaks = samples.map(({ peak }) => peak).filter((peak) => peak !== undefined)
  return peaks.length > 0 ? Math.max(...peaks) : undefined
}

const inMegabytes = (bytes: number | undefined) => (bytes === undefined ? undefined : bytes / 1e6)

const isMet = ({ of, ratio }: Goal, cpu: number, rps: number | undefined): boolean =>
  of === 'cpu' ? cpu <= ratio : (rps ?? 0) >= ratio

const sayGoal = ({ of, ratio }: Goal): string =>
  of === 'cpu' ? `<= ${ratio}x CPU` : `>= ${ratio}x req/s`

const judged = (goals: readonly Goal[] | undefined, cpu: number, rps: number | undefined) =>
  goals && {
    goal: goals.map(sayGoal).join(', '),
    met: goals.every((goal) => isMet(goal, cpu, rps)),
  }

const rpsRatio = (pairs: readonly Pair[]): number | undefined => {
  const ratios = pairs.flatMap(({ product, baseline }) =>
    product.rps && baseline.rps ? [product.rps / baseline.rps] : [],
  )
  return ratios.length > 0 ? median(ratios) : undefined
}

/** What the rounds say of a comparison with one of its baselines. */
export const rowOf = (
  suite: string,
  { name, n, conc }: Comparison,
  { name: baseline, goals }: Baseline,
  pairs: readonly Pair[],
): BenchRow => {
  const products = pairs.map(({ product }) => product)
  const rivals = pairs.map((pair) => pair.baseline)
  const cpu = spread(pairs.map((pair) => pair.product.cpuUs / pair.baseline.cpuUs))
  const rps = rpsRatio(pairs)
  return {
    suite,
    case: name,
    baseline,
    ...cpu,
    n,
    conc,
    cpu_us: median(products.map(({ cpuUs }) => cpuUs)),
    baseline_cpu_us: median(rivals.map(({ cpuUs }) => cpuUs)),
    rps: middle(products, 'rps'),
    baseline_rps: middle(rivals, 'rps'),
    rps_ratio: rps,
    p50_ms: middle(products, 'p50'),
    p95_ms: middle(products, 'p95'),
    baseline_p50_ms: middle(rivals, 'p50'),
    p99_ms: middle(products, 'p99'),
    mb_s: inMegabytes(middle(products, 'bytesPerSecond')),
    baseline_mb_s: inMegabytes(middle(rivals, 'bytesPerSecond')),
    peak_mb: inMegabytes(highest(products)),
    baseline_peak_mb: inMegabytes(highest(rivals)),
    statements: middle(products, 'statements'),
    bad: [...products, ...rivals].reduce((sum, { bad = 0 }) => sum + bad, 0),
    ...judged(goals, cpu.ratio, rps),
  }
}
