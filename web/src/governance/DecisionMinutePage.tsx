import { CharterChanges } from '../charters/CharterChanges.tsx'
import { ConditionList } from '../charters/ConditionList.tsx'
import { DecisionRecordDocument, type DecisionRecordQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { communities } from '../i18n/areas/communities.ts'
import { decisions } from '../i18n/areas/decisions.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Button, ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { Facts, Page, Section, Table } from '../ui/Page.tsx'
import { useParams } from '../ui/router.tsx'
import { Failed, Loading, NotFound } from '../ui/State.tsx'
import { DataParagraphs, Instant } from '../ui/Text.tsx'
import css from './Decision.module.css'
import { RollCall } from './RollCall.tsx'

type Shown = NonNullable<DecisionRecordQuery['proposal']>

/** Whole digests: a sheet of paper has no pointer to rest on them. */
function Vote({ proposal }: { readonly proposal: Shown }) {
  const t = useT(decisions)
  const words = useT(shared)
  const places = useT(communities)
  const { community, matter, phase, rollSize, ballotsCast, tally } = proposal
  const { charterVersion, charterDigest, enactableFrom } = proposal
  const when = (iso: string) => <Instant key={iso} iso={iso} />
  return (
    <Facts
      facts={[
        [t('minute.community'), community.name],
        [t('minute.matter'), places.code('matter', matter)],
        [t('minute.state'), words(`phase.${phase}`)],
        [t('digest'), <code key="text">{proposal.textDigest}</code>],
        charterVersion !== null && [
          t('minute.charter'),
          t('minute.charterVersion', { version: charterVersion }),
        ],
        charterDigest && [t('minute.charterDigest'), <code key="charter">{charterDigest}</code>],
        [t('when.made'), when(proposal.madeAt)],
        proposal.opensAt && [t('when.opened'), when(proposal.opensAt)],
        proposal.closesAt && [t('when.closed'), when(proposal.closesAt)],
        enactableFrom && [t('when.effect'), when(enactableFrom)],
        [t('minute.roll'), String(rollSize)],
        tally && [t('minute.deciders'), String(tally.deciders)],
        [t('minute.cast'), String(ballotsCast)],
      ]}
    />
  )
}

function Result({ proposal }: { readonly proposal: Shown }) {
  const t = useT(decisions)
  const { tally, conditions } = proposal
  if (!tally) return null
  const counted = ['yes', 'no', 'abstain', 'objections'] as const
  return (
    <Section title={`${t('tally.title')}: ${t(tally.pass ? 'tally.passed' : 'tally.failed')}`}>
      <Table
        caption={t('tally.caption')}
        head={[t('tally.choice'), t('tally.votes')]}
        rows={counted.map((choice) => ({
          key: choice,
          cells: [t(`tally.${choice}`), String(tally[choice])],
        }))}
      />
      <h3>{t('conditions.title')}</h3>
      <ConditionList
        conditions={conditions ?? tally.reasons.map((text) => ({ met: tally.pass, text }))}
      />
    </Section>
  )
}

function Reasons({ given }: { readonly given: Shown['reasonsGiven'] }) {
  const t = useT(decisions)
  const words = useT(shared)
  if (!given) return <p>{t('minute.reasonsSealed')}</p>
  if (given.length === 0) return <p>{t('minute.noReasons')}</p>
  const name = ({ what, choice }: (typeof given)[number]) =>
    choice ? words.code('choice', choice) : t.code('reason', what)
  return (
    <ul>
      {given.map((one) => (
        <li key={`${one.what} ${one.text}`} dir="auto">
          {t('reason.line', { what: name(one), text: one.text })}
        </li>
      ))}
    </ul>
  )
}

function Minute({ proposal, now }: { readonly proposal: Shown; readonly now: string }) {
  const t = useT(decisions)
  const format = useFormat()
  const { charterChanges } = proposal.subject
  return (
    <div className={css.minute}>
      <Section title={t('minute.question')}>
        <DataParagraphs text={proposal.text} />
      </Section>
      {charterChanges && (
        <Section title={t('minute.changes')}>
          <CharterChanges changes={charterChanges} />
        </Section>
      )}
      <Section title={t('minute.facts')}>
        <Vote proposal={proposal} />
      </Section>
      <Section title={t('rule.title')}>
        <ul>
          {proposal.rule.map((sentence) => (
            <li key={sentence} dir="auto">
              {sentence}
            </li>
          ))}
        </ul>
      </Section>
      <Result proposal={proposal} />
      <Section title={t('minute.reasons')}>
        <Reasons given={proposal.reasonsGiven} />
      </Section>
      {proposal.rollCall && (
        <Section title={t('roll.title')}>
          <RollCall calls={proposal.rollCall} />
        </Section>
      )}
      <Section title={t('minute.entries')}>
        <p>{proposal.entries.join(', ')}</p>
        <p>{t('minute.check', { address: '/log' })}</p>
        <p>{t('minute.drawn', { date: format.instant(now) })}</p>
      </Section>
    </div>
  )
}

/** The minute of a closed decision: everything that was decided and how, on paper. */
export function DecisionMinutePage() {
  const t = useT(decisions)
  const { id = '' } = useParams()
  const { data, error, fetching, refetch } = useQuery(DecisionRecordDocument, { id })
  const proposal = data?.proposal
  if (fetching) return <Loading />
  if (error && !proposal) return <Failed message={error} onRetry={refetch} />
  if (!data || !proposal) return <NotFound />
  const closed = proposal.tally !== null
  return (
    <Page
      title={t('minute.title', { title: proposal.title })}
      lead={t(closed ? 'minute.lead' : 'minute.open')}
      canonical={`/decisions/${id}/minute`}
      narrow
    >
      <div className={classes(css.actions, 'no-print')}>
        <ButtonRow>
          {closed && <Button onClick={() => window.print()}>{t('minute.print')}</Button>}
          <ButtonLink to={`/decisions/${id}`}>{t('minute.back')}</ButtonLink>
        </ButtonRow>
      </div>
      {closed && <Minute proposal={proposal} now={data.registry.now} />}
    </Page>
  )
}
