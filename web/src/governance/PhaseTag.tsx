import type { ProposalPhase } from '../graphql/generated.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Tag } from '../ui/Notice.tsx'
import { toneOf } from './phase-tone.ts'

export function PhaseTag({ phase }: { readonly phase: ProposalPhase }) {
  const t = useT(shared)
  return <Tag tone={toneOf(phase)}>{t.code('phase', phase)}</Tag>
}
