import { defineArea } from '../area.ts'
import english from '../en/forms.json' with { type: 'json' }

/** Words of forms in several steps: going on and back, drafts, copies, faults. */
export const forms = defineArea('forms', english)
