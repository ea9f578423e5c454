import { defineArea } from '../area.ts'
import english from '../en/shared.json' with { type: 'json' }

/** Words that every page may need: names of months, units, states, common buttons. */
export const shared = defineArea('shared', english)
