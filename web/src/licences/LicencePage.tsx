import { LicenceDocument, type LicenceQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { licences } from '../i18n/areas/licences.ts'
import { useT } from '../i18n/use-t.ts'
import { Card, Columns, Details, Facts, Page, Section } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Failed, Loading, NotFound } from '../ui/State.tsx'
import { Day } from '../ui/Text.tsx'
import { Clauses } from './Clauses.tsx'
import { anchorOf, rulesOf } from './licence-rules.ts'
import { Rule } from './Rule.tsx'

type Shown = NonNullable<LicenceQuery['licence']>

function Reading({ licence }: { readonly licence: Shown }) {
  const t = useT(licences)
  return (
    <>
      <Section title={t('words.title')} id="words">
        <Clauses summary={licence.summary} level="h3" linkTo={(clause) => `#${anchorOf(clause)}`} />
      </Section>
      <Section title={t('clauses.title')} id="clauses">
        <p>{t('clauses.intro')}</p>
        {rulesOf(licence.document).map((rule) => (
          <Rule key={rule.uid} rule={rule} summary={licence.summary} />
        ))}
      </Section>
      <Section title={t('whole.title')} id="document">
        <p>{t('whole.intro')}</p>
        <Details summary={t('whole.show')}>
          <pre dir="ltr">{JSON.stringify(licence.document, null, 2)}</pre>
        </Details>
      </Section>
    </>
  )
}

/** A licence to read: words, then the clauses they come from, then the document itself. */
export function LicencePage() {
  const t = useT(licences)
  const { digest = '' } = useParams()
  const { data, error, fetching, refetch } = useQuery(LicenceDocument, { digest })
  const licence = data?.licence
  if (fetching) return <Loading />
  if (error && !licence) return <Failed message={error} onRetry={refetch} />
  if (!licence) return <NotFound />
  const { title, community } = licence
  return (
    <Page
      title={title}
      lead={t('lead')}
      description={t('description', { title })}
      canonical={`/licences/${licence.digest}`}
      above={
        community && (
          <>
            {t('of')}{' '}
            <Link to={`/communities/${community.slug}`} dir="auto">
              {community.name}
            </Link>
          </>
        )
      }
    >
      <Columns
        main={<Reading licence={licence} />}
        aside={
          <Card>
            <h2>{t('facts.title')}</h2>
            <Facts
              stacked
              facts={[
                [t('facts.version'), String(licence.version)],
                [t('facts.adopted'), <Day key="adopted" iso={licence.adoptedAt} />],
                licence.template && [t('facts.template'), licence.template],
                [t('facts.digest'), <code key="digest">{licence.digest}</code>],
              ]}
            />
          </Card>
        }
      />
    </Page>
  )
}
