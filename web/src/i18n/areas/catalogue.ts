import { defineArea } from '../area.ts'
import english from '../en/catalogue.json' with { type: 'json' }

export const catalogue = defineArea('catalogue', english)
