import type { KeyOf } from '../area.ts'
import { defineArea } from '../area.ts'
import english from '../en/propose.json' with { type: 'json' }

/** Words of making a proposal in a community. */
export const propose = defineArea('propose', english)
export type ProposeKey = KeyOf<typeof english>
