import { projections as datasetProjections } from './datasets/projections.ts'
import { projections as proposalProjections } from './governance/projections.ts'
import { projections as grantProjections } from './grants/projections.ts'
import { projections as licenceProjections } from './licences/projections.ts'
import type { Projection } from './log/index.ts'
import { projections as peopleProjections } from './people/projections.ts'

/**
 * The shape of what these make of the events. Raise it whenever documents that were folded before
 * would be read wrongly, such as after a field was added or moved.
 */
export const SHAPE = 1

/** Everything readable follows from the events through these. */
export const PROJECTIONS: readonly Projection[] = [
  ...peopleProjections,
  ...proposalProjections,
  ...licenceProjections,
  ...datasetProjections,
  ...grantProjections,
]
