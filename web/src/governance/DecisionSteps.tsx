import type { DecisionRecordQuery } from '../graphql/generated.ts'
import { decisions } from '../i18n/areas/decisions.ts'
import { useT } from '../i18n/use-t.ts'
import { Card, Facts } from '../ui/Page.tsx'
import { Digest, Instant } from '../ui/Text.tsx'

type Shown = NonNullable<DecisionRecordQuery['proposal']>

const over = (iso: string, now: string): boolean => Date.parse(iso) <= Date.parse(now)

/** When what happened or will happen. */
export function DecisionSteps({
  proposal,
  now,
}: {
  readonly proposal: Shown
  readonly now: string
}) {
  const t = useT(decisions)
  const { madeAt, opensAt, closesAt, enactableFrom, expiresAt, rollSize, ballotsCast } = proposal
  const when = (iso: string) => <Instant key={iso} iso={iso} now={now} />
  return (
    <Card>
      <h2>{t('when.title')}</h2>
      <Facts
        stacked
        facts={[
          [t('when.made'), when(madeAt)],
          opensAt && [over(opensAt, now) ? t('when.opened') : t('when.opens'), when(opensAt)],
          closesAt && [over(closesAt, now) ? t('when.closed') : t('when.closes'), when(closesAt)],
          enactableFrom && [t('when.effect'), when(enactableFrom)],
          expiresAt && [t('when.expires'), when(expiresAt)],
          rollSize > 0 && [
            t(over(closesAt ?? now, now) ? 'ballots.closed' : 'ballots'),
            t('ballotsOf', { cast: ballotsCast, all: rollSize }),
          ],
          [t('digest'), <Digest key="digest" value={proposal.textDigest} />],
        ]}
      />
    </Card>
  )
}
