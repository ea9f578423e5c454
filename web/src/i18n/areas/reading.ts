import { defineArea } from '../area.ts'
import english from '../en/reading.json' with { type: 'json' }

/** Words of what can be read of the data itself: what changed, what is gone, samples. */
export const reading = defineArea('reading', english)
