import { useMemo, useState } from 'react'
import { ProposalMade } from '../governance/ProposalMade.tsx'
import { CharterEditorDocument } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { charters } from '../i18n/areas/charters.ts'
import { useT } from '../i18n/use-t.ts'
import { useDraft } from '../ui/draft.ts'
import { Page } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Failed, Loading, NotAllowed, NotFound } from '../ui/State.tsx'
import { CharterForm } from './CharterForm.tsx'
import { CharterStart } from './CharterStart.tsx'
import {
  charterOf,
  type EditorCommunity,
  type EditorTemplate,
  emptyCharter,
  fromOwn,
  fromTemplate,
} from './charter-draft.ts'

interface EditorProps {
  readonly community: EditorCommunity
  readonly templates: readonly EditorTemplate[]
  readonly now: string
}

/** A community writes its charter here and brings it to the vote; nothing typed is lost on a reload. */
export function CharterEditorPage() {
  const t = useT(charters)
  const { slug = '' } = useParams()
  const { data, error, refetch } = useQuery(CharterEditorDocument, { slug })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  const { community, viewer, charterTemplates, registry } = data
  if (!community) return <NotFound />
  if (!community.viewerIsMember) {
    return <NotAllowed message={t('notMember')} signedIn={viewer !== null} />
  }
  return <Editor community={community} templates={charterTemplates} now={registry.now} />
}

function Editor({ community, templates, now }: EditorProps) {
  const t = useT(charters)
  const [made, setMade] = useState<string | null>(null)
  const draft = useDraft(`charter.${community.id}`, emptyCharter)
  const charter = useMemo(() => charterOf(draft.value), [draft.value])
  const place = { community, now }
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
      title={t(charter ? 'title.work' : 'title.start')}
      lead={t('lead', { community: community.name })}
      above={
        <Link to={`/communities/${community.slug}`} dir="auto">
          {community.name}
        </Link>
      }
    >
      {charter ? (
        <CharterForm draft={draft} charter={charter} onMade={setMade} {...place} />
      ) : (
        <CharterStart
          community={community}
          templates={templates}
          onOwn={() => draft.change(fromOwn(place) ?? {})}
          onTemplate={(template) => draft.change(fromTemplate(template, place) ?? {})}
        />
      )}
    </Page>
  )
}
