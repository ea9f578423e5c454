import { defineArea } from '../area.ts'
import english from '../en/log.json' with { type: 'json' }

export const log = defineArea('log', english)
