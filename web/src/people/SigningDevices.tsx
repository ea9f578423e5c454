import { people } from '../i18n/areas/people.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import type { AccountViewer } from './AccountPage.tsx'

/** Keys in force in open votes; each is ended on the page of its vote. */
export function SigningDevices({ keys }: { readonly keys: AccountViewer['ballotKeys'] }) {
  const t = useT(people)
  const format = useFormat()
  const inForce = keys.filter(({ endedAt }) => endedAt === null)
  if (inForce.length === 0) return null
  return (
    <Section title={t('devices.title')}>
      <p>{t('devices.lead')}</p>
      <ul>
        {inForce.map(({ key, addedAt, proposal }) => (
          <li key={key}>
            <Link to={`/decisions/${proposal.id}/sign`} dir="auto">
              {proposal.title}
            </Link>
            <br />
            {t('devices.row', { instant: format.instant(addedAt) })}
          </li>
        ))}
      </ul>
    </Section>
  )
}
