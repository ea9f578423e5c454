import type { Span } from './passage.ts'

const DAY = 86_400_000
/** More than a busy registry hands out in a day; beyond it, uses are recorded once more. */
const MOST_USES = 10_000
/** Parts of one file that are remembered; what fetches in pieces asks for each piece once. */
const MOST_PARTS = 64

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
 * after a start, and in another process, it is recorded anew.
 */
export interface DayRecords {
  /** The record that covers these bytes; `record` makes it, and gives its log index, when there is none. */
  covering(use: Use, span: Span, record: () => Promise<number>): Promise<Recorded>
  /** What was cut short has to be recorded when it is fetched again. */
  forget(use: Use, recorded: Recorded): void
}

interface Part extends Span {
  readonly made: Promise<Recorded>
}

const keyOf = ({ grant, member, sha256 }: Use): string => JSON.stringify([grant, member, sha256])

export const createDayRecords = (now: () => number): DayRecords => {
  const uses = new Map<string, readonly Part[]>()
  let day = Number.NaN

  const partsOf = (key: string): readonly Part[] => {
    const today = Math.floor(now() / DAY)
    if (today !== day) uses.clear()
    day = today
    return uses.get(key) ?? []
  }

  const remove = (key: string, gone: Promise<Recorded>): void => {
    const left = partsOf(key).filter(({ made }) => made !== gone)
    if (left.length > 0) uses.set(key, left)
    else uses.delete(key)
  }

  const add = (key: string, { from, to }: Span, record: () => Promise<number>) => {
    const made = record().then((entry): Recorded => ({ from, to, entry, completed: false }))
    if (uses.size >= MOST_USES) uses.clear()
    uses.set(key, [...partsOf(key).slice(1 - MOST_PARTS), { from, to, made }])
    made.catch(() => remove(key, made))
    return made
  }

  return {
    covering: (use, span, record) => {
      const key = keyOf(use)
      const found = partsOf(key).find(({ from, to }) => from <= span.from && span.to <= to)
      return found?.made ?? add(key, span, record)
    },
    forget: (use, { from, to }) => {
      const key = keyOf(use)
      for (const part of partsOf(key))
        if (part.from === from && part.to === to) remove(key, part.made)
    },
  }
}
