import { dutiesOf, type Licence } from '../../../policies/index.ts'
import { keepersOf } from '../datasets/datasets.ts'
import { answersTo } from './answers-to.ts'
import type { Grant } from './grants.ts'
import type { CustodianTerms, ReadTerms } from './terms.ts'

const asks = (kind: string, { licence, newer }: CustodianTerms): boolean =>
  [licence, newer].some(
    (one: Licence | null) => one !== null && dutiesOf(one).some((duty) => duty.kind === kind),
  )

/**
 * Who can let the holder of a grant off a duty: the communities whose licences ask for it. Where one
 * community is enough, only the ones on whose word the grant rests; for one that has left its terms
 * behind, all that keep the dataset.
 */
export const councilsOver = async (
  { termsOf }: { readonly termsOf: ReadTerms },
  grant: Grant,
  kind: string,
): Promise<readonly string[]> => {
  const answering = answersTo(grant)
  const [own] = await termsOf(grant)
  if (!own) return answering
  const keepers = keepersOf(own.dataset)
  const speaking =
    own.rule === 'any'
      ? own.custodians.filter(({ community }) => answering.includes(community))
      : own.custodians
  const asking = speaking.filter((one) => asks(kind, one)).map(({ community }) => community)
  const deciding = asking.every((one) => keepers.includes(one)) ? asking : keepers
  return deciding.length > 0 ? deciding : answering
}
