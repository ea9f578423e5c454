/** Everything a community decides by vote. An effect without a matter cannot happen (lint L1). */
export const MATTERS = [
  'dataset.publish',
  'access.grant',
  'access.renew',
  'access.revoke',
  'access.suspend',
  'licence.adopt',
  'release.stage',
  'member.admit',
  'member.attest',
  'body.elect',
  'charter.amend',
  'data.takedown',
  'duty.waive',
  'delegation.grant',
  'fingerprint.policy',
] as const

export type Matter = (typeof MATTERS)[number]

/** Whether a word is one of {@link MATTERS}. */
export function isMatter(word: string): word is Matter {
  return MATTERS.some((matter) => matter === word)
}
