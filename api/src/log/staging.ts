import type { Decided, NewEvent, Refusal, StoredEvent } from './event.ts'
import { buildRecord, type Random, readRecord } from './leaf.ts'
import type { EventRecord } from './store.ts'

/** Something to be recorded: an event as it stands, or a decision on the history of its stream. */
export type Job = {
  readonly stream: string
  readonly cmd: string
} & (
  | { readonly event: Decided; readonly expected?: number }
  | { readonly decide: (history: readonly StoredEvent[], now: number) => Decided | Refusal }
)

/** What a job comes to if everything staged before it is recorded. */
export type Verdict =
  | { readonly kind: 'record'; readonly record: EventRecord; readonly event: StoredEvent }
  | { readonly kind: 'known'; readonly event: StoredEvent }
  | { readonly kind: 'refuse'; readonly refusal: Refusal }
  /** It asks for a place in its stream that is not the next one. */
  | { readonly kind: 'misplaced'; readonly expected: number; readonly next: number }
  /** It repeats a command of this very batch. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'broken'; readonly error: unknown }

/** What the jobs stand on. */
export interface Ground {
  /** The index the next event gets, and the time of the one before it. */
  readonly next: number
  readonly lastAt: number
  readonly now: () => number
  readonly random: Random
  readonly length: (stream: string) => number
  readonly events: (stream: string) => readonly StoredEvent[]
  readonly byCmd: (stream: string, cmd: string) => StoredEvent | undefined
}

interface Place {
  readonly idx: number
  readonly seq: number
  readonly at: number
}

const isRefusal = (decision: Decided | Refusal): decision is Refusal => 'ok' in decision

const record = (event: NewEvent, place: Place, random: Random): Verdict => {
  const built = buildRecord(event, place, random)
  return { kind: 'record', record: built, event: readRecord(built) }
}

/** What the jobs before have staged. */
interface Ahead {
  count: number
  lastAt: number
  readonly commands: Set<string>
  readonly streams: Map<string, StoredEvent[]>
}

const judge = (job: Job, ahead: Ahead, ground: Ground): Verdict => {
  const { stream, cmd } = job
  if (ahead.commands.has(cmd)) return { kind: 'wait' }
  const mine = ahead.streams.get(stream) ?? []
  const seq = ground.length(stream) + mine.length
  const at = Math.max(ground.now(), ground.lastAt, ahead.lastAt)
  const place = { idx: ground.next + ahead.count, seq, at }
  if ('event' in job) {
    const { expected = seq } = job
    if (expected !== seq) return { kind: 'misplaced', expected, next: seq }
    return record({ ...job.event, stream, cmd }, place, ground.random)
  }
  const known = ground.byCmd(stream, cmd)
  if (known) return { kind: 'known', event: known }
  const decision = job.decide(ground.events(stream).concat(mine), at)
  if (isRefusal(decision)) return { kind: 'refuse', refusal: decision }
  return record({ ...decision, stream, cmd }, place, ground.random)
}

const push = (ahead: Ahead, event: StoredEvent): void => {
  ahead.count += 1
  ahead.lastAt = event.at
  ahead.commands.add(event.cmd)
  const mine = ahead.streams.get(event.stream)
  if (mine) mine.push(event)
  else ahead.streams.set(event.stream, [event])
}

/** Takes the jobs in turn, each on top of those before it. Writes nothing. */
export const stage = (jobs: readonly Job[], ground: Ground): readonly Verdict[] => {
  const ahead: Ahead = { count: 0, lastAt: 0, commands: new Set(), streams: new Map() }
  return jobs.map((job) => {
    try {
      const verdict = judge(job, ahead, ground)
      if (verdict.kind === 'record') push(ahead, verdict.event)
      return verdict
    } catch (error) {
      return { kind: 'broken', error }
    }
  })
}
