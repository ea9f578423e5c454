import { defineArea } from '../area.ts'
import english from '../en/decisions.json' with { type: 'json' }

export const decisions = defineArea('decisions', english)
