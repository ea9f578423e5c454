import { defineArea } from '../area.ts'
import english from '../en/shell.json' with { type: 'json' }

export const shell = defineArea('shell', english)
