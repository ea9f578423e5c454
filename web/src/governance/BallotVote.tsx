import { useState } from 'react'
import { useCommandKey } from '../graphql/command-key.ts'
import {
  type BallotProposalFragment,
  CastBallotDocument,
  WithdrawObjectionDocument,
} from '../graphql/generated.ts'
import { type Command, useCommand } from '../graphql/use-command.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Button, ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { useDraft } from '../ui/draft.ts'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { Link, useLocation, useNavigate } from '../ui/router.tsx'
import { signInPath } from '../ui/State.tsx'
import { BallotForm } from './BallotForm.tsx'
import { BallotReceipt } from './BallotReceipt.tsx'
import { ballotChoices, type StoredBallot } from './ballot-page.ts'

interface BallotVoteProps {
  readonly proposal: BallotProposalFragment
  readonly signedIn: boolean
}

type Proof = { readonly receipt: string | null; readonly entry: number | null }

/** The ballot of this viewer: to cast, to see, to change until the close. */
export function BallotVote({ proposal, signedIn }: BallotVoteProps) {
  const t = useT(ballot)
  const command = useCommand(CastBallotDocument, (data) => data.castBallot)
  const keyOf = useCommandKey()
  const empty: StoredBallot = { choice: '', reason: '' }
  const draft = useDraft(`ballot.${proposal.id}`, empty)
  const [proof, setProof] = useState<Proof | null>(null)
  const { myBallot, viewerCanVote } = proposal
  const page = `/decisions/${proposal.id}/ballot`
  const navigate = useNavigate()
  const params = new URLSearchParams(useLocation().search)
  const refused = params.has('refused')
  const changing = params.has('change') || refused
  const choice = ballotChoices.find((one) => one === draft.value.choice) ?? null
  const cast = async () => {
    if (!choice) return
    const reason = draft.value.reason.trim() || null
    // A ballot cast anew after a change is another one, even if it says what an earlier one said.
    const intent = { proposal: proposal.id, choice, reason, after: myBallot?.at }
    const key = keyOf(intent)
    const data = await command.send({ input: { proposal: proposal.id, choice, reason, key } })
    if (!data) return
    setProof(data.castBallot)
    draft.clear()
    if (changing) await navigate(`${page}#ballot`, { replace: true })
  }
  const voting = viewerCanVote.allowed && (changing || (!myBallot && !proof))
  return (
    <Section title={t('vote.title')} id="ballot">
      {proof && <BallotReceipt proposal={proposal.id} {...proof} />}
      {myBallot && <OwnBallot proposal={proposal} mine={myBallot} />}
      {viewerCanVote.allowed && myBallot && !changing && (
        <ButtonRow>
          <ButtonLink to={`${page}?change=1#ballot`}>{t('vote.change')}</ButtonLink>
        </ButtonRow>
      )}
      {voting && proposal.viewerProxy && !myBallot && (
        <p>{t('vote.proxy', { name: proposal.viewerProxy })}</p>
      )}
      {voting && proposal.viewerSpeaksFor > 0 && (
        <p>{t('vote.speaksFor', { count: proposal.viewerSpeaksFor })}</p>
      )}
      {voting && (
        <BallotForm
          action={page}
          draft={{ choice, reason: draft.value.reason }}
          onChange={({ choice: chosen, ...rest }) =>
            // Two changes may come before this is drawn again: neither may undo the other.
            draft.change(chosen ? { ...rest, choice: chosen } : rest)
          }
          onCast={cast}
          onKeep={myBallot ? () => void navigate(`${page}#ballot`, { replace: true }) : undefined}
          busy={command.busy}
          answer={
            <>
              {refused && <Refused text={t('vote.refused')} />}
              <CommandAnswer command={command} />
            </>
          }
        />
      )}
      {signedIn && proposal.phase === 'open' && (
        <p>
          <Link to={`/decisions/${proposal.id}/sign`}>{t('vote.sign')}</Link>
        </p>
      )}
      {!viewerCanVote.allowed && <CannotVote message={viewerCanVote.message} signedIn={signedIn} />}
    </Section>
  )
}

/** The form was sent without a script, and the registry said no. */
function Refused({ text }: { readonly text: string }) {
  return (
    <Notice tone="bad" live>
      <p>{text}</p>
    </Notice>
  )
}

interface CannotVoteProps {
  readonly message: string | null
  readonly signedIn: boolean
}

function CannotVote({ message, signedIn }: CannotVoteProps) {
  const t = useT(ballot)
  const { pathname } = useLocation()
  return (
    <Notice tone="note" title={t('vote.notAllowed')}>
      {message && <p>{message}</p>}
      {!signedIn && (
        <ButtonRow>
          <ButtonLink to={signInPath(pathname)} look="primary">
            {t('vote.signIn')}
          </ButtonLink>
        </ButtonRow>
      )}
    </Notice>
  )
}

interface OwnBallotProps {
  readonly proposal: BallotProposalFragment
  readonly mine: NonNullable<BallotProposalFragment['myBallot']>
}

function OwnBallot({ proposal, mine }: OwnBallotProps) {
  const t = useT(ballot)
  const words = useT(shared)
  const format = useFormat()
  const command = useCommand(WithdrawObjectionDocument, (data) => data.withdrawObjection)
  const mayWithdraw = mine.choice === 'object' && proposal.viewerCanVote.allowed
  return (
    <Notice tone="good" title={t('vote.mine', { choice: words.code('choice', mine.choice) })}>
      <p>
        {t('vote.mineAt', { instant: format.instant(mine.at) })}{' '}
        <Link to={`/log/entries/${mine.entry}`}>
          {t('vote.mineEntry', { entry: String(mine.entry) })}
        </Link>
      </p>
      {mine.assisted && <p>{t('vote.assisted')}</p>}
      {mine.reason && <p dir="auto">{t('vote.mineReason', { reason: mine.reason })}</p>}
      {mayWithdraw && <WithdrawObjection command={command} proposal={proposal.id} />}
    </Notice>
  )
}

interface WithdrawObjectionProps {
  readonly command: Command<unknown, { proposal: string }>
  readonly proposal: string
}

function WithdrawObjection({ command, proposal }: WithdrawObjectionProps) {
  const t = useT(ballot)
  const [done, setDone] = useState(false)
  const withdraw = async () => setDone((await command.send({ proposal })) !== null)
  if (done) return <p role="status">{t('vote.objectionWithdrawn')}</p>
  return (
    <>
      <CommandAnswer command={command} />
      <Button busy={command.busy} onClick={withdraw}>
        {t('vote.withdrawObjection')}
      </Button>
    </>
  )
}
