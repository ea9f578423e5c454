import { defineArea } from '../area.ts'
import english from '../en/builder.json' with { type: 'json' }

/** Words of building a licence. */
export const builder = defineArea('builder', english)
