import { useState } from 'react'
import {
  type AssembleQuery,
  ProposeCustodyDocument,
  type StewardDatasetFragment,
} from '../graphql/generated.ts'
import { refusedAt, useCommand } from '../graphql/use-command.ts'
import { assemble } from '../i18n/areas/assemble.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { useDraft } from '../ui/draft.ts'
import { SelectField, TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Details, Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { ActsFor } from './ActsFor.tsx'
import { type CustodyChange, changesOpen } from './custody-changes.ts'

interface CustodyPanelProps {
  readonly dataset: StewardDatasetFragment
  readonly communities: AssembleQuery['communities']
  /** Ids of the communities the viewer belongs to. */
  readonly mine: readonly string[]
}

/** Taking another community in, leaving, letting go of terms: always a vote, and seldom of one alone. */
export function CustodyPanel({ dataset, communities, mine }: CustodyPanelProps) {
  const t = useT(assemble)
  const [proposal, setProposal] = useState<string | null>(null)
  const changes = changesOpen(dataset, mine)
  return (
    <Section title={t('custody.title')} id="custody">
      <p>{t('custody.text')}</p>
      {proposal && (
        <Notice tone="good" title={t('publish.done')} live>
          <p>
            <Link to={`/decisions/${proposal}/ballot`}>{t('publish.toVote')}</Link>
          </p>
        </Notice>
      )}
      {!proposal && <Offer dataset={dataset} communities={communities} onAsked={setProposal} />}
      {!proposal &&
        changes.map((change) => (
          <Step
            key={`${change.step} ${change.community}`}
            dataset={dataset}
            change={change}
            onAsked={setProposal}
          />
        ))}
    </Section>
  )
}

type OnAsked = (proposal: string | null) => void

const nobody = { community: '', licence: '', rule: 'all', reason: '' }

interface OfferProps extends Pick<CustodyPanelProps, 'dataset' | 'communities'> {
  readonly onAsked: OnAsked
}

function Offer({ dataset, communities, onAsked }: OfferProps) {
  const t = useT(assemble)
  const command = useCommand(ProposeCustodyDocument, (data) => data.proposeCustody)
  const { value, change, clear } = useDraft(`custody.${dataset.id}`, nobody)
  const others = communities.filter(({ id }) => id !== dataset.community.id)
  const chosen = others.find(({ id }) => id === value.community)
  const send = async () => {
    const input = { ...value, dataset: dataset.id, step: 'join', reason: value.reason.trim() }
    const data = await command.send({ input })
    if (!data) return
    clear()
    onAsked(data.proposeCustody.proposal?.id ?? null)
  }
  return (
    <Details summary={t('custody.offer')}>
      <ActsFor dataset={dataset} />
      <Form onSubmit={send}>
        <SelectField
          label={t('custody.community')}
          empty=""
          choices={others.map(({ id, name }) => ({ value: id, label: name }))}
          value={value.community}
          error={refusedAt(command.refused, 'community')}
          onChange={(event) => change({ community: event.currentTarget.value, licence: '' })}
        />
        <SelectField
          label={t('custody.licence')}
          hint={t('custody.licence.help')}
          empty=""
          choices={(chosen?.licences ?? []).map(({ digest, title, version }) => ({
            value: digest,
            label: `${title} (${version})`,
          }))}
          value={value.licence}
          error={refusedAt(command.refused, 'licence')}
          onChange={(event) => change({ licence: event.currentTarget.value })}
        />
        <SelectField
          label={t('custody.rule')}
          choices={[
            { value: 'all', label: t('custody.rule.all') },
            { value: 'any', label: t('custody.rule.any') },
          ]}
          value={value.rule}
          error={refusedAt(command.refused, 'rule')}
          onChange={(event) => change({ rule: event.currentTarget.value })}
        />
        <TextArea
          label={t('custody.reason')}
          rows={3}
          value={value.reason}
          error={refusedAt(command.refused, 'reason')}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
        <CommandAnswer command={command} />
        <ButtonRow>
          <Button type="submit" look="primary" busy={command.busy}>
            {t('custody.submit')}
          </Button>
        </ButtonRow>
      </Form>
    </Details>
  )
}

interface StepProps {
  readonly dataset: StewardDatasetFragment
  readonly change: CustodyChange
  readonly onAsked: OnAsked
}

/** To leave, or to let go of what one that has left goes on asking for. */
function Step({ dataset, change: { step, community, name }, onAsked }: StepProps) {
  const t = useT(assemble)
  const command = useCommand(ProposeCustodyDocument, (data) => data.proposeCustody)
  const [reason, setReason] = useState('')
  const send = async () => {
    const input = { dataset: dataset.id, step, community, reason: reason.trim() }
    const data = await command.send({ input })
    if (data) onAsked(data.proposeCustody.proposal?.id ?? null)
  }
  const summary = step === 'leave' ? t('custody.leave', { name }) : t('custody.end', { name })
  return (
    <Details summary={summary}>
      {step === 'end' && <ActsFor dataset={dataset} />}
      <Form onSubmit={send}>
        <p>{step === 'leave' ? t('custody.leave.text') : t('custody.end.text')}</p>
        <TextArea
          label={t('custody.reason')}
          rows={3}
          value={reason}
          error={refusedAt(command.refused, 'reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <CommandAnswer command={command} />
        <ButtonRow>
          <Button type="submit" busy={command.busy}>
            {t('custody.submit')}
          </Button>
        </ButtonRow>
      </Form>
    </Details>
  )
}
