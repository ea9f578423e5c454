import { useEffect, useState } from 'react'
import { refusedAt } from '../graphql/use-command.ts'
import { propose } from '../i18n/areas/propose.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/Choices.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { useDraft } from '../ui/draft.ts'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { problemAt, problemList } from '../ui/problem.ts'
import { useSearchParams } from '../ui/router.tsx'
import { DraftNotice } from '../ui/Steps.tsx'
import { ProposeAttestation } from './ProposeAttestation.tsx'
import {
  ProposeDelegation,
  ProposeDelegationEnd,
  ProposeDelegationResume,
} from './ProposeDelegation.tsx'
import { ProposeElection } from './ProposeElection.tsx'
import { ProposeEnd } from './ProposeEnd.tsx'
import { ProposeLicence } from './ProposeLicence.tsx'
import { ProposeMember } from './ProposeMember.tsx'
import type { ProposeCommunity } from './ProposePage.tsx'
import { ProposeRevocation } from './ProposeRevocation.tsx'
import { ProposeTakedown } from './ProposeTakedown.tsx'
import {
  emptyProposal,
  type ProposalKind,
  type ProposeDraft,
  proposalKinds,
  proposeProblems,
  reasonHint,
} from './propose-draft.ts'
import { TalkFirst } from './TalkFirst.tsx'
import { useProposal } from './use-proposal.ts'

/** What each kind of proposal asks for is given. */
export interface ProposeFieldProps {
  readonly community: ProposeCommunity
  readonly draft: ProposeDraft
  readonly onChange: (patch: Partial<ProposeDraft>) => void
  readonly error: (field: string) => string | undefined
}

interface ProposeFormProps {
  readonly community: ProposeCommunity
  readonly onMade: (proposal: string) => void
}

export function ProposeForm({ community, onMade }: ProposeFormProps) {
  const t = useT(propose)
  const draft = useDraft(`propose.${community.id}`, emptyProposal)
  const { value, change } = draft
  useAsked(change)
  const { send, command } = useProposal(community.id)
  const [tried, setTried] = useState(false)
  const problems = tried ? proposeProblems(value) : []
  const error = (field: string) =>
    problemAt(t, problems, field) ?? refusedAt(command.refused, field)
  const make = async () => {
    setTried(true)
    if (proposeProblems(value).length > 0) return
    const made = await send(value)
    if (!made) return
    draft.clear()
    onMade(made)
  }
  const fields = { community, draft: value, onChange: change, error }
  return (
    <Form onSubmit={make}>
      <DraftNotice restored={draft.restored} onClear={draft.clear} />
      <ErrorSummary errors={problemList(t, problems)} />
      <KindChoice community={community} kind={value.kind} onChange={(kind) => change({ kind })} />
      {value.kind === 'member' && <ProposeMember {...fields} />}
      {value.kind === 'election' && <ProposeElection {...fields} />}
      {value.kind === 'end' && <ProposeEnd {...fields} />}
      {value.kind === 'takedown' && <ProposeTakedown {...fields} />}
      {value.kind === 'delegation' && <ProposeDelegation {...fields} />}
      {value.kind === 'delegationEnd' && <ProposeDelegationEnd {...fields} />}
      {value.kind === 'delegationResume' && <ProposeDelegationResume {...fields} />}
      {value.kind === 'attestation' && <ProposeAttestation {...fields} />}
      {value.kind === 'licence' && <ProposeLicence {...fields} />}
      {value.kind === 'revocation' && <ProposeRevocation {...fields} />}
      <TextArea
        id="reason"
        label={t('field.reason')}
        hint={t.code('field.reason', reasonHint(value.kind))}
        value={value.reason}
        error={error('reason')}
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
      <TalkFirst checked={value.deliberate} onChange={(deliberate) => change({ deliberate })} />
      <CommandAnswer command={command} />
      <ButtonRow>
        <Button type="submit" look="primary" busy={command.busy}>
          {t('submit')}
        </Button>
      </ButtonRow>
    </Form>
  )
}

/** A link can name what is to be proposed, such as taking back one grant or taking down one dataset. */
function useAsked(change: (patch: Partial<ProposeDraft>) => void) {
  const [search] = useSearchParams()
  const kind = search.get('kind') ?? ''
  const grant = search.get('grant') ?? ''
  const dataset = search.get('dataset') ?? ''
  const delegation = search.get('delegation') ?? ''
  useEffect(() => {
    if (!kind) return
    const named = { ...(grant && { grant }), ...(dataset && { dataset }) }
    change({ kind, ...named, ...(delegation && { delegation }) })
  }, [kind, grant, dataset, delegation, change])
}

interface KindChoiceProps {
  readonly community: ProposeCommunity
  readonly kind: string
  readonly onChange: (kind: string) => void
}

/** Only what stands can be ended, and only what is paused can be let go on. */
const isOffered = (kind: ProposalKind, { delegations }: ProposeCommunity) => {
  if (kind === 'delegationResume') return delegations.some(({ state }) => state === 'paused')
  return kind !== 'delegationEnd' || delegations.length > 0
}

function KindChoice({ community, kind, onChange }: KindChoiceProps) {
  const t = useT(propose)
  const kinds = proposalKinds.filter((one) => isOffered(one, community))
  return (
    <RadioGroup
      name="kind"
      legend={t('what')}
      framed
      choices={kinds.map((value) => ({
        value,
        label: t(`what.${value}`),
        hint: t(`what.${value}.help`),
      }))}
      value={kind}
      onChange={onChange}
    />
  )
}
