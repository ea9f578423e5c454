import type { BenchRow } from './row.ts'

const HEAD = [
  'suite',
  'case',
  'baseline',
  'µs/op',
  'baseline µs/op',
  'CPU ratio (min–max)',
  'req/s ratio',
  'p50 / p95 or p99 ms',
  'peak MB',
  'goal',
] as const

const short = (value: number | undefined): string => {
  if (value === undefined || !Number.isFinite(value)) return '–'
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3)
}

const verdict = ({ goal, met }: BenchRow): string => {
  if (goal === undefined) return ''
  return `${goal}: ${met ? 'met' : 'missed'}`
}

const cells = (row: BenchRow): readonly string[] => [
  row.suite,
  [
    row.case,
    row.conc ? `(c=${row.conc})` : '',
    row.statements === undefined ? '' : `(${row.statements} statements)`,
    row.bad > 0 ? `**${row.bad} bad**` : '',
  ]
    .filter(Boolean)
    .join(' '),
  row.baseline,
  short(row.cpu_us),
  short(row.baseline_cpu_us),
  `${short(row.ratio)} (${short(row.min)}–${short(row.max)})${row.noisy ? ' noisy' : ''}`,
  short(row.rps_ratio),
  row.p50_ms === undefined ? '–' : `${short(row.p50_ms)} / ${short(row.p95_ms ?? row.p99_ms)}`,
  row.peak_mb === undefined ? '–' : `${short(row.peak_mb)} / ${short(row.baseline_peak_mb)}`,
  verdict(row),
]

const line = (items: readonly string[]): string => `| ${items.join(' | ')} |\n`

/** The rows as a Markdown table. */
export const table = (rows: readonly BenchRow[]): string =>
  [line(HEAD), line(HEAD.map(() => '---')), ...rows.map((row) => line(cells(row)))].join('')
