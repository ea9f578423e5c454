import type { KeyOf } from '../area.ts'
import { defineArea } from '../area.ts'
import english from '../en/contribute.json' with { type: 'json' }

/** Words of contributing files with a record of consent. */
export const contribute = defineArea('contribute', english)
export type ContributeKey = KeyOf<typeof english>
