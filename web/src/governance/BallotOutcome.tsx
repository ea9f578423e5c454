import type { BallotProposalFragment } from '../graphql/generated.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'
import { Facts, Section, Table } from '../ui/Page.tsx'
import { DataText } from '../ui/Text.tsx'

interface BallotOutcomeProps {
  readonly proposal: BallotProposalFragment
  readonly tally: NonNullable<BallotProposalFragment['tally']>
}

/** What came of it: the count, why, and for the body itself who said what. */
export function BallotOutcome({ proposal, tally }: BallotOutcomeProps) {
  const t = useT(ballot)
  const format = useFormat()
  const counts = ['yes', 'no', 'abstain', 'objections', 'assisted', 'deciders', 'needed'] as const
  return (
    <Section title={t('tally.title')}>
      <Notice
        tone={tally.pass ? 'good' : 'bad'}
        title={tally.pass ? t('tally.pass') : t('tally.fail')}
      >
        <ul>
          {tally.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </Notice>
      <Facts facts={counts.map((name) => [t(`tally.${name}`), format.number(tally[name])])} />
      {proposal.rollCall && <RollCall calls={proposal.rollCall} />}
    </Section>
  )
}

type Calls = NonNullable<BallotProposalFragment['rollCall']>

function RollCall({ calls }: { readonly calls: Calls }) {
  const t = useT(ballot)
  const words = useT(shared)
  const said = ({ recused, choice, assisted }: Calls[number]) => {
    if (recused) return t('roll.recused')
    if (choice && assisted) return t('roll.assisted', { choice: words.code('choice', choice) })
    return choice ? words.code('choice', choice) : t('roll.silent')
  }
  return (
    <Table
      caption={`${t('roll.title')}. ${t('roll.lead')}`}
      head={[t('roll.member'), t('roll.choice'), t('roll.reason')]}
      rows={calls.map((call) => ({
        key: call.member,
        cells: [
          <DataText key="name">{call.name || call.member}</DataText>,
          said(call),
          <DataText key="reason">{call.reason ?? ''}</DataText>,
        ],
      }))}
    />
  )
}
