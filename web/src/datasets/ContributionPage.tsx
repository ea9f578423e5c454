import { ContributionDocument, type GivenContributionFragment } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { contribution } from '../i18n/areas/contribution.ts'
import { quality } from '../i18n/areas/quality.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'
import { Facts, Page, Section } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Failed, Loading, NotAllowed, NotFound } from '../ui/State.tsx'
import { DataText } from '../ui/Text.tsx'
import { Evidence } from './Evidence.tsx'
import { GivenFiles } from './GivenFiles.tsx'
import { GivenUses } from './GivenUses.tsx'
import { QualityReport } from './QualityReport.tsx'
import { Speakers } from './Speakers.tsx'

/** One contribution: what became of it, for whoever gave it and for the stewards. */
export function ContributionPage() {
  const t = useT(contribution)
  const q = useT(quality)
  const { id = '' } = useParams()
  const { data, error, refetch } = useQuery(ContributionDocument, { id })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  if (!data.viewer) return <NotAllowed message={t('signIn')} />
  const given = data.contribution
  if (!given) return <NotFound />
  const { dataset, uncovered, uses } = given
  const above = (
    <Link to={`/datasets/${dataset.id}`} dir="auto">
      {dataset.title}
    </Link>
  )
  return (
    <Page title={t('title')} above={above} narrow>
      {uncovered && (
        <Notice tone="wait" title={t('uncovered')}>
          <p dir="auto">{uncovered}</p>
        </Notice>
      )}
      <Agreed given={given} />
      {given.consent.hasEvidence && (
        <Evidence id={given.id} speaker="" whose={t('speaker.whole')} />
      )}
      {given.quality && (
        <Section title={q('title')}>
          <QualityReport quality={given.quality} />
        </Section>
      )}
      <GivenFiles given={given} own={uses !== null} onChange={refetch} />
      <Speakers given={given} steward={uses === null} onChange={refetch} />
      {uses && <GivenUses uses={uses} />}
    </Page>
  )
}

function Agreed({ given }: { readonly given: GivenContributionFragment }) {
  const t = useT(contribution)
  const words = useT(shared)
  const format = useFormat()
  const { at, consent } = given
  return (
    <Facts
      facts={[
        [t('given'), format.day(at)],
        [t('scope'), <DataText key="scope">{consent.scope}</DataText>],
        [t('maxStage'), words.code('stage', String(consent.maxStage))],
        [t('evidence'), <DataText key="evidence">{consent.evidence}</DataText>],
        [t('minors'), t(consent.minors ? 'minors.yes' : 'minors.no')],
      ]}
    />
  )
}
