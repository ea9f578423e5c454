/** The matters of charters in the order of their pages; the kernel's own list would bring the kernel. */
export const MATTER_NAMES = [
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
