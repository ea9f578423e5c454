import { CharterChanges } from '../charters/CharterChanges.tsx'
import { DecisionRecordDocument, type DecisionRecordQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { charters } from '../i18n/areas/charters.ts'
import { decisions } from '../i18n/areas/decisions.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { Notice, Tag } from '../ui/Notice.tsx'
import { Columns, Facts, Page, Section } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Failed, Loading, NotFound } from '../ui/State.tsx'
import { DataParagraphs } from '../ui/Text.tsx'
import css from './Decision.module.css'
import { DecisionSteps } from './DecisionSteps.tsx'
import { JointVoices } from './JointVoices.tsx'
import { toneOf } from './phase-tone.ts'
import { ResultChart } from './ResultCharts.tsx'
import { RollCall } from './RollCall.tsx'
import { TallyTable } from './TallyTable.tsx'

type Shown = NonNullable<DecisionRecordQuery['proposal']>

function About({ subject }: { readonly subject: Shown['subject'] }) {
  const t = useT(decisions)
  const words = useT(shared)
  const { dataset, licence, stage } = subject
  if (!dataset && !licence) return null
  return (
    <Section title={t('about.title')} id="about">
      <Facts
        facts={[
          dataset && [
            t('about.dataset'),
            <Link key="dataset" to={`/datasets/${dataset.id}`} dir="auto">
              {dataset.title}
            </Link>,
          ],
          licence && [
            t('about.licence'),
            <Link key="licence" to={`/licences/${licence.digest}`} dir="auto">
              {licence.title}
            </Link>,
          ],
          stage !== null && [t('about.stage'), words.code('stage', String(stage))],
        ]}
      />
    </Section>
  )
}

function Rule({ proposal }: { readonly proposal: Shown }) {
  const t = useT(decisions)
  return (
    <Section title={t('rule.title')} id="rule">
      <p>{t('rule.intro')}</p>
      <ul>
        {proposal.rule.map((sentence) => (
          <li key={sentence} dir="auto">
            {sentence}
          </li>
        ))}
      </ul>
      {!proposal.tally && (
        <>
          <h3>{t('silence.title')}</h3>
          <p>{t('silence.open')}</p>
        </>
      )}
    </Section>
  )
}

function Entries({ entries }: { readonly entries: readonly number[] }) {
  const t = useT(decisions)
  if (entries.length === 0) return null
  return (
    <Section title={t('entries.title')} id="entries">
      <p>{t('entries.intro')}</p>
      <ul className={css.inline}>
        {entries.map((index) => (
          <li key={index}>
            <Link to={`/log/entries/${index}`}>{t('entry', { index: String(index) })}</Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What a vote leaves behind once it has closed: its charts, the roll call for whom it is, a minute. */
function Closed({ proposal }: { readonly proposal: Shown }) {
  const t = useT(decisions)
  const { id, title, result, closesAt, rollCall } = proposal
  if (!result || !closesAt) return null
  return (
    <>
      <Section title={t('chart.title')} id="result">
        <ResultChart
          result={{ ...result, proposal: id, title, closedAt: closesAt }}
          groups={proposal.groupParts ?? []}
        />
      </Section>
      {rollCall && (
        <Section title={t('roll.title')} id="roll">
          <RollCall calls={rollCall} />
        </Section>
      )}
      <div className={css.actions}>
        <ButtonLink to={`/decisions/${id}/minute`}>{t('minute')}</ButtonLink>
      </div>
    </>
  )
}

/** What a charter changes; and that it was not adopted, where another came first. */
function Amendment({ proposal }: { readonly proposal: Shown }) {
  const t = useT(charters)
  const { charter, charterChanges } = proposal.subject
  if (!charterChanges) return null
  return (
    <Section title={t('change.title')} id="changes">
      {proposal.phase === 'enacted' && charter?.adoptedAt === null && (
        <Notice tone="wait">{t('change.notAdopted')}</Notice>
      )}
      <CharterChanges changes={charterChanges} />
    </Section>
  )
}

function Main({ proposal }: { readonly proposal: Shown }) {
  const t = useT(decisions)
  return (
    <>
      {proposal.viewerCanVote.allowed && (
        <ButtonRow>
          <ButtonLink to={`/decisions/${proposal.id}/ballot`} look="primary" large>
            {t('vote')}
          </ButtonLink>
        </ButtonRow>
      )}
      <Section title={t('text.title')} id="text">
        <DataParagraphs text={proposal.text} />
      </Section>
      <JointVoices joint={proposal.joint} />
      <About subject={proposal.subject} />
      <Amendment proposal={proposal} />
      <Rule proposal={proposal} />
      <TallyTable proposal={proposal} />
      <Closed proposal={proposal} />
      <Entries entries={proposal.entries} />
    </>
  )
}

/** The public record of one proposal: text, rule, phase, result, and its entries in the log. */
export function DecisionPage() {
  const t = useT(decisions)
  const words = useT(shared)
  const { id = '' } = useParams()
  const { data, error, fetching, refetch } = useQuery(DecisionRecordDocument, { id })
  const proposal = data?.proposal
  if (fetching) return <Loading />
  if (error && !proposal) return <Failed message={error} onRetry={refetch} />
  if (!data || !proposal) return <NotFound />
  const { title, community, phase } = proposal
  return (
    <Page
      title={title}
      description={t('description', { community: community.name, title })}
      canonical={`/decisions/${proposal.id}`}
      lead={<Tag tone={toneOf(phase)}>{words(`phase.${phase}`)}</Tag>}
      above={
        <>
          {t('above')}{' '}
          <Link to={`/communities/${community.slug}`} dir="auto">
            {community.name}
          </Link>
        </>
      }
    >
      <Columns
        main={<Main proposal={proposal} />}
        aside={<DecisionSteps proposal={proposal} now={data.registry.now} />}
      />
    </Page>
  )
}
