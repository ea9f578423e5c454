import type { ReactNode } from 'react'
import { request } from '../i18n/areas/request.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Notice, type Tone } from '../ui/Notice.tsx'
import type { RequestAnswer } from './request-answer.ts'

const tones: Readonly<Record<string, Tone>> = { permit: 'good', refer: 'wait', deny: 'bad' }

interface ReasonedAnswerProps {
  readonly decision: string
  readonly reasons: readonly { readonly clause: string; readonly text: string }[]
  /** A no that something can still turn: an agreement, a fact, a vote, a day. */
  readonly turnable?: boolean
  readonly children?: ReactNode
}

/** Permit, deny or refer, each reason with the clause it comes from. */
export function ReasonedAnswer({ decision, reasons, turnable, children }: ReasonedAnswerProps) {
  const t = useT(request)
  const words = useT(shared)
  const notYet = decision === 'deny' && turnable
  return (
    <Notice
      tone={notYet ? 'wait' : (tones[decision] ?? 'note')}
      title={notYet ? t('answer.notYet') : words.code('decision', decision)}
    >
      <ul>
        {reasons.map(({ clause, text }) => (
          <li key={`${clause} ${text}`} dir="auto">
            {text} {clause.includes('#') && <code>{clause.replace(/^.*#/, '#')}</code>}
          </li>
        ))}
      </ul>
      {children}
    </Notice>
  )
}

interface RequestAnswerBoxProps {
  readonly answer: RequestAnswer | null
  readonly complete: boolean
}

/** The answer as it stands now, read out when it changes. */
export function RequestAnswerBox({ answer, complete }: RequestAnswerBoxProps) {
  const t = useT(request)
  return (
    <section aria-live="polite" aria-atomic="true">
      <h3>{t('answer.title')}</h3>
      {!complete && <p>{t('answer.wait')}</p>}
      {complete && !answer && <p>{t('answer.unreadable')}</p>}
      {complete && answer && (
        <ReasonedAnswer
          decision={answer.decision.decision}
          reasons={answer.reasons}
          turnable={answer.decision.ways.length > 0}
        />
      )}
    </section>
  )
}
