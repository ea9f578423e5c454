import type { SetUpResultFragment } from '../graphql/generated.ts'
import { setUp } from '../i18n/areas/set-up.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { Copy } from '../ui/Copy.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { saveText } from '../ui/save-text.ts'
import { useNewHeading } from '../ui/use-new-heading.ts'

/** Links are given as paths or whole addresses; people need whole ones. */
const whole = (link: string) => new URL(link, window.location.origin).href

export function SetUpDone({ result }: { readonly result: SetUpResultFragment }) {
  const t = useT(setUp)
  useNewHeading()
  const { community, invitations } = result
  const save = () =>
    saveText(
      'invitations.txt',
      invitations.map(({ name, email, link }) => `${name} <${email}>\n${whole(link)}\n`).join('\n'),
    )
  return (
    <Page title={t('done.title', { name: community?.name ?? '' })} narrow>
      <Notice tone="good" live>
        <p>{t('done.text')}</p>
      </Notice>
      <Section title={t('done.invitations')}>
        {invitations.length === 0 && <p>{t('done.noInvitations')}</p>}
        {invitations.map(({ name, email, link }) => (
          <Copy
            key={email}
            label={t('done.link', { name: `${name} (${email})` })}
            value={whole(link)}
          />
        ))}
      </Section>
      <p>
        {t('done.rules')}{' '}
        <Link to={`/communities/${community?.slug ?? ''}/charter/edit`}>{t('done.toRules')}</Link>
      </p>
      <ButtonRow>
        {invitations.length > 0 && <Button onClick={save}>{t('done.download')}</Button>}
        <ButtonLink to={`/communities/${community?.slug ?? ''}`} look="primary">
          {t('done.toCommunity')}
        </ButtonLink>
      </ButtonRow>
    </Page>
  )
}
