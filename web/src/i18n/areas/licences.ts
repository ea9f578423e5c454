import { defineArea } from '../area.ts'
import english from '../en/licences.json' with { type: 'json' }

export const licences = defineArea('licences', english)
