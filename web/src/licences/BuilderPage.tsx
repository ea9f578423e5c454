import { useEffect, useMemo, useRef, useState } from 'react'
import { ProposalMade } from '../governance/ProposalMade.tsx'
import { newKey } from '../graphql/command-key.ts'
import { LicenceBuilderDocument, type LicenceBuilderQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { builder } from '../i18n/areas/builder.ts'
import { useT } from '../i18n/use-t.ts'
import { useDraft } from '../ui/draft.ts'
import { Page } from '../ui/Page.tsx'
import { Link, useParams, useSearchParams } from '../ui/router.tsx'
import { Failed, Loading, NotAllowed, NotFound } from '../ui/State.tsx'
import { BuilderForm } from './BuilderForm.tsx'
import { BuilderStart } from './BuilderStart.tsx'
import {
  type BuilderCommunity,
  type BuilderDraft,
  documentOf,
  emptyBuilder,
  fromLicence,
  fromTemplate,
} from './builder-draft.ts'

interface BuilderProps {
  readonly community: BuilderCommunity
  readonly templates: LicenceBuilderQuery['licenceTemplates']
  readonly now: string
}

/** A licence is built here and proposed to the vote; nothing typed is lost on a reload. */
export function BuilderPage() {
  const t = useT(builder)
  const { slug = '' } = useParams()
  const { data, error, refetch } = useQuery(LicenceBuilderDocument, { slug })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  const { community, viewer, licenceTemplates, registry } = data
  if (!community) return <NotFound />
  if (!community.viewerIsMember) {
    return <NotAllowed message={t('notMember')} signedIn={viewer !== null} />
  }
  return <Builder community={community} templates={licenceTemplates} now={registry.now} />
}

function Builder({ community, templates, now }: BuilderProps) {
  const t = useT(builder)
  const [made, setMade] = useState<string | null>(null)
  const draft = useDraft(`licence.${community.id}`, emptyBuilder)
  const { value, change } = draft
  useAsked(community, value.document === '', change)
  const document = useMemo(() => documentOf(value), [value])
  if (made)
    return (
      <ProposalMade
        proposal={made}
        title={t('done.title')}
        text={t('done.text')}
        toVote={t('done.toVote')}
      />
    )
  return (
    <Page
      title={t(document ? 'title.work' : 'title.start')}
      lead={t('lead', { community: community.name })}
      above={
        <Link to={`/communities/${community.slug}`} dir="auto">
          {community.name}
        </Link>
      }
    >
      {document ? (
        <BuilderForm
          community={community}
          draft={draft}
          document={document}
          now={now}
          onMade={setMade}
        />
      ) : (
        <BuilderStart
          community={community}
          templates={templates}
          onTemplate={(template) => change(fromTemplate(template, { community, now }, newKey()))}
          onLicence={(licence) => change(fromLicence(licence) ?? {})}
        />
      )}
    </Page>
  )
}

/** A link can name the version to begin with; what was begun before is never written over. */
function useAsked(
  community: BuilderCommunity,
  empty: boolean,
  change: (patch: Partial<BuilderDraft>) => void,
) {
  const [search] = useSearchParams()
  const from = search.get('from')
  const licence = community.licences.find(({ digest }) => digest === from)
  // The kept draft is read in an effect of the first render: only the next one knows of it.
  const [settled, setSettled] = useState(false)
  const asked = useRef(false)
  useEffect(() => setSettled(true), [])
  useEffect(() => {
    if (!settled || asked.current) return
    asked.current = true
    const begun = empty && licence ? fromLicence(licence) : null
    if (begun) change(begun)
  }, [settled, empty, licence, change])
}
