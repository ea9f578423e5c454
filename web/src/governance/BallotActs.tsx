import { useState } from 'react'
import {
  AppealDocument,
  type BallotProposalFragment,
  DecideAppealDocument,
  LiftVetoDocument,
  OpenProposalDocument,
  RecuseDocument,
  ReturnProposalDocument,
  VetoDocument,
  WithdrawProposalDocument,
} from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Details, Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { ActForm } from './ActForm.tsx'
import { AppealForm } from './AppealForm.tsx'
import { RecusalDemand } from './RecusalDemand.tsx'
import { ReviseForm } from './ReviseForm.tsx'

interface BallotActsProps {
  readonly proposal: BallotProposalFragment
  readonly member: boolean
}

/** What the rule lets this viewer do besides voting; what it does not let them do says why. */
export function BallotActs({ proposal, member }: BallotActsProps) {
  const t = useT(ballot)
  if (!member) return null
  return (
    <Section title={t('acts.title')}>
      <Sponsor proposal={proposal} />
      <StandAside proposal={proposal} />
      {proposal.phase === 'open' && proposal.viewerCanVote.allowed && (
        <RecusalDemand proposal={proposal} />
      )}
      <Vetoes proposal={proposal} />
      <Appeals proposal={proposal} />
      <TakeBack proposal={proposal} />
    </Section>
  )
}

type Part = { readonly proposal: BallotProposalFragment }

function Sponsor({ proposal }: Part) {
  const open = useCommand(OpenProposalDocument, (data) => data.openProposal)
  const sendBack = useCommand(ReturnProposalDocument, (data) => data.returnProposal)
  const withdraw = useCommand(WithdrawProposalDocument, (data) => data.withdrawProposal)
  if (proposal.phase !== 'draft' && proposal.phase !== 'deliberation') return null
  return (
    <>
      {proposal.viewerCanRevise.allowed && <ReviseForm proposal={proposal} />}
      {proposal.viewerCanReturn.allowed && (
        <ActForm
          name="return"
          proposal={proposal.id}
          permission={proposal.viewerCanReturn}
          command={sendBack}
          asksReason
          onSend={(reason) => sendBack.send({ input: { proposal: proposal.id, reason } })}
        />
      )}
      <ActForm
        name="open"
        proposal={proposal.id}
        permission={proposal.viewerCanOpen}
        command={open}
        expanded={proposal.returned === null}
        onSend={() => open.send({ proposal: proposal.id })}
      />
      <ActForm
        name="withdraw"
        proposal={proposal.id}
        permission={proposal.viewerCanWithdraw}
        command={withdraw}
        danger
        onSend={() => withdraw.send({ proposal: proposal.id })}
      />
    </>
  )
}

/** A grant that came of this decision ends by another one. */
function TakeBack({ proposal }: Part) {
  const t = useT(ballot)
  const grant = proposal.subject.request?.grant ?? proposal.subject.grant
  if (grant?.state !== 'active') return null
  const { slug } = proposal.community
  return (
    <p>
      <Link to={`/communities/${slug}/propose?kind=revocation&grant=${grant.id}`}>
        {t('acts.takeBack')}
      </Link>
    </p>
  )
}

function StandAside({ proposal }: Part) {
  const command = useCommand(RecuseDocument, (data) => data.recuse)
  if (proposal.phase !== 'open') return null
  return (
    <ActForm
      name="recuse"
      proposal={proposal.id}
      permission={proposal.viewerCanRecuse}
      command={command}
      asksReason
      onSend={(reason) => command.send({ input: { proposal: proposal.id, reason } })}
    />
  )
}

function Vetoes({ proposal }: Part) {
  const veto = useCommand(VetoDocument, (data) => data.veto)
  const lift = useCommand(LiftVetoDocument, (data) => data.liftVeto)
  if (proposal.phase === 'vetoed') {
    return (
      <ActForm
        key="lift"
        name="lift"
        proposal={proposal.id}
        permission={proposal.viewerCanLiftVeto}
        command={lift}
        onSend={() => lift.send({ proposal: proposal.id })}
      />
    )
  }
  if (proposal.phase !== 'standstill') return null
  return (
    <ActForm
      key="veto"
      name="veto"
      proposal={proposal.id}
      permission={proposal.viewerCanVeto}
      command={veto}
      asksReason
      danger
      onSend={(reason) => veto.send({ input: { proposal: proposal.id, reason } })}
    />
  )
}

function Appeals({ proposal }: Part) {
  const appeal = useCommand(AppealDocument, (data) => data.appeal)
  if (proposal.phase === 'appealed') return <DecideAppeal proposal={proposal} />
  const isClosed = CLOSED.has(proposal.phase)
  if (!isClosed || (proposal.phase === 'rejected' && !proposal.viewerCanAppeal.allowed)) return null
  return (
    <AppealForm
      proposal={proposal.id}
      until={proposal.appealUntil}
      permission={proposal.viewerCanAppeal}
      command={appeal}
      onSend={(grounds, reason) =>
        appeal.send({ input: { proposal: proposal.id, grounds, reason } })
      }
    />
  )
}

/** An appeal can be made while nothing has taken effect; against a no as well as against a yes. */
const CLOSED: ReadonlySet<string> = new Set(['standstill', 'inquorate', 'rejected', 'vetoed'])

function DecideAppeal({ proposal }: Part) {
  const t = useT(ballot)
  const command = useCommand(DecideAppealDocument, (data) => data.decideAppeal)
  const [said, setSaid] = useState(false)
  const decide = async (upheld: boolean) => {
    setSaid(false)
    setSaid((await command.send({ input: { proposal: proposal.id, upheld } })) !== null)
  }
  const { allowed, message } = proposal.viewerCanDecideAppeal
  return (
    <Details summary={t('decide.title')} open>
      <p>{t('decide.text')}</p>
      {!allowed && <p>{message}</p>}
      <CommandAnswer command={command} />
      {said && <p role="status">{t('decide.said')}</p>}
      <ButtonRow>
        <Button busy={command.busy} disabled={!allowed} look="danger" onClick={() => decide(true)}>
          {t('decide.upheld')}
        </Button>
        <Button busy={command.busy} disabled={!allowed} onClick={() => decide(false)}>
          {t('decide.dismissed')}
        </Button>
      </ButtonRow>
    </Details>
  )
}
