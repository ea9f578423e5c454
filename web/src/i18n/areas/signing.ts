import type { KeyOf } from '../area.ts'
import { defineArea } from '../area.ts'
import english from '../en/signing.json' with { type: 'json' }

/** Words of ballots that a device signs where there is no line. */
export const signing = defineArea('signing', english)
export type SigningKey = KeyOf<typeof english>
