import { defineArea } from '../area.ts'
import english from '../en/about.json' with { type: 'json' }

export const about = defineArea('about', english)
