import type { KeyOf } from '../area.ts'
import { defineArea } from '../area.ts'
import english from '../en/people.json' with { type: 'json' }

/** Words of signing in and of a person's own account. */
export const people = defineArea('people', english)
export type PeopleKey = KeyOf<typeof english>
