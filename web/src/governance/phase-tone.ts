import type { ProposalPhase } from '../graphql/generated.ts'
import type { Tone } from '../ui/Notice.tsx'

const tones: Partial<Record<ProposalPhase, Tone>> = {
  open: 'wait',
  standstill: 'note',
  appealed: 'note',
  enactable: 'good',
  enacted: 'good',
  rejected: 'bad',
  inquorate: 'bad',
  vetoed: 'bad',
  annulled: 'bad',
}

/** Colour beside the word of a phase; phases that ask nothing of anyone have none. */
export const toneOf = (phase: ProposalPhase): Tone | undefined => tones[phase]
