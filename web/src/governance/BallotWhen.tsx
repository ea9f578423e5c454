import type { BallotProposalFragment } from '../graphql/generated.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Facts } from '../ui/Page.tsx'
import { Instant } from '../ui/Text.tsx'
import { nextChange } from './ballot-page.ts'
import { PhaseTag } from './PhaseTag.tsx'
import { TimeLeft } from './TimeLeft.tsx'

interface BallotWhenProps {
  readonly proposal: BallotProposalFragment
  readonly now: string
}

/** Where the vote stands and what happens next, with the time that is left. */
export function BallotWhen({ proposal, now }: BallotWhenProps) {
  const t = useT(ballot)
  const words = useT(shared)
  const format = useFormat()
  const next = nextChange(proposal)
  const { ballotsCast, rollSize, phase, myBallot } = proposal
  return (
    <>
      <p>
        <PhaseTag phase={phase} />
      </p>
      {next ? (
        <Facts
          facts={[
            [
              t(next.key),
              <span key="next">
                <Instant iso={next.at} /> <TimeLeft now={now} until={next.at} />
              </span>,
            ],
          ]}
        />
      ) : (
        phase === 'deliberation' && (
          <p>
            {proposal.opensByItselfAt ? (
              <>
                {t('when.itself')}: <Instant iso={proposal.opensByItselfAt} />
              </>
            ) : (
              t('when.none')
            )}
          </p>
        )
      )}
      {phase === 'open' && proposal.closeMovedFrom && (
        <p>
          {t('when.moved')}: <Instant iso={proposal.closeMovedFrom} />
        </p>
      )}
      {phase === 'open' && myBallot && (
        <p>
          <a href="#ballot">{t('when.yours', { choice: words.code('choice', myBallot.choice) })}</a>
        </p>
      )}
      {phase === 'open' && (
        <p>
          {t('cast', { count: ballotsCast, roll: format.number(rollSize) })} {t('sealed')}
        </p>
      )}
    </>
  )
}
