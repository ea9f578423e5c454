import { SignOutEverywhereDocument } from '../graphql/generated.ts'
import { useMutation } from '../graphql/hooks.ts'
import { people } from '../i18n/areas/people.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Tag } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { useNavigate } from '../ui/router.tsx'
import type { AccountViewer } from './AccountPage.tsx'

export function SessionList({ sessions }: { readonly sessions: AccountViewer['sessions'] }) {
  const t = useT(people)
  const format = useFormat()
  const navigate = useNavigate()
  const [run, { fetching, error }] = useMutation(SignOutEverywhereDocument)
  const signOut = async () => {
    const { data } = await run({})
    if (data) await navigate('/sign-in', { replace: true })
  }
  return (
    <Section title={t('sessions.title')}>
      <ul>
        {sessions.map(({ id, device, current, lastSeenAt }) => (
          <li key={id}>
            {device} {current && <Tag tone="good">{t('sessions.current')}</Tag>}
            <br />
            {t('sessions.seen', { instant: format.instant(lastSeenAt) })}
          </li>
        ))}
      </ul>
      <p>{t('sessions.everywhereText')}</p>
      <CommandAnswer command={{ refused: null, error }} />
      <ButtonRow>
        <Button look="danger" busy={fetching} onClick={signOut}>
          {t('sessions.everywhere')}
        </Button>
      </ButtonRow>
    </Section>
  )
}
