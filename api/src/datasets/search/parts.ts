import type { Columns } from './columns.ts'
import type { FacetValues } from './facet-values.ts'
import type { SearchTables } from './types.ts'
import type { Vocabulary } from './vocabulary.ts'
import type { Words } from './words.ts'

/** What an open index is made of. */
export interface Parts {
  readonly tables: SearchTables
  readonly columns: Columns
  readonly values: FacetValues
  readonly vocabulary: Vocabulary
  readonly read: (text: string) => Words
}
