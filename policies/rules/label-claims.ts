import type { Claim } from './claim.ts'
import { COMMERCIAL, COMMUNITY, COPYING, RESEARCH } from './label-rules.ts'
import { LABELS, type LabelCode, type LabelEffect } from './labels.ts'

type Body = Omit<Claim, 'id'>

const never = (scope: Claim['scope']): Body => ({ verdict: 'never', scope })
const onlyIf = (condition: Claim['scope'], scope: Claim['scope'] = {}): Body => ({
  verdict: 'onlyIf',
  scope,
  condition,
})
const approved = { councilApproval: ['approved'] } as const

function bodiesOf(effect: LabelEffect): readonly Body[] {
  switch (effect.kind) {
    case 'barsCommercial':
      return [never({ purposes: COMMERCIAL })]
    case 'refersCommercial':
      return [onlyIf({ settledByPeople: ['yes'] }, { purposes: COMMERCIAL })]
    case 'membersOnly':
      return [onlyIf({ membership: ['member'] })]
    case 'inPlaceByCouncil':
      return [never({ actions: COPYING }), onlyIf(approved, { actions: ['useInPlace'] })]
    case 'communityPurposesOnly':
      return [onlyIf({ purposes: COMMUNITY })]
    case 'researchOnly':
      return [onlyIf({ purposes: RESEARCH })]
    case 'councilDecides':
      return [onlyIf(approved)]
    case 'duty':
      return [onlyIf({ withDuties: [effect.duty] })]
    case 'needsMonths':
    case 'blocksPublication':
    case 'display':
      return []
  }
}

/** What a label with an effect claims of the clauses it stands beside; none for other labels. */
export const labelClaims = (code: LabelCode): readonly Claim[] =>
  bodiesOf(LABELS[code].effect).map((body) => ({ id: `urn:commonhold:label:${code}`, ...body }))
