import type { KeyOf } from '../area.ts'
import { defineArea } from '../area.ts'
import english from '../en/assemble.json' with { type: 'json' }

/** Words of stewards: making versions, asking to publish, closing a dataset. */
export const assemble = defineArea('assemble', english)
export type AssembleKey = KeyOf<typeof english>
