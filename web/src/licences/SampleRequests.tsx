import { evaluate, explainDecision, type Licence, outlookOf } from '../../../policies/index.ts'
import { builder } from '../i18n/areas/builder.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useLocale, useT } from '../i18n/use-t.ts'
import { Tag } from '../ui/Notice.tsx'
import css from './Builder.module.css'
import { outlookTones } from './outlook-tones.ts'
import { sampleRequests } from './sample-requests.ts'

interface SampleRequestsProps {
  readonly licence: Licence
  /** Epoch milliseconds. */
  readonly now: number
}

/** How the licence would answer requests as they come in practice. */
export function SampleRequests({ licence, now }: SampleRequestsProps) {
  const t = useT(builder)
  const words = useT(shared)
  const { code } = useLocale()
  return (
    <ul className={css.list}>
      {sampleRequests(licence).map(({ name, facts, use }) => {
        const decision = evaluate(licence, facts, use, now)
        const outlook = outlookOf(decision)
        const reason = explainDecision(licence, decision, code)[1]?.text
        return (
          <li key={name}>
            <p>
              <Tag tone={outlookTones[outlook]}>{words(`outlook.${outlook}`)}</Tag>{' '}
              {t.code('example', name)}
            </p>
            {outlook !== 'permit' && reason && (
              <p className={css.why} dir="auto">
                {reason}
              </p>
            )}
          </li>
        )
      })}
    </ul>
  )
}
