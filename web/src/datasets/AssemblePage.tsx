import {
  AssembleDocument,
  type AssembleQuery,
  type StewardDatasetFragment,
} from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { assemble } from '../i18n/areas/assemble.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Facts, Page, Section } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Failed, Loading, NotAllowed, NotFound } from '../ui/State.tsx'
import { AssembleForm } from './AssembleForm.tsx'
import { CustodyPanel } from './CustodyPanel.tsx'
import { StewardVersion } from './StewardVersion.tsx'
import { SuspendPanel } from './SuspendPanel.tsx'

export type StatementQuestion = {
  readonly field: string
  readonly title: string
  readonly help: string
  readonly required: boolean
}

/** Annotated data has to say who annotated it; for other data that is a further answer. */
const questionsFor = (kind: string, fields: readonly StatementQuestion[]) =>
  fields.map((one) =>
    kind === 'annotations' && one.field.startsWith('annotat') ? { ...one, required: true } : one,
  )

export function AssemblePage() {
  const t = useT(assemble)
  const { id = '' } = useParams()
  const { data, error, refetch } = useQuery(AssembleDocument, { id })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  const { dataset, viewer, statementFields } = data
  if (!dataset) return <NotFound />
  if (!dataset.viewerCanSteward) {
    return <NotAllowed message={t('notAllowed')} signedIn={viewer !== null} />
  }
  return (
    <AssembleView
      dataset={dataset}
      questions={questionsFor(dataset.kind, statementFields)}
      communities={data.communities}
      mine={viewer?.memberships.map(({ community }) => community.id) ?? []}
    />
  )
}

interface AssembleViewProps {
  readonly dataset: StewardDatasetFragment
  readonly questions: readonly StatementQuestion[]
  readonly communities: AssembleQuery['communities']
  /** Ids of the communities the viewer belongs to. */
  readonly mine: readonly string[]
}

export function AssembleView({ dataset, questions, communities, mine }: AssembleViewProps) {
  const t = useT(assemble)
  const words = useT(shared)
  const drafts = dataset.drafts ?? []
  return (
    <Page
      title={t('title', { dataset: dataset.title })}
      lead={t('lead')}
      narrow
      above={<Link to={`/datasets/${dataset.id}`}>{t('above')}</Link>}
    >
      <Facts
        facts={[[t('now'), dataset.stageText || words.code('stage', String(dataset.stage))]]}
      />
      <Section title={t('drafts.title')}>
        {drafts.length === 0 && <p>{t('drafts.none')}</p>}
        {drafts.map((version) => (
          <StewardVersion key={version.manifestDigest} version={version} dataset={dataset} />
        ))}
      </Section>
      <AssembleForm dataset={dataset} questions={questions} />
      <Section title={t('versions.title')}>
        {dataset.versions.length === 0 && <p>{t('versions.none')}</p>}
        {dataset.versions.map((version) => (
          <StewardVersion key={version.manifestDigest} version={version} dataset={dataset} />
        ))}
      </Section>
      <CustodyPanel dataset={dataset} communities={communities} mine={mine} />
      <SuspendPanel dataset={dataset} />
    </Page>
  )
}
