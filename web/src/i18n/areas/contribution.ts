import { defineArea } from '../area.ts'
import english from '../en/contribution.json' with { type: 'json' }

/** Words about what somebody gave: what became of it, and taking it back. */
export const contribution = defineArea('contribution', english)
