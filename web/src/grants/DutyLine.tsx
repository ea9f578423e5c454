import type { GrantDutyFragment } from '../graphql/generated.ts'
import { grants } from '../i18n/areas/grants.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Tag, type Tone } from '../ui/Notice.tsx'
import { Details } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { Instant } from '../ui/Text.tsx'

const TONES: Readonly<Record<string, Tone>> = {
  accepted: 'good',
  waived: 'good',
  scheduled: 'note',
  overdue: 'bad',
  grace: 'bad',
  breached: 'bad',
}

interface DutyLineProps {
  readonly duty: GrantDutyFragment
  readonly now: string
}

/** One duty: what it asks, where it stands, and what was handed in and said so far. */
export function DutyLine({ duty, now }: DutyLineProps) {
  const words = useT(shared)
  const say = useDutyPhase(now)
  return (
    <>
      <strong>{words.code('duty', duty.kind)}</strong>{' '}
      <Tag tone={TONES[duty.phase] ?? 'wait'}>{say(duty)}</Tag>
      <br />
      <span dir="auto">{duty.text}</span>
      <DutyRecords records={duty.records ?? []} />
    </>
  )
}

function useDutyPhase(now: string) {
  const t = useT(grants)
  const format = useFormat()
  const dayOf = (at: string | null): string => (at ? format.day(at) : '')
  return (duty: GrantDutyFragment): string => {
    const day = dayOf(duty.dueAt)
    const until = dayOf(duty.curableUntil)
    const count = duty.withinDays
    const said: Readonly<Record<string, () => string>> = {
      accepted: () => t('duties.met', { day: dayOf(duty.metAt) }),
      due: () => t('duties.due', { day, distance: format.distance(duty.dueAt ?? now, now) }),
      overdue: () => t('duties.overdue', { day, until }),
      grace: () => t('duties.grace', { day, until }),
      submitted: () => t(duty.overdue ? 'duties.submittedLate' : 'duties.submitted'),
      returned: () => t('duties.returned'),
      waived: () => t('duties.waived'),
      breached: () => t('duties.breached', { until }),
    }
    const always = () => (count === null ? t('duties.always') : t('duties.fromFirstUse', { count }))
    return (said[duty.phase] ?? always)()
  }
}

type Records = NonNullable<GrantDutyFragment['records']>

function DutyRecords({ records }: { readonly records: Records }) {
  const t = useT(grants)
  if (records.length === 0) return null
  return (
    <Details summary={t('duties.records')}>
      <ul>
        {records.map(({ type, at, evidence, words, entry }) => (
          <li key={entry}>
            {t.code('record', type)} · <Instant iso={at} /> ·{' '}
            <Link to={`/log/entries/${entry}`}>{t('downloads.entry', { entry })}</Link>
            {words && <p dir="auto">{words}</p>}
            <dl>
              {evidence.map(({ field, text }) => (
                <div key={field}>
                  <dt>{t.code('evidence', field)}</dt>
                  <dd dir="auto">{text}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </Details>
  )
}
