import { people } from '../i18n/areas/people.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Tag, type Tone } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'

interface RequestRow {
  readonly id: string
  readonly state: string
  readonly submittedAt: string
  readonly version: string
  readonly dataset: { readonly id: string; readonly title: string }
}

const tones: Readonly<Record<string, Tone>> = {
  voting: 'wait',
  granted: 'good',
  refused: 'bad',
  rejected: 'bad',
  unanswered: 'bad',
  withdrawn: 'note',
}

export function RequestList({ requests }: { readonly requests: readonly RequestRow[] }) {
  const t = useT(people)
  const format = useFormat()
  return (
    <Section title={t('requests.title')}>
      {requests.length === 0 && <p>{t('requests.none')}</p>}
      <ul>
        {requests.map(({ id, dataset, state, version, submittedAt }) => (
          <li key={id}>
            <Link to={`/requests/${id}`} dir="auto">
              {dataset.title}
            </Link>{' '}
            <Tag tone={tones[state]}>{t.code('request', state)}</Tag>
            <br />
            {t('requests.version', { version, day: format.day(submittedAt) })}
          </li>
        ))}
      </ul>
      <p>
        <Link to="/grants">{t('grants.link')}</Link>
      </p>
    </Section>
  )
}
