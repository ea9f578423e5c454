import type { FileChange } from '../datasets/compare-versions.ts'
import type { Actor } from '../people/people.ts'
import { createRowCounter, type RowChange } from './count-rows.ts'
import type { DoorDeps } from './door-desk.ts'
import { mayCompare } from './look.ts'

/** What is told of the bytes on pages, each time after a decision. */
export interface ReadingDesk {
  /** How many rows of a file came and went; null where that cannot or may not be told. */
  rowsChanged(actor: Actor | null, change: FileChange): Promise<RowChange | null>
}

export const createReadingDesk = (deps: DoorDeps): ReadingDesk => {
  const countRows = createRowCounter(deps.files)
  return {
    rowsChanged: async (actor, change) => {
      const { countable, older, newer } = change
      if (!countable || !(await mayCompare(deps, actor, [older, newer]))) return null
      return countRows(change)
    },
  }
}
