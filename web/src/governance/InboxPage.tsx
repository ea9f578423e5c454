import { InboxDocument, type InboxProposalFragment, type InboxQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { Card, Page, Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { Empty, Failed, Loading, NotAllowed } from '../ui/State.tsx'
import { bySoonestClose, decided, nextChange, upcoming } from './ballot-page.ts'
import { PhaseTag } from './PhaseTag.tsx'
import { TimeLeft } from './TimeLeft.tsx'

export function InboxPage() {
  const { data, error, refetch } = useQuery(InboxDocument, {})
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  if (!data.viewer) return <NotAllowed />
  return <InboxView viewer={data.viewer} now={data.registry.now} />
}

interface InboxViewProps {
  readonly viewer: NonNullable<InboxQuery['viewer']>
  readonly now: string
}

export function InboxView({ viewer, now }: InboxViewProps) {
  const t = useT(ballot)
  const all = viewer.memberships.flatMap(({ community }) => community.proposals)
  const waiting = bySoonestClose(viewer.inbox.filter(({ myBallot }) => !myBallot))
  const known = new Set(waiting.map(({ id }) => id))
  const cast = bySoonestClose(
    all.filter(({ id, phase, myBallot }) => phase === 'open' && myBallot && !known.has(id)),
  )
  const soon = upcoming(all)
  return (
    <Page title={t('inbox.title')} lead={t('inbox.lead')} narrow>
      {viewer.memberships.length === 0 && <Empty>{t('inbox.noCommunity')}</Empty>}
      <Section title={t('inbox.open')}>
        <ProposalCards proposals={waiting} now={now} none={t('inbox.openNone')} toVote />
      </Section>
      {cast.length > 0 && (
        <Section title={t('inbox.cast')}>
          <ProposalCards proposals={cast} now={now} none="" />
        </Section>
      )}
      {soon.length > 0 && (
        <Section title={t('inbox.soon')}>
          <ProposalCards proposals={soon} now={now} none="" />
        </Section>
      )}
      <Section title={t('inbox.decided')}>
        <ProposalCards proposals={decided(all)} now={now} none={t('inbox.decidedNone')} />
      </Section>
      <ButtonRow>
        {viewer.memberships.map(({ community }) => (
          <ButtonLink key={community.id} to={`/communities/${community.slug}/propose`}>
            {t('inbox.propose', { community: community.name })}
          </ButtonLink>
        ))}
        {viewer.memberships.map(({ community }) => (
          <ButtonLink key={community.id} to={`/communities/${community.slug}/proxy`}>
            {t('inbox.proxy', { community: community.name })}
          </ButtonLink>
        ))}
        {viewer.memberships
          .filter(({ bodies }) => bodies.length > 0)
          .map(({ community }) => (
            <ButtonLink key={community.id} to={`/communities/${community.slug}/duties`}>
              {t('inbox.duties', { community: community.name })}
            </ButtonLink>
          ))}
      </ButtonRow>
    </Page>
  )
}

interface ProposalCardsProps {
  readonly proposals: readonly InboxProposalFragment[]
  readonly now: string
  readonly none: string
  readonly toVote?: boolean
}

function ProposalCards({ proposals, now, none, toVote }: ProposalCardsProps) {
  if (proposals.length === 0) return <Empty>{none}</Empty>
  return proposals.map((proposal) => (
    <ProposalCard key={proposal.id} proposal={proposal} now={now} toVote={toVote} />
  ))
}

interface ProposalCardProps {
  readonly proposal: InboxProposalFragment
  readonly now: string
  readonly toVote?: boolean
}

function ProposalCard({ proposal, now, toVote }: ProposalCardProps) {
  const t = useT(ballot)
  const words = useT(shared)
  const format = useFormat()
  const next = nextChange(proposal)
  const to = `/decisions/${proposal.id}/ballot`
  return (
    <Card>
      <h3>
        <Link to={to} dir="auto">
          {proposal.title}
        </Link>
      </h3>
      {proposal.subject.dataset && <p dir="auto">{proposal.subject.dataset.title}</p>}
      <p>
        <PhaseTag phase={proposal.phase} /> <span dir="auto">{proposal.community.name}</span>
        {next && (
          <>
            <br />
            {t(next.key)}: {format.instant(next.at)} <TimeLeft now={now} until={next.at} />
          </>
        )}
        {proposal.myBallot && (
          <>
            <br />
            {t('inbox.yours', { choice: words.code('choice', proposal.myBallot.choice) })}
          </>
        )}
      </p>
      {toVote && (
        <ButtonLink to={to} look="primary">
          {t('inbox.vote')}
        </ButtonLink>
      )}
    </Card>
  )
}
