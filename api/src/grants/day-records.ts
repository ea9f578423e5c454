import type { Span } from './passage.ts'

const DAY = 86_400_000
/** More than a busy registry hands out in a day; beyond it, uses are recorded once more. */
const MOST_USES = 10_000
/** Parts of one file that are recorded one by one; whoever asks for more is recorded with all of it. */
const MOST_PARTS = 64
/** Downloads of one file that may be cut and recorded anew; beyond it the record stands. */
const MOST_CUTS = 16

/** Whose use of which file it is. */
export interface Use {
  readonly grant: string
  readonly member: string | null
  readonly sha256: string
}

/** A record of a hand-over that the log holds for good. */
export interface Recorded extends Span {
  /** Log index of `download.authorised`. */
  readonly entry: number
  /** All these bytes have left, and the log holds that too. */
  completed: boolean
}

/**
 * What the log holds already of the uses of this day (UTC). One person who has the same bytes of one
 * file again on one day makes one use of them, so the record that was made before the first byte
 * left stands for the second time too. Only what is durable counts, and only in this process:
 * after a start, and in another process, it is recorded anew. However often somebody asks, or goes
 * away in the middle, one use makes so many entries and no more: the log is for good.
 */
export interface DayRecords {
  /**
   * The record that covers these bytes of so many; `record` makes one of the span it is given, and
   * gives its log index, when there is none.
   */
  covering(use: Use, wanted: Wanted, record: (span: Span) => Promise<number>): Promise<Recorded>
  /** What was cut short is recorded when it is fetched again; false: no more, the record stands. */
  forget(use: Use, recorded: Recorded): boolean
}

/** Bytes of a file, and all there are. */
export interface Wanted {
  readonly span: Span
  readonly size: number
}

interface Part extends Span {
  readonly made: Promise<Recorded>
}

interface Known {
  readonly parts: readonly Part[]
  readonly cuts: number
}

const NOTHING: Known = { parts: [], cuts: 0 }

const keyOf = ({ grant, member, sha256 }: Use): string => JSON.stringify([grant, member, sha256])

export const createDayRecords = (now: () => number): DayRecords => {
  const uses = new Map<string, Known>()
  let day = Number.NaN

  const knownOf = (key: string): Known => {
    const today = Math.floor(now() / DAY)
    if (today !== day) uses.clear()
    day = today
    return uses.get(key) ?? NOTHING
  }

  const remove = (key: string, gone: Promise<Recorded>): void => {
    const { parts, cuts } = knownOf(key)
    uses.set(key, { parts: parts.filter(({ made }) => made !== gone), cuts })
  }

  const add = (key: string, { from, to }: Span, record: (span: Span) => Promise<number>) => {
    const made = record({ from, to }).then(
      (entry): Recorded => ({ from, to, entry, completed: false }),
    )
    if (uses.size >= MOST_USES) uses.clear()
    const { parts, cuts } = knownOf(key)
    uses.set(key, { parts: [...parts, { from, to, made }], cuts })
    made.catch(() => remove(key, made))
    return made
  }

  return {
    covering: (use, { span, size }, record) => {
      const key = keyOf(use)
      const { parts } = knownOf(key)
      const found = parts.find(({ from, to }) => from <= span.from && span.to <= to)
      const recorded = parts.length < MOST_PARTS ? span : { from: 0, to: size - 1 }
      return found?.made ?? add(key, recorded, record)
    },
    forget: (use, { from, to }) => {
      const key = keyOf(use)
      const { parts, cuts } = knownOf(key)
      if (cuts >= MOST_CUTS) return false
      uses.set(key, { parts, cuts: cuts + 1 })
      for (const part of parts) if (part.from === from && part.to === to) remove(key, part.made)
      return true
    },
  }
}
