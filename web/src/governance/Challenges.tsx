import type { ChallengeFragment } from '../graphql/generated.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { useT } from '../i18n/use-t.ts'
import { Tag } from '../ui/Notice.tsx'
import { Card, Section } from '../ui/Page.tsx'
import { DataParagraphs, Instant } from '../ui/Text.tsx'

/** Why a decision was stopped or doubted, and what became of that. */
export function Challenges({ all }: { readonly all: readonly ChallengeFragment[] }) {
  const t = useT(ballot)
  if (all.length === 0) return null
  return (
    <Section title={t('challenge.title')} id="challenges">
      {all.map((one) => (
        <Challenge key={`${one.kind} ${one.at}`} one={one} />
      ))}
    </Section>
  )
}

function Challenge({ one }: { readonly one: ChallengeFragment }) {
  const t = useT(ballot)
  const { kind, state, at, grounds, byApplicant, reason } = one
  return (
    <Card>
      <p>
        <Tag tone={state === 'pending' ? 'wait' : 'note'}>{t.code(`challenge.${kind}`, state)}</Tag>{' '}
        {t(
          byApplicant
            ? 'challenge.applicant'
            : `challenge.by.${kind === 'veto' ? 'veto' : 'appeal'}`,
        )}
        {' · '}
        <Instant iso={at} />
      </p>
      {grounds && <p>{t.code('grounds', grounds)}</p>}
      {reason && <DataParagraphs text={reason} />}
    </Card>
  )
}
