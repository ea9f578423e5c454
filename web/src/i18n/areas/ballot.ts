import type { KeyOf } from '../area.ts'
import { defineArea } from '../area.ts'
import english from '../en/ballot.json' with { type: 'json' }

/** Words of one vote, and of the list of votes that wait. */
export const ballot = defineArea('ballot', english)
export type BallotKey = KeyOf<typeof english>
