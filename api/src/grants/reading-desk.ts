import type { FileChange } from '../datasets/compare-versions.ts'
import type { Actor } from '../people/people.ts'
import { createRowCounter, type RowChange } from './count-rows.ts'
import type { DoorDeps } from './door-desk.ts'
import type { DoorRefusal } from './grants.ts'
import { mayCompare } from './look.ts'
import { createPreview, type Preview, type PreviewRequest } from './preview.ts'

/** What is told of the bytes on pages, each time after a decision. */
export interface ReadingDesk {
  /** How many rows of a file came and went; null where that cannot or may not be told. */
  rowsChanged(actor: Actor | null, change: FileChange): Promise<RowChange | null>
  /** The beginning of a file, if this person may look at it now. That it was shown is recorded. */
  preview(actor: Actor | null, asked: PreviewRequest): Promise<Preview | DoorRefusal>
}

export const createReadingDesk = (deps: DoorDeps): ReadingDesk => {
  const countRows = createRowCounter(deps.files)
  return {
    preview: createPreview(deps),
    rowsChanged: async (actor, change) => {
      const { countable, older, newer } = change
      if (!countable || !(await mayCompare(deps, actor, [older, newer]))) return null
      return countRows(change)
    },
  }
}
