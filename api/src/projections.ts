import { projections as datasetProjections } from './datasets/projections.ts'
import { projections as proposalProjections } from './governance/projections.ts'
import { projections as grantProjections } from './grants/projections.ts'
import { projections as licenceProjections } from './licences/projections.ts'
import type { Projection } from './log/index.ts'
import { projections as peopleProjections } from './people/projections.ts'

/** Everything readable follows from the events through these. */
export const PROJECTIONS: readonly Projection[] = [
  ...peopleProjections,
  ...proposalProjections,
  ...licenceProjections,
  ...datasetProjections,
  ...grantProjections,
]
