import type { KeyOf } from '../area.ts'
import { defineArea } from '../area.ts'
import english from '../en/grants.json' with { type: 'json' }

/** Words of grants, their duties and their downloads. */
export const grants = defineArea('grants', english)
export type GrantsKey = KeyOf<typeof english>
