import type { KeyOf } from '../area.ts'
import { defineArea } from '../area.ts'
import english from '../en/set-up.json' with { type: 'json' }

/** Words of the first set-up and of founding a community. */
export const setUp = defineArea('set-up', english)
export type SetUpKey = KeyOf<typeof english>
