import type { Claim } from './claim.ts'
import type { Scope } from './scope.ts'

const never = (scope: Scope) => ({ verdict: 'never', scope }) as const
const onlyIf = (scope: Scope, condition: Scope) =>
  ({ verdict: 'onlyIf', scope, condition }) as const

/** What communities most often want to be sure of, by the name of the claim. */
const SUGGESTIONS: Readonly<Record<string, Omit<Claim, 'id'>>> = {
  'no-company': never({ actorKind: ['commercial'] }),
  'no-company-behind': never({ commercialTie: ['yes'] }),
  'no-product-to-sell': never({ purposes: ['commercialProduct', 'advertising'] }),
  'no-watching': never({ purposes: ['surveillance', 'profiling'] }),
  'no-voice-copies': never({ purposes: ['voiceImitation'] }),
  'no-larger-collection': never({ purposes: ['corpusBuilding'] }),
  'no-passing-on': never({ actions: ['redistribute'] }),
  'no-training': never({ actions: ['train'] }),
  'no-copy-leaves': never({ actions: ['download', 'derive', 'train', 'redistribute'] }),
  'members-only': onlyIf({}, { membership: ['member'] }),
  'others-ask-council': onlyIf({ membership: ['none'] }, { councilApproval: ['approved'] }),
  'council-always': onlyIf({}, { councilApproval: ['approved'] }),
  'elsewhere-asks-council': onlyIf(
    { territory: ['nonHighIncome', 'other'] },
    { councilApproval: ['approved'] },
  ),
  'only-with-credit': onlyIf({}, { withDuties: ['attribute'] }),
  'only-with-report': onlyIf({}, { withDuties: ['reportBack'] }),
  'only-checked': onlyIf({}, { identityAssurance: [2, 3] }),
  'only-in-good-standing': onlyIf({}, { overdue: ['none'] }),
  'only-with-ethics': onlyIf({}, { ethicsApproval: ['yes'] }),
}

const meaning = ({ verdict, scope, condition }: Omit<Claim, 'id'>): string =>
  JSON.stringify([verdict, scope, condition ?? null])

/** Claims to choose from for the licence with this uid, without those it makes already. */
export function suggestedClaims(uid: string, made: readonly Claim[]): readonly Claim[] {
  const known = new Set(made.map(meaning))
  return Object.entries(SUGGESTIONS)
    .filter(([, claim]) => !known.has(meaning(claim)))
    .map(([name, claim]) => ({ id: `${uid}#claim-${name}`, ...claim }))
}
