import { type GivenContributionFragment, WitnessConsentDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { contribution } from '../i18n/areas/contribution.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Card, Section } from '../ui/Page.tsx'
import { Evidence } from './Evidence.tsx'

interface SpeakersProps {
  readonly given: GivenContributionFragment
  readonly steward: boolean
  readonly onChange: () => void
}

/** The consent of each speaker, and a steward's word for it where children speak. */
export function Speakers({ given, steward, onChange }: SpeakersProps) {
  const t = useT(contribution)
  const words = useT(shared)
  const { id, speakers, consent, uncovered } = given
  const open = steward && consent.minors && uncovered !== null
  if (speakers.length === 0 && !open) return null
  return (
    <Section title={t('speakers')}>
      {open && (
        <Card>
          <h3>{t('speaker.whole')}</h3>
          <p>{t('witness.needed')}</p>
          <Witness id={id} speaker="" whose={t('speaker.whole')} onChange={onChange} />
        </Card>
      )}
      {speakers.map(({ speaker, scope, maxStage, evidence, hasEvidence, minors, witnessed }) => (
        <Card key={speaker}>
          <h3>{t('speaker', { speaker })}</h3>
          <p>
            <span dir="auto">{scope}</span>
            <br />
            {words.code('stage', String(maxStage))}
            <br />
            <span dir="auto">{evidence}</span>
          </p>
          {hasEvidence && <Evidence id={id} speaker={speaker} whose={t('speaker', { speaker })} />}
          {minors && <p>{t(witnessed ? 'witnessed' : 'witness.needed')}</p>}
          {minors && !witnessed && steward && (
            <Witness
              id={id}
              speaker={speaker}
              whose={t('speaker', { speaker })}
              onChange={onChange}
            />
          )}
        </Card>
      ))}
    </Section>
  )
}

interface WitnessProps {
  readonly id: string
  readonly speaker: string
  readonly whose: string
  readonly onChange: () => void
}

function Witness({ id, speaker, whose, onChange }: WitnessProps) {
  const t = useT(contribution)
  const command = useCommand(WitnessConsentDocument, (data) => data.witnessConsent)
  const witness = async () => {
    if (await command.send({ id, speaker })) onChange()
  }
  return (
    <>
      <CommandAnswer command={command} />
      <Button busy={command.busy} aria-label={t('witness.doLabel', { whose })} onClick={witness}>
        {t('witness.do')}
      </Button>
    </>
  )
}
