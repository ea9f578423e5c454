/** What one side of a comparison did in one round. */
export interface Sample {
  /** CPU microseconds per operation, all threads (and children) of the measured process. */
  readonly cpuUs: number
  /** Only where the wall clock was watched. */
  readonly rps?: number
  /** Milliseconds. */
  readonly p50?: number
  readonly p95?: number
  readonly p99?: number
  /** Bytes of bodies that came back, per second. */
  readonly bytesPerSecond?: number
  /** Resident memory of the measured processes at its highest, in bytes. */
  readonly peak?: number
  /** Database statements per operation. */
  readonly statements?: number
  /** Answers that were not what was asked for. */
  readonly bad?: number
}

/** One way of doing the thing. */
export interface Contender {
  readonly name: string
  /** Does a fixed number of operations. */
  readonly run: () => Promise<Sample> | Sample
}

/** A line of performance.md 9 that a comparison answers to. */
export interface Goal {
  readonly of: 'cpu' | 'rps'
  /** At most for CPU, at least for requests a second. */
  readonly ratio: number
}

export interface Baseline extends Contender {
  readonly goals?: readonly Goal[]
}

/** The product beside one or more baselines. */
export interface Comparison {
  readonly name: string
  readonly product: Contender
  readonly baselines: readonly Baseline[]
  /** Operations a round. */
  readonly n: number
  /** Requests under way at once. */
  readonly conc?: number
}
