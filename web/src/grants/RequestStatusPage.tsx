import { useState } from 'react'
import { AppealForm } from '../governance/AppealForm.tsx'
import { CommentForm } from '../governance/BallotComments.tsx'
import { Challenges } from '../governance/Challenges.tsx'
import { JointVoices } from '../governance/JointVoices.tsx'
import {
  AppealDocument,
  RequestStatusDocument,
  type RequestStatusQuery,
  WithdrawRequestDocument,
} from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { useCommand } from '../graphql/use-command.ts'
import { delegation } from '../i18n/areas/delegation.ts'
import { request } from '../i18n/areas/request.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Notice, Tag } from '../ui/Notice.tsx'
import { Details, Facts, Page, Section } from '../ui/Page.tsx'
import { useParams } from '../ui/router.tsx'
import { Failed, Loading, NotFound } from '../ui/State.tsx'
import { DataParagraphs, DataText, Instant } from '../ui/Text.tsx'
import { DatasetName } from './DatasetName.tsx'
import { ReasonedAnswer } from './RequestAnswerBox.tsx'
import { RequestTimeline } from './RequestTimeline.tsx'

export type RequestStatus = NonNullable<RequestStatusQuery['request']>

const tones = {
  voting: 'wait',
  appealed: 'wait',
  annulled: 'wait',
  returned: 'wait',
  granted: 'good',
  withdrawn: 'note',
} as const

/** What an appeal makes of a vote says more than that the council decided. */
const ON_APPEAL: ReadonlySet<string> = new Set(['appealed', 'annulled'])

export function RequestStatusPage() {
  const { id = '' } = useParams()
  const { data, error, refetch } = useQuery(RequestStatusDocument, { id })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  if (!data.request) return <NotFound />
  return <RequestStatusView asked={data.request} now={data.registry.now} />
}

interface RequestStatusViewProps {
  readonly asked: RequestStatus
  readonly now: string
}

export function RequestStatusView({ asked, now }: RequestStatusViewProps) {
  const t = useT(request)
  const phase = asked.proposal?.phase ?? ''
  const state = ON_APPEAL.has(phase) ? phase : asked.state
  const tone = Object.entries(tones).find(([one]) => one === state)?.[1] ?? 'bad'
  return (
    <Page
      title={t('status.title')}
      narrow
      lead={t('status.lead', { dataset: asked.dataset.title, version: asked.version })}
      above={<DatasetName dataset={asked.dataset} />}
    >
      <p>
        <Tag tone={tone}>{t.code('state', state)}</Tag>
      </p>
      {asked.proposal?.returned && <Returned asked={asked} returned={asked.proposal.returned} />}
      {asked.delegation && <Standing proposal={asked.delegation.proposal.id} />}
      <NextStep asked={asked} />
      {asked.askAgainAt && (
        <p>
          {t('status.askAgainAt')} <Instant iso={asked.askAgainAt} />
        </p>
      )}
      {asked.proposal?.viewerCanAppeal.allowed && <Appeal proposal={asked.proposal} />}
      {asked.proposal && <Challenges all={asked.proposal.challenges} />}
      <JointVoices joint={asked.joint} />
      <Section title={t('status.timeline')}>
        <RequestTimeline asked={asked} now={now} />
      </Section>
      <LicenceAnswer asked={asked} />
      <Asked asked={asked} />
      {asked.proposal && <Council proposal={asked.proposal} />}
      {(asked.state === 'voting' || asked.state === 'returned') && <Withdraw id={asked.id} />}
    </Page>
  )
}

interface ReturnedProps {
  readonly asked: RequestStatus
  readonly returned: NonNullable<NonNullable<RequestStatus['proposal']>['returned']>
}

/** Why it came back, and the way on. */
function Returned({ asked, returned }: ReturnedProps) {
  const t = useT(request)
  return (
    <Notice tone="wait" title={t('status.returned')}>
      {returned.words && <DataParagraphs text={returned.words} />}
      <p>{t('status.returnedText')}</p>
      <ButtonLink to={`/requests/${asked.id}/edit`} look="primary">
        {t('status.edit')}
      </ButtonLink>
    </Notice>
  )
}

/** Why there was no ballot, and the decision that stands behind the yes. */
function Standing({ proposal }: { readonly proposal: string }) {
  const t = useT(delegation)
  return (
    <Notice tone="note" title={t('answered.title')}>
      <p>{t('answered.text')}</p>
      <ButtonLink to={`/decisions/${proposal}`}>{t('answered.vote')}</ButtonLink>
    </Notice>
  )
}

/** What the licence says without the council; once the council has said yes that is a matter of record. */
function LicenceAnswer({ asked }: { readonly asked: RequestStatus }) {
  const t = useT(request)
  const { decision, reasons } = asked.decision
  const answer = <ReasonedAnswer decision={decision} reasons={reasons} />
  return asked.state === 'granted' ? (
    <Details summary={t('answer.before')}>{answer}</Details>
  ) : (
    <Section title={t('answer.title')}>{answer}</Section>
  )
}

/** Whoever asked has a say once: the body that hears appeals looks at how the no came about. */
function Appeal({ proposal }: { readonly proposal: NonNullable<RequestStatus['proposal']> }) {
  const { id, appealUntil, viewerCanAppeal } = proposal
  const command = useCommand(AppealDocument, (data) => data.appeal)
  return (
    <AppealForm
      proposal={id}
      until={appealUntil}
      permission={viewerCanAppeal}
      command={command}
      onSend={(grounds, reason) => command.send({ input: { proposal: id, grounds, reason } })}
    />
  )
}

function NextStep({ asked }: { readonly asked: RequestStatus }) {
  const t = useT(request)
  const over = ['refused', 'rejected', 'unanswered', 'withdrawn', 'expired'].includes(asked.state)
  return (
    <ButtonRow>
      {asked.grant && (
        <ButtonLink to={`/grants#${asked.grant.id}`} look="primary">
          {t('status.toGrant')}
        </ButtonLink>
      )}
      {asked.proposal && (
        <ButtonLink to={`/decisions/${asked.proposal.id}`}>{t('status.toProposal')}</ButtonLink>
      )}
      {over && !asked.askAgainAt && (
        <ButtonLink to={`/datasets/${asked.dataset.id}/request`}>{t('status.again')}</ButtonLink>
      )}
    </ButtonRow>
  )
}

function Asked({ asked }: { readonly asked: RequestStatus }) {
  const t = useT(request)
  const words = useT(shared)
  const list = (group: string, codes: readonly string[]) =>
    codes.map((code) => words.code(group, code)).join(' · ')
  return (
    <Section title={t('status.asks')}>
      <Facts
        facts={[
          [t('use.purposes'), list('purpose', asked.purposes)],
          [t('use.actions'), list('action', asked.actions)],
          asked.team?.length
            ? [t('review.team'), <DataText key="team">{asked.team.join(', ')}</DataText>]
            : null,
        ]}
      />
      <DataParagraphs text={asked.project} />
    </Section>
  )
}

function Council({ proposal }: { readonly proposal: NonNullable<RequestStatus['proposal']> }) {
  const t = useT(request)
  return (
    <>
      <Section title={t('status.remarks')}>
        {proposal.comments.length === 0 && <p>{t('status.remarksNone')}</p>}
        {proposal.comments.map(({ id, author, text, at }) => (
          <div key={id}>
            <p>
              <strong>
                <DataText>{author}</DataText>
              </strong>
              {' · '}
              <Instant iso={at} />
            </p>
            <DataParagraphs text={text} />
          </div>
        ))}
        <CommentForm proposal={proposal.id} inside={false} />
      </Section>
      <Details summary={t('status.rule')}>
        <ul>
          {proposal.rule.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Details>
    </>
  )
}

function Withdraw({ id }: { readonly id: string }) {
  const t = useT(request)
  const [asking, setAsking] = useState(false)
  const command = useCommand(WithdrawRequestDocument, (data) => data.withdrawRequest)
  const withdraw = async () => {
    await command.send({ id })
    setAsking(false)
  }
  return (
    <>
      <CommandAnswer command={command} />
      <ButtonRow>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t('status.withdraw')}
        </Button>
      </ButtonRow>
      <Dialog
        open={asking}
        title={t('status.withdrawTitle')}
        confirm={t('status.withdraw')}
        danger
        busy={command.busy}
        onConfirm={withdraw}
        onClose={() => setAsking(false)}
      >
        <p>{t('status.withdrawText')}</p>
      </Dialog>
    </>
  )
}
