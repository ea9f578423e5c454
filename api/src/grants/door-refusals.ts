import { type Dataset, effectiveStage } from '../datasets/datasets.ts'
import type { Refusal } from '../log/index.ts'
import type { DoorRefusal, Grant } from './grants.ts'

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

export const WITHDRAWN = shut(403, 'WITHDRAWN', 'The contributor has withdrawn this file.')

export const BREACHED = shut(
  403,
  'DUTY_BREACHED',
  'A promise to this community was not made good in time. Its council can lift this by a vote.',
)

export const NO_FILE = shut(404, 'NO_FILE', 'This version has no such file.')

export const NO_COPY = shut(
  503,
  'COPY_NOT_MADE',
  'Your own copy of this file could not be made, so nothing was sent. Try again in a minute; if it stays so, tell whoever runs this registry.',
)

export const NEW_TERMS = shut(
  403,
  'TEAM_TERMS',
  'The terms of this grant have changed since you accepted them. Accept them on its page.',
)

export const ABSENT = shut(
  404,
  'NOT_FOUND',
  'There is nothing at this address, or you may not see it.',
)

export const TAKEN_DOWN = shut(
  403,
  'TAKEN_DOWN',
  'A vote of the community has taken this dataset down for good. Its page says why.',
)

/** What of a dataset can be had here: its files, or a sample of them on a page. */
export type EnforcedAction = 'download' | 'preview'

const COVERED: Readonly<Record<EnforcedAction, readonly string[]>> = {
  download: ['download'],
  // Whoever may have all of it may look at a part.
  preview: ['preview', 'download'],
}

/** Is the grant itself still good? Revocation and time are read, never scheduled. */
export const standing = (
  grant: Grant,
  now: number,
  action: EnforcedAction = 'download',
): DoorRefusal | null => {
  if (grant.revokedAt !== null) {
    return shut(403, 'GRANT_REVOKED', 'The council has revoked this grant.')
  }
  if (grant.renewedBy !== null) {
    return shut(403, 'GRANT_RENEWED', 'This grant has been renewed. Use the new one.')
  }
  if (now >= grant.expiresAt) {
    return shut(403, 'GRANT_EXPIRED', 'This grant has expired. Ask for access again.')
  }
  if (!COVERED[action].some((one) => grant.actions.includes(one))) {
    return shut(403, 'ACTION_NOT_GRANTED', `This grant covers other uses, but no ${action}.`)
  }
  return null
}

/** The lowest rung of the release ladder on which it can be had. */
const RUNG: Readonly<Record<EnforcedAction, number>> = { download: 4, preview: 2 }

const UNRELEASED: Readonly<Record<EnforcedAction, string>> = {
  download: 'The community has not released this dataset for download.',
  preview: 'The community has not released a sample of this dataset.',
}

/** Has the community closed the dataset to everybody? */
export const closed = (
  dataset: Dataset,
  now: number,
  action: EnforcedAction = 'download',
): DoorRefusal | null => {
  if (dataset.suspension !== null) {
    return shut(403, 'SUSPENDED', 'The community has suspended this dataset.')
  }
  if (dataset.embargoUntil !== null && now < dataset.embargoUntil) {
    const day = new Date(dataset.embargoUntil).toISOString().slice(0, 10)
    return shut(403, 'EMBARGOED', `No file leaves before ${day}.`)
  }
  return effectiveStage(dataset, now) < RUNG[action]
    ? shut(403, 'STAGE_CLOSED', UNRELEASED[action])
    : null
}

/** What is said when the same stands in the way of something it was made from. */
export const PARENT_CLOSED = {
  code: 'PARENT_CLOSED',
  message:
    'A dataset this was made from is closed now, so this one is too. It opens again with that one.',
} as const
