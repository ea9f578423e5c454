import { defineArea } from '../area.ts'
import english from '../en/record.json' with { type: 'json' }

/** Words of recording sound in the browser. */
export const record = defineArea('record', english)
