import type { Claim } from '../../policies/index.ts'
import { EMBARGO, EXPIRY, OPEN, type TemplateName } from './licence-support.ts'

type Body = Omit<Claim, 'id'>

const never = (scope: Claim['scope']): Body => ({ verdict: 'never', scope })
const always = (scope: Claim['scope']): Body => ({ verdict: 'always', scope })
const onlyIf = (condition: Claim['scope'], scope: Claim['scope'] = {}): Body => ({
  verdict: 'onlyIf',
  scope,
  condition,
})
const approved = { councilApproval: ['approved'] } as const
const signed = { benefitAgreement: ['signed'] } as const

/** Claims that somebody might well make of each template, and that are not true. */
export const FALSE_CLAIMS: Readonly<Record<TemplateName, readonly Body[]>> = {
  guardianship: [
    never({ membership: ['none'] }),
    never({ actions: ['train'] }),
    never({ territory: ['other'] }),
    never({ from: EXPIRY - 1 }),
    never({ until: EMBARGO + 1 }),
    onlyIf({ membership: ['member'] }),
    onlyIf(approved),
    onlyIf(approved, { membership: ['member'] }),
    onlyIf({ actorKind: ['academic', 'publicBody'] }),
    onlyIf({ ethicsApproval: ['yes'] }),
    onlyIf({ withDuties: ['informCouncil'] }),
    onlyIf({ identityAssurance: [3] }),
    always({ membership: ['member'], territory: ['home'] }),
    always({ councilApproval: ['approved'], actorKind: ['academic'] }),
  ],
  'tiered-benefit': [
    never({ actorKind: ['commercial'] }),
    never({ actions: ['redistribute'] }),
    never({ purposes: ['voiceImitation'] }),
    onlyIf(signed),
    onlyIf(signed, { territory: ['nonHighIncome'] }),
    onlyIf({ withDuties: ['shareAlike'] }),
    onlyIf({ control: ['region'] }),
    always({ territory: ['home'], control: ['region'], withDuties: ['attribute', 'shareAlike'] }),
  ],
  reinvest: [
    never({ actorKind: ['commercial'] }),
    never({ purposes: ['commercialProduct'], territory: ['other'] }),
    never({ commercialTie: ['yes'], membership: ['none'] }),
    onlyIf(signed, { actorKind: ['commercial'] }),
    onlyIf({ withDuties: ['shareAlike'] }),
    onlyIf({ control: ['region'] }),
    onlyIf({ purposes: ['linguisticResearch', 'languageTechnologyResearch'] }),
    always({ purposes: ['linguisticResearch'] }),
  ],
  'open-with-credit': [
    never({ actorKind: ['commercial'] }),
    never({ purposes: ['corpusBuilding'] }),
    never({ actions: ['redistribute'] }),
    onlyIf({ commercialTie: ['no'] }),
    onlyIf({ withDuties: ['shareAlike'] }),
    always({ purposes: ['learning'] }),
    always({ withDuties: ['attribute'] }),
  ],
  'research-only': [
    never({ actorKind: ['nonprofit'] }),
    never({ purposes: ['preservation'] }),
    never({ membership: ['none'] }),
    never({ from: EXPIRY - 1 }),
    onlyIf({ actorKind: ['academic'] }),
    onlyIf(approved),
    onlyIf({ withDuties: ['shareBack'] }),
    always({ actorKind: ['academic'], ethicsApproval: ['yes'], commercialTie: ['no'] }),
  ],
  'community-only': [
    never({ membership: ['member'] }),
    never({ actions: ['useInPlace'] }),
    never({ purposes: ['linguisticResearch'] }),
    onlyIf({ purposes: ['communityUse', 'learning'] }),
    onlyIf({ identityAssurance: [3] }),
    onlyIf({ actorKind: ['individual', 'communityBody'] }),
    always({ membership: ['member'] }),
  ],
  'staged-release': [
    never({ actions: ['preview'], until: EMBARGO }),
    never({ actorKind: ['commercial'] }),
    never({ actions: ['redistribute'] }),
    never({ membership: ['none'], until: OPEN }),
    onlyIf(approved, { from: EMBARGO, until: OPEN }),
    onlyIf({ membership: ['member'] }, { until: EMBARGO + 1 }),
    onlyIf({ withDuties: ['reportBack'] }, { actions: ['download'] }),
    always({ from: OPEN, withDuties: ['attribute'] }),
  ],
  open: [
    never({ purposes: ['surveillance'] }),
    never({ actorKind: ['commercial'] }),
    onlyIf({ identityAssurance: [1, 2, 3] }),
    always({}),
  ],
}
