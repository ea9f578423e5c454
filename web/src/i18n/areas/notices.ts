import { defineArea } from '../area.ts'
import english from '../en/notices.json' with { type: 'json' }

/** Words of the page with what a person was told, and of what they want to be told. */
export const notices = defineArea('notices', english)
