import { defineArea } from '../area.ts'
import english from '../en/quality.json' with { type: 'json' }

/** Words about what was found in files while they were read. */
export const quality = defineArea('quality', english)
