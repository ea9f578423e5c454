import { ConditionList } from '../charters/ConditionList.tsx'
import type { DecisionRecordQuery } from '../graphql/generated.ts'
import { decisions } from '../i18n/areas/decisions.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'
import { Details, Section, Table } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'

type Shown = NonNullable<DecisionRecordQuery['proposal']>

/** The ballots behind the result, without names: whoever reads the log can count them again. */
function CountedBallots({ ballots }: Pick<Shown, 'ballots'>) {
  const t = useT(decisions)
  const words = useT(shared)
  if (!ballots || ballots.length === 0) return null
  return (
    <Details summary={t('ballots.title')}>
      <p>{t('ballots.intro')}</p>
      <Table
        caption={t('ballots.caption')}
        head={[t('ballots.entry'), t('tally.choice')]}
        rows={ballots.map(({ entry, choice }, index) => ({
          // Several ballots of one meeting lie in one entry.
          key: `${entry} ${index}`,
          cells: [
            <Link key="entry" to={`/log/entries/${entry}`}>
              {t('entry', { index: String(entry) })}
            </Link>,
            words.code('choice', choice),
          ],
        }))}
      />
    </Details>
  )
}

/** The counted result once the vote is closed, and what the silence of the others meant. */
export function TallyTable({ proposal }: { readonly proposal: Shown }) {
  const t = useT(decisions)
  const format = useFormat()
  const { tally, rollSize, ballotsCast } = proposal
  if (!tally) {
    return (
      <Section title={t('tally.title')} id="tally">
        <p>{t('tally.sealed')}</p>
      </Section>
    )
  }
  const counted = ['yes', 'no', 'abstain', 'objections'] as const
  return (
    <Section title={t('tally.title')} id="tally">
      <Notice
        tone={tally.pass ? 'good' : 'bad'}
        title={tally.pass ? t('tally.passed') : t('tally.failed')}
      >
        <ul>
          {tally.reasons.map((reason) => (
            <li key={reason} dir="auto">
              {reason}
            </li>
          ))}
        </ul>
      </Notice>
      {proposal.conditions && (
        <Details summary={t('conditions.title')}>
          <ConditionList conditions={proposal.conditions} />
        </Details>
      )}
      <Table
        caption={t('tally.caption')}
        head={[t('tally.choice'), t('tally.votes')]}
        rows={counted.map((choice) => ({
          key: choice,
          cells: [t(`tally.${choice}`), format.number(tally[choice])],
        }))}
      />
      <p>{t('tally.needed', { needed: tally.needed, deciders: tally.deciders })}</p>
      <CountedBallots ballots={proposal.ballots} />
      <p>{t('silence.closed', { silent: rollSize - ballotsCast, all: rollSize })}</p>
    </Section>
  )
}
