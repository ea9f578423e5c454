import { dutiesOf } from '../../../policies/index.ts'
import { keepersOf } from '../datasets/datasets.ts'
import { answersTo } from './answers-to.ts'
import type { Grant } from './grants.ts'
import { type BoundTerms, type CustodianTerms, licencesBy, type ReadTerms } from './terms.ts'

const asks = (kind: string, whose: CustodianTerms): boolean =>
  licencesBy(whose).some((one) => dutiesOf(one).some((duty) => duty.kind === kind))

/** Whose councils let somebody off towards one part of the terms; nobody where it does not ask for it. */
const councilsIn = (
  { dataset, own, rule, custodians }: BoundTerms,
  grant: Grant,
  kind: string,
): readonly string[] => {
  const answering = answersTo(grant)
  const speaking =
    own && rule === 'any'
      ? custodians.filter(({ community }) => answering.includes(community))
      : custodians
  const asking = speaking.filter((one) => asks(kind, one)).map(({ community }) => community)
  const keepers = keepersOf(dataset)
  return asking.every((one) => keepers.includes(one)) ? asking : keepers
}

/**
 * Who can let the holder of a grant off a duty: the communities whose licences ask for it, those of
 * what the work was made from as well. Where one community is enough, only the ones on whose word the
 * grant rests; for one that has left its terms behind, all that keep the dataset.
 */
export const councilsOver = async (
  { termsOf }: { readonly termsOf: ReadTerms },
  grant: Grant,
  kind: string,
): Promise<readonly string[]> => {
  const terms = await termsOf(grant)
  const councils = new Set(terms.flatMap((part) => councilsIn(part, grant, kind)))
  return councils.size > 0 ? [...councils] : answersTo(grant)
}
