import type { ProposeDraft } from './propose-draft.ts'

const orNull = (text: string) => text.trim() || null

export const toMember = (community: string, draft: ProposeDraft) => ({
  community,
  email: draft.email.trim(),
  name: draft.name.trim(),
  bodies: [...draft.bodies],
  group: orNull(draft.group),
  reason: draft.reason.trim(),
  deliberate: draft.deliberate,
})

export const toAttestation = (community: string, draft: ProposeDraft) => ({
  community,
  email: draft.email.trim(),
  actorKind: orNull(draft.actorKind),
  commercialTie: orNull(draft.commercialTie),
  identityAssurance: draft.assurance === '' ? null : Number(draft.assurance),
  country: orNull(draft.country),
  benefitAgreement: orNull(draft.benefit),
  reason: draft.reason.trim(),
  deliberate: draft.deliberate,
})

export const toLicence = (community: string, draft: ProposeDraft, document: unknown) => ({
  community,
  replaces: orNull(draft.replaces),
  document,
  reason: draft.reason.trim(),
  deliberate: draft.deliberate,
})

export const toRevocation = (draft: ProposeDraft) => ({
  grant: draft.grant.trim(),
  reason: draft.reason.trim(),
  deliberate: draft.deliberate,
})

export const toElection = (community: string, draft: ProposeDraft) => ({
  community,
  body: draft.body,
  members: [...draft.members],
  reason: draft.reason.trim(),
  deliberate: draft.deliberate,
})

export const toEnd = (community: string, draft: ProposeDraft) => ({
  community,
  member: draft.member,
  reason: draft.reason.trim(),
  deliberate: draft.deliberate,
})

export const toTakedown = (draft: ProposeDraft) => ({
  dataset: draft.dataset,
  reason: draft.reason.trim(),
  deliberate: draft.deliberate,
})

export const toDelegation = (community: string, draft: ProposeDraft) => ({
  community,
  purposes: [...draft.purposes],
  actions: [...draft.actions],
  datasets: [...draft.datasets],
  actorKinds: [...draft.actorKinds],
  territories: [...draft.territories],
  noCommercialTie: draft.noTie,
  longestDays: Number(draft.longestDays),
  largestTeam: Number(draft.largestTeam),
  until: `${draft.until}T00:00:00Z`,
  reason: draft.reason.trim(),
  deliberate: draft.deliberate,
})

/** What is to become of a standing decision. */
export const toStanding = (draft: ProposeDraft) => ({
  delegation: draft.delegation,
  reason: draft.reason.trim(),
  deliberate: draft.deliberate,
})
