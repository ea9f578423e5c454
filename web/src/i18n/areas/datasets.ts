import { defineArea } from '../area.ts'
import english from '../en/datasets.json' with { type: 'json' }

export const datasets = defineArea('datasets', english)
