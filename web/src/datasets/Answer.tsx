import { datasets } from '../i18n/areas/datasets.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { outlookTones } from '../licences/outlook-tones.ts'
import { ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import type { UseAnswer } from './use-answer.ts'

interface AnswerProps {
  readonly answer: UseAnswer
  readonly dataset: string
}

/** The licence's answer, each reason with the clause it comes from. */
export function Answer({ answer, dataset }: AnswerProps) {
  const t = useT(datasets)
  const words = useT(shared)
  const { outcome, headline, reasons, duties } = answer
  if (outcome === 'unreadable') return <Notice tone="note">{t('check.unreadable')}</Notice>
  return (
    <>
      <Notice tone={outlookTones[outcome]} title={words(`decision.${outcome}`)}>
        <p dir="auto">{headline}</p>
        {reasons.length > 0 && (
          <ul>
            {reasons.map(({ clause, text }) => (
              <li key={`${clause} ${text}`} dir="auto">
                {text} {clause.includes('#') && <code>{clause.replace(/^.*#/, '#')}</code>}
              </li>
            ))}
          </ul>
        )}
      </Notice>
      {duties.length > 0 && (
        <>
          <h3>{t('answer.duties')}</h3>
          <ul>
            {duties.map(({ kind, days }) => (
              <li key={kind}>
                {words.code('duty', kind)}
                {days !== undefined && `, ${t('answer.within', { count: days })}`}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>{t('answer.advice')}</p>
      {outcome !== 'deny' && (
        <ButtonRow>
          <ButtonLink to={`/datasets/${dataset}/request`}>{t('ask.button')}</ButtonLink>
        </ButtonRow>
      )}
    </>
  )
}
