import type { Refusal } from '../log/index.ts'
import type { DoorRefusal } from './grants.ts'

/** A refusal at the door with the status that real clients understand. */
export const shut = (
  status: DoorRefusal['status'],
  code: string,
  message: string,
  reasons: Refusal['reasons'] = [],
): DoorRefusal => ({ ok: false, status, code, message, reasons })

export const NO_GRANT = shut(
  403,
  'NO_GRANT',
  'You hold no grant for this version. Ask for access on the dataset’s page.',
)

export const NEW_TERMS = shut(
  403,
  'TEAM_TERMS',
  'The terms of this grant have changed since you accepted them. Accept them on its page.',
)
