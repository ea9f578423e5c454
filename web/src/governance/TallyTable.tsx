import type { DecisionRecordQuery } from '../graphql/generated.ts'
import { decisions } from '../i18n/areas/decisions.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'
import { Section, Table } from '../ui/Page.tsx'

type Shown = NonNullable<DecisionRecordQuery['proposal']>

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
      <Table
        caption={t('tally.caption')}
        head={[t('tally.choice'), t('tally.votes')]}
        rows={counted.map((choice) => ({
          key: choice,
          cells: [t(`tally.${choice}`), format.number(tally[choice])],
        }))}
      />
      <p>{t('tally.needed', { needed: tally.needed, deciders: tally.deciders })}</p>
      <p>{t('silence.closed', { silent: rollSize - ballotsCast, all: rollSize })}</p>
    </Section>
  )
}
