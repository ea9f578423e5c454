import { TryInForce } from '../charters/TryInForce.tsx'
import type { CommunityQuery } from '../graphql/generated.ts'
import { communities } from '../i18n/areas/communities.ts'
import { useT } from '../i18n/use-t.ts'
import { Details, Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import css from './Communities.module.css'

type Community = NonNullable<CommunityQuery['community']>

/** How each kind of matter is decided, in words. */
export function CharterRules({ community }: { readonly community: Community }) {
  const t = useT(communities)
  const { charter, slug, viewerIsMember } = community
  return (
    <Section title={t('charter.title')} id="charter">
      <p>
        {t('charter.intro')} {t('charter.version', { version: charter.version })}
      </p>
      {charter.matters.map(({ matter, body, text }) => (
        <Details
          key={matter}
          summary={
            <span className={css.matter}>
              <h3>{t.code('matter', matter)}</h3>
            </span>
          }
          open={matter === 'access.grant'}
        >
          <p>{t('charter.by', { body: t.code('body', body) })}</p>
          <ul>
            {text.map((sentence) => (
              <li key={sentence} dir="auto">
                {sentence}
              </li>
            ))}
          </ul>
        </Details>
      ))}
      {viewerIsMember && (
        <p>
          <Link to={`/communities/${slug}/charter/edit`}>{t('charter.edit')}</Link>
        </p>
      )}
      <TryInForce slug={slug} />
    </Section>
  )
}
