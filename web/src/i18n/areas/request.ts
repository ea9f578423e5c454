import type { KeyOf } from '../area.ts'
import { defineArea } from '../area.ts'
import english from '../en/request.json' with { type: 'json' }

/** Words of asking for access and of what became of it. */
export const request = defineArea('request', english)
export type RequestKey = KeyOf<typeof english>
