import type { Tally, View } from '../../../policies/index.ts'

type Counts = Pick<Tally, 'yes' | 'no' | 'abstain'>

/** Nobody in the council answered: no access, but no refusal either, and it is counted in public. */
export const isUnanswered = ({
  phase,
  tally: { yes, no, abstain },
}: Pick<View, 'phase'> & { readonly tally: Counts }): boolean =>
  phase === 'inquorate' || phase === 'expired' || (phase === 'rejected' && yes + no + abstain === 0)
