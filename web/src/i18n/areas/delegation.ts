import { defineArea } from '../area.ts'
import english from '../en/delegation.json' with { type: 'json' }

/** Words of standing decisions: what was handed over, and how it is stopped. */
export const delegation = defineArea('delegation', english)
