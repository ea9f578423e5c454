import { assemble } from '../i18n/areas/assemble.ts'
import { useT } from '../i18n/use-t.ts'
import { Bar } from '../ui/Bar.tsx'
import { Button } from '../ui/Button.tsx'
import { TextArea } from '../ui/Field.tsx'
import { Details } from '../ui/Page.tsx'
import type { StatementQuestion } from './AssemblePage.tsx'
import { completeness, countWords, type VersionDraft } from './version-draft.ts'

interface StatementEditorProps {
  readonly questions: readonly StatementQuestion[]
  readonly draft: VersionDraft
  readonly onChange: (patch: Partial<VersionDraft>) => void
  readonly error: (field: string) => string | undefined
}

/** The data statement, question by question, with a measure of how complete it is. */
export function StatementEditor({ questions, draft, onChange, error }: StatementEditorProps) {
  const t = useT(assemble)
  const { done, needed } = completeness(questions, draft.statement)
  const answer = (field: string, text: string) =>
    onChange({ statement: { ...draft.statement, [field]: text } })
  const editor = (question: StatementQuestion) => (
    <Answer
      key={question.field}
      question={question}
      text={draft.statement[question.field] ?? ''}
      error={error(`statement.${question.field}`)}
      onAnswer={answer}
    />
  )
  const further = questions.filter(({ required }) => !required)
  return (
    <>
      <h3>{t('make.statement')}</h3>
      <p>{t('make.statement.help')}</p>
      <Bar
        value={done}
        max={needed}
        words={t('make.meter', { done: String(done), needed: String(needed) })}
      />
      {questions.filter(({ required }) => required).map(editor)}
      {further.length > 0 && <Details summary={t('make.more')}>{further.map(editor)}</Details>}
    </>
  )
}

interface AnswerProps {
  readonly question: StatementQuestion
  readonly text: string
  readonly error: string | undefined
  readonly onAnswer: (field: string, text: string) => void
}

function Answer({ question, text, error, onAnswer }: AnswerProps) {
  const t = useT(assemble)
  const { field, title, help, required } = question
  return (
    <>
      <TextArea
        id={`statement.${field}`}
        label={title}
        hint={help}
        optional={!required}
        rows={3}
        value={text}
        error={error}
        onChange={(event) => onAnswer(field, event.currentTarget.value)}
      />
      {field === 'summary' && text !== '' && (
        <p role="status">{t('make.words', { count: countWords(text) })}</p>
      )}
      {required && text === '' && field !== 'summary' && (
        <Button
          look="plain"
          aria-label={t('make.unknownLabel', { field: title })}
          onClick={() => onAnswer(field, 'unknown')}
        >
          {t('make.unknown')}
        </Button>
      )}
    </>
  )
}
