import { defineArea, type KeyOf } from '../area.ts'
import english from '../en/charters.json' with { type: 'json' }

/** Words of writing a charter and of trying one out. */
export const charters = defineArea('charters', english)
export type ChartersKey = KeyOf<typeof english>
