import { LicenceDocument, type LicenceQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { licences } from '../i18n/areas/licences.ts'
import { useT } from '../i18n/use-t.ts'
import { ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Card, Columns, Details, Facts, Page, Section, Table } from '../ui/Page.tsx'
import { Link, useParams, useSearchParams } from '../ui/router.tsx'
import { Failed, Loading, NotFound } from '../ui/State.tsx'
import { Day } from '../ui/Text.tsx'
import { ChangeInWords } from './ChangeInWords.tsx'
import { ClaimList } from './ClaimList.tsx'
import { Clauses } from './Clauses.tsx'
import css from './Licence.module.css'
import { anchorOf, rulesOf } from './licence-rules.ts'
import { Rule } from './Rule.tsx'

export type ShownLicence = NonNullable<LicenceQuery['licence']>
interface PartProps {
  readonly licence: ShownLicence
}

function InWords({ licence }: PartProps) {
  const t = useT(licences)
  return (
    <Section title={t('words.title')} id="words">
      {licence.preamble.map(({ lang, text }) => (
        <blockquote key={lang} className={css.own} lang={lang} dir="auto">
          {text}
        </blockquote>
      ))}
      <Clauses summary={licence.summary} level="h3" linkTo={(clause) => `#${anchorOf(clause)}`} />
    </Section>
  )
}

function Claims({ licence }: PartProps) {
  const t = useT(licences)
  return (
    <Section title={t('claims.title')} id="claims">
      <p>{licence.claims.length > 0 ? t('claims.intro') : t('claims.none')}</p>
      <ClaimList claims={licence.claims} />
    </Section>
  )
}

/** The same terms where other tools read them. */
function OtherForms({ digest }: { readonly digest: string }) {
  const t = useT(licences)
  const address = `/licences/${digest}`
  const forms = [
    { to: `${address}.jsonld`, text: t('forms.offer') },
    { to: `${address}.jsonld?as=set`, text: t('forms.set') },
    { to: `${address}.nq`, text: t('forms.quads') },
    { to: '/profile/1', text: t('forms.profile') },
  ]
  return (
    <ul>
      {forms.map(({ to, text }) => (
        <li key={to}>
          <a href={to}>{text}</a>
        </li>
      ))}
    </ul>
  )
}

function ByClause({ licence }: PartProps) {
  const t = useT(licences)
  return (
    <>
      <Section title={t('clauses.title')} id="clauses">
        <p>
          {t('clauses.intro')} {t('classes')}
        </p>
        {rulesOf(licence.document).map((rule) => (
          <Rule key={rule.uid} rule={rule} summary={licence.summary} />
        ))}
      </Section>
      <Section title={t('whole.title')} id="document">
        <p>{t('whole.intro')}</p>
        <OtherForms digest={licence.digest} />
        <Details summary={t('whole.show')}>
          <pre dir="ltr">{JSON.stringify(licence.document, null, 2)}</pre>
        </Details>
      </Section>
    </>
  )
}

/** What other catalogues call these terms, so that their tools can find the data. */
function Codes({ licence }: PartProps) {
  const t = useT(licences)
  if (licence.codes.length === 0) return null
  return (
    <Section title={t('codes.title')} id="codes">
      <Details summary={t('codes.show', { count: licence.codes.length })}>
        <Table
          caption={t('codes.caption')}
          head={[t('codes.code'), t('codes.label'), t('codes.note')]}
          rows={licence.codes.map(({ scheme, code, label, exact, note }) => ({
            key: `${scheme} ${code}`,
            cells: [
              <code key="code">{`${scheme} ${code}`}</code>,
              label,
              `${t(exact ? 'codes.exact' : 'codes.near')} ${note}`,
            ],
          }))}
        />
      </Details>
    </Section>
  )
}

/** The version the page compares with: the one asked for, or the one before. */
const comparedWith = ({ versions, version }: ShownLicence, since: string | null) =>
  versions.find((one) => (since ? one.digest === since : one.version === version - 1))

function Versions({ licence, since }: PartProps & { readonly since: string | null }) {
  const t = useT(licences)
  const { versions, digest, changes } = licence
  const other = comparedWith(licence, since)
  return (
    <Section title={t('versions.title')} id="versions">
      <ul>
        {versions.map((one) => (
          <li key={one.digest}>
            <Link to={`/licences/${one.digest}`} dir="auto">
              {t('versions.one', { title: one.title, version: one.version })}
            </Link>
            {', '}
            <Day iso={one.adoptedAt} />
            {one.digest === digest ? (
              ` (${t('versions.this')})`
            ) : (
              <>
                {' · '}
                <a href={`/licences/${digest}?since=${one.digest}#versions`}>
                  {t('versions.compare', { version: one.version })}
                </a>
              </>
            )}
          </li>
        ))}
      </ul>
      {changes && other && (
        <>
          <h3>{t('versions.changes', { version: licence.version, other: other.version })}</h3>
          <ChangeInWords change={changes} level="h4" />
        </>
      )}
    </Section>
  )
}

function ThisVersion({ licence }: PartProps) {
  const t = useT(licences)
  const { community, proposal, openVote } = licence
  return (
    <Card>
      <h2>{t('facts.title')}</h2>
      <Facts
        stacked
        facts={[
          [t('facts.version'), String(licence.version)],
          [t('facts.adopted'), <Day key="adopted" iso={licence.adoptedAt} />],
          [
            t('facts.by'),
            proposal ? (
              <Link key="by" to={`/decisions/${proposal.id}`} dir="auto">
                {proposal.title}
              </Link>
            ) : (
              t('facts.byFounding')
            ),
          ],
          licence.template && [t('facts.template'), licence.template],
          licence.labels.length > 0 && [
            t('facts.labels'),
            <code key="labels">{licence.labels.join(' ')}</code>,
          ],
          [t('facts.spdx'), <code key="spdx">{licence.spdx}</code>],
          [t('facts.digest'), <code key="digest">{licence.digest}</code>],
        ]}
      />
      {community?.viewerIsMember && !openVote && (
        <ButtonRow>
          <ButtonLink to={`/communities/${community.slug}/licences/new?from=${licence.digest}`}>
            {t('change.it')}
          </ButtonLink>
        </ButtonRow>
      )}
    </Card>
  )
}

/** A licence to read: words, then the clauses they come from, then the document itself. */
export function LicencePage() {
  const t = useT(licences)
  const { digest = '' } = useParams()
  const [search] = useSearchParams()
  const since = search.get('since')
  const { data, error, fetching, refetch } = useQuery(LicenceDocument, { digest, since })
  const licence = data?.licence
  if (fetching) return <Loading />
  if (error && !licence) return <Failed message={error} onRetry={refetch} />
  if (!licence) return <NotFound />
  const { title, community, openVote } = licence
  const [newest] = licence.versions
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
      {newest && newest.digest !== licence.digest && (
        <Notice tone="note" title={t('newer.title')}>
          <p>
            <Link to={`/licences/${newest.digest}`} dir="auto">
              {t('versions.one', { title: newest.title, version: newest.version })}
            </Link>
          </p>
        </Notice>
      )}
      {openVote && (
        <Notice tone="wait" title={t('vote.title')}>
          <p>{t('vote.text')}</p>
          <p>
            <Link to={`/decisions/${openVote.id}`} dir="auto">
              {openVote.title}
            </Link>
          </p>
        </Notice>
      )}
      <Columns
        main={
          <>
            <InWords licence={licence} />
            <Claims licence={licence} />
            <Versions licence={licence} since={since} />
            <Codes licence={licence} />
          </>
        }
        aside={<ThisVersion licence={licence} />}
      />
      <ByClause licence={licence} />
    </Page>
  )
}
