import { propose } from '../i18n/areas/propose.ts'
import { useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'

interface ConsequencesProps {
  readonly of: 'election' | 'end' | 'takedown' | 'delegation' | 'resume'
  readonly count: number
}

/** What will be different once such a decision takes effect, and what will not: sentence by sentence. */
export function Consequences({ of, count }: ConsequencesProps) {
  const t = useT(propose)
  const numbers = Array.from({ length: count }, (_, index) => String(index + 1))
  return (
    <Notice tone="wait" title={t('then.title')}>
      <ul>
        {numbers.map((number) => (
          <li key={number}>{t.code(`then.${of}`, number)}</li>
        ))}
      </ul>
    </Notice>
  )
}
