import { SigningDocument, type SigningQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { signing } from '../i18n/areas/signing.ts'
import { useT } from '../i18n/use-t.ts'
import { Page, Section } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Failed, Loading, NotAllowed, NotFound } from '../ui/State.tsx'
import { BallotKeys } from './BallotKeys.tsx'
import { HandIn } from './HandIn.tsx'
import { SignForm } from './SignForm.tsx'
import { useDevice } from './use-device.ts'

export type SigningProposal = NonNullable<SigningQuery['proposal']>

/** Ballots that a device signs where there is no line, and that somebody hands in. */
export function SignPage() {
  const { id = '' } = useParams()
  const t = useT(signing)
  const { data, error, refetch } = useQuery(SigningDocument, { id })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  if (!data.proposal) return <NotFound />
  if (!data.viewer) return <NotAllowed message={t('lead')} />
  return <SignView proposal={data.proposal} />
}

function SignView({ proposal }: { readonly proposal: SigningProposal }) {
  const t = useT(signing)
  const own = useDevice(proposal.id)
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      narrow
      above={
        <Link to={`/decisions/${proposal.id}/ballot`}>
          <span dir="auto">{proposal.title}</span>
        </Link>
      }
    >
      <noscript>
        <p>{t('noscript')}</p>
      </noscript>
      <Section title={t('device.title')}>
        <SignForm proposal={proposal} own={own} />
      </Section>
      <Section title={t('box.title')}>
        <HandIn proposal={proposal.id} own={own} />
      </Section>
      <Section title={t('keys.title')}>
        <BallotKeys proposal={proposal} mine={own.device?.key ?? null} />
      </Section>
      <p>
        <Link to={`/decisions/${proposal.id}/ballot`}>{t('toBallot')}</Link>
      </p>
    </Page>
  )
}
