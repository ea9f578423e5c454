import type { CommunityQuery } from '../graphql/generated.ts'
import { communities } from '../i18n/areas/communities.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import css from './Communities.module.css'

type Shown = NonNullable<CommunityQuery['community']>

/** The public counters that show whether the council's decisions bind. */
export function Register({ community }: { readonly community: Shown }) {
  const t = useT(communities)
  const format = useFormat()
  const { decided, open, unanswered, unratifiedSuspensions, downloads, downloadsCovered } =
    community.register
  const { openDuties, breachedDuties, answeredByStanding } = community.register
  const covered =
    downloads === 0
      ? t('register.none')
      : t('register.covered', { covered: downloadsCovered, all: downloads })
  const counters = [
    [t('register.decided'), format.number(decided)],
    [t('register.open'), format.number(open)],
    [t('register.unanswered'), format.number(unanswered)],
    [t('register.standing'), format.number(answeredByStanding)],
    [t('register.unratified'), format.number(unratifiedSuspensions)],
    [t('register.duties'), format.number(openDuties)],
    [t('register.breached'), format.number(breachedDuties)],
    [t('register.downloads'), covered],
  ] as const
  return (
    <Section title={t('register.title')} id="register">
      <p>{t('register.intro')}</p>
      <dl className={css.numbers}>
        {counters.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>
        <Link to={`/decisions?community=${community.id}`}>{t('register.all')}</Link>
        {' · '}
        <Link to={`/communities/${community.slug}/duties`}>{t('register.board')}</Link>
      </p>
    </Section>
  )
}
