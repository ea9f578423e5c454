import { BallotDocument, type BallotProposalFragment } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { useT } from '../i18n/use-t.ts'
import { ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Failed, Loading, NotFound } from '../ui/State.tsx'
import { DataParagraphs } from '../ui/Text.tsx'
import { BallotActs } from './BallotActs.tsx'
import { BallotComments } from './BallotComments.tsx'
import { BallotMeeting } from './BallotMeeting.tsx'
import { BallotOutcome } from './BallotOutcome.tsx'
import { BallotRevisions } from './BallotRevisions.tsx'
import { BallotSubject } from './BallotSubject.tsx'
import { BallotVote } from './BallotVote.tsx'
import { BallotWhen } from './BallotWhen.tsx'
import { Challenges } from './Challenges.tsx'
import { JointVoices } from './JointVoices.tsx'

/** One vote, one page: the question, what it is about, how it is decided, and the ballot itself. */
export function BallotPage() {
  const { id = '' } = useParams()
  const { data, error, refetch } = useQuery(BallotDocument, { id })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  const { proposal, viewer, registry } = data
  if (!proposal) return <NotFound />
  const seat = viewer?.memberships.find(({ community }) => community.id === proposal.community.id)
  return (
    <BallotView
      proposal={proposal}
      now={registry.now}
      signedIn={viewer !== null}
      member={seat !== undefined}
    />
  )
}

interface BallotViewProps {
  readonly proposal: BallotProposalFragment
  readonly now: string
  readonly signedIn: boolean
  readonly member: boolean
}

export function BallotView({ proposal, now, signedIn, member }: BallotViewProps) {
  const t = useT(ballot)
  return (
    <Page
      title={proposal.title}
      lead={proposal.subject.dataset?.title}
      narrow
      above={
        <Link to={`/communities/${proposal.community.slug}`}>
          {t('above', { community: proposal.community.name })}
        </Link>
      }
    >
      <BallotWhen proposal={proposal} now={now} />
      {proposal.viewerCanVote.allowed && !proposal.myBallot && (
        <ButtonRow>
          <ButtonLink to="#ballot">{t('toBallot')}</ButtonLink>
        </ButtonRow>
      )}
      <Section title={t('subject.title')}>
        <BallotSubject subject={proposal.subject} />
      </Section>
      <Section title={t('proposal.title')}>
        <DataParagraphs text={proposal.text} />
      </Section>
      <JointVoices joint={proposal.joint} />
      <BallotRevisions proposal={proposal} />
      <BallotRule rule={proposal.rule} />
      {proposal.tally && <BallotOutcome proposal={proposal} tally={proposal.tally} />}
      <Challenges all={proposal.challenges} />
      <BallotVote proposal={proposal} signedIn={signedIn} />
      <BallotMeeting proposal={proposal} />
      <BallotActs proposal={proposal} member={member} />
      <BallotComments proposal={proposal} member={member} />
      <p>
        <Link to={`/decisions/${proposal.id}`}>{t('record')}</Link>
        {member && (
          <>
            {' · '}
            <Link to="/inbox">{t('toInbox')}</Link>
          </>
        )}
      </p>
    </Page>
  )
}

function BallotRule({ rule }: { readonly rule: readonly string[] }) {
  const t = useT(ballot)
  return (
    <Section title={t('rule.title')}>
      <ul>
        {rule.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Notice tone="note" title={t('silence.title')}>
        <p>{t('silence.text')}</p>
      </Notice>
    </Section>
  )
}
