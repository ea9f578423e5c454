import { defineArea } from '../area.ts'
import english from '../en/communities.json' with { type: 'json' }

export const communities = defineArea('communities', english)
