import { useState } from 'react'
import { AssembleVersionDocument, type StewardDatasetFragment } from '../graphql/generated.ts'
import { refusedAt, useCommand } from '../graphql/use-command.ts'
import { assemble } from '../i18n/areas/assemble.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { useDraft } from '../ui/draft.ts'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { TextArea, TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { problemAt, problemList } from '../ui/problem.ts'
import { DraftNotice } from '../ui/Steps.tsx'
import { AssembleArtefacts } from './AssembleArtefacts.tsx'
import { AssembleLicence } from './AssembleLicence.tsx'
import type { StatementQuestion } from './AssemblePage.tsx'
import { AssembleSources } from './AssembleSources.tsx'
import { StatementEditor } from './StatementEditor.tsx'
import { firstDraft, toVersionInput, type VersionDraft, versionProblems } from './version-draft.ts'

interface AssembleFormProps {
  readonly dataset: StewardDatasetFragment
  readonly questions: readonly StatementQuestion[]
}

export function AssembleForm({ dataset, questions }: AssembleFormProps) {
  const t = useT(assemble)
  const taken = [...dataset.versions, ...(dataset.drafts ?? [])].map(({ version }) => version)
  const draft = useDraft<VersionDraft>(`version.${dataset.id}`, firstDraft(dataset, taken))
  const command = useCommand(AssembleVersionDocument, (data) => data.assembleVersion)
  const [tried, setTried] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const { value, change } = draft
  const chosen = (dataset.contributions ?? []).filter(({ id }) => value.contributions.includes(id))
  const paths = chosen.flatMap(({ files }) => files.map(({ path }) => path))
  const problems = tried ? versionProblems(value, taken, questions) : []
  const error = (field: string) =>
    problemAt(t, problems, field) ?? refusedAt(command.refused, field)
  const make = async () => {
    setTried(true)
    setMade(null)
    if (versionProblems(value, taken, questions).length > 0) return
    const data = await command.send({ input: toVersionInput(dataset.id, value, paths) })
    if (!data) return
    setMade(value.version)
    setTried(false)
    draft.clear()
  }
  return (
    <Section title={t('make.title')}>
      {made && <Notice tone="good" title={t('make.done', { version: made })} live />}
      <DraftNotice restored={draft.restored} onClear={draft.clear} />
      <Form onSubmit={make}>
        <ErrorSummary errors={problemList(t, problems)} />
        <AssembleSources dataset={dataset} draft={value} onChange={change} error={error} />
        <AssembleArtefacts
          paths={paths}
          draft={value}
          error={error('artefacts')}
          onChange={change}
        />
        <TextField
          id="version"
          dir="ltr"
          label={t('make.version')}
          hint={t('make.version.help')}
          value={value.version}
          error={error('version')}
          onChange={(event) => change({ version: event.currentTarget.value })}
        />
        <TextArea
          id="parents"
          dir="ltr"
          rows={2}
          optional
          label={t('make.parents')}
          hint={t('make.parents.help')}
          value={value.parents}
          error={error('parents')}
          onChange={(event) => change({ parents: event.currentTarget.value })}
        />
        <AssembleLicence dataset={dataset} draft={value} onChange={change} error={error} />
        <StatementEditor questions={questions} draft={value} onChange={change} error={error} />
        <CommandAnswer command={command} />
        <ButtonRow>
          <Button type="submit" look="primary" busy={command.busy}>
            {t('make.submit')}
          </Button>
        </ButtonRow>
      </Form>
    </Section>
  )
}
