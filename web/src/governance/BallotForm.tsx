import { type ReactNode, useState } from 'react'
import type { BallotChoice } from '../graphql/generated.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/Choices.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { type BallotDraft, ballotChoices, ballotProblem, needsReason } from './ballot-page.ts'

interface BallotFormProps {
  /** Where the ballot goes when no script runs: there it counts at once. */
  readonly action: string
  readonly draft: BallotDraft
  readonly onChange: (patch: Partial<BallotDraft>) => void
  readonly onCast: () => unknown
  readonly onKeep: (() => void) | undefined
  readonly busy: boolean
  /** Why the last try did not count. */
  readonly answer: ReactNode
}

/** Four answers, one reason, one look back before it counts. */
export function BallotForm({
  action,
  draft,
  onChange,
  onCast,
  onKeep,
  busy,
  answer,
}: BallotFormProps) {
  const t = useT(ballot)
  const [tried, setTried] = useState(false)
  const [confirming, setConfirming] = useState(false)
  const problem = tried ? ballotProblem(draft) : null
  const next = () => {
    setTried(true)
    if (ballotProblem(draft) === null) setConfirming(true)
  }
  const cast = async () => {
    await onCast()
    setConfirming(false)
  }
  return (
    <Form onSubmit={next} action={action}>
      {answer}
      <ChoiceField
        choice={draft.choice}
        error={problem === 'problem.choice' ? t(problem) : undefined}
        onChange={(choice) => onChange({ choice })}
      />
      <TextArea
        id="reason"
        name="reason"
        label={t('vote.reason')}
        hint={t('vote.reason.help')}
        optional={!(draft.choice && needsReason(draft.choice))}
        rows={3}
        value={draft.reason}
        error={problem === 'problem.reason' ? t(problem) : undefined}
        onChange={(event) => onChange({ reason: event.currentTarget.value })}
      />
      <ButtonRow>
        <Button type="submit" look="primary" large>
          {t('vote.next')}
        </Button>
        <noscript>{t('vote.noscript')}</noscript>
        {onKeep && <Button onClick={onKeep}>{t('vote.keep')}</Button>}
      </ButtonRow>
      <Dialog
        open={confirming}
        title={t('vote.confirmTitle')}
        confirm={t('vote.confirm')}
        busy={busy}
        onConfirm={cast}
        onClose={() => setConfirming(false)}
      >
        <p>
          <strong>{draft.choice && t(`vote.${draft.choice}`)}</strong>
        </p>
        {draft.reason.trim() && <p dir="auto">{draft.reason}</p>}
        <p>{t('vote.confirmText')}</p>
      </Dialog>
    </Form>
  )
}

interface ChoiceFieldProps {
  readonly choice: BallotChoice | null
  readonly error: string | undefined
  readonly onChange: (choice: BallotChoice) => void
}

/** The four answers. */
export function ChoiceField({ choice, error, onChange }: ChoiceFieldProps) {
  const t = useT(ballot)
  const chosen = (value: string) => {
    const found = ballotChoices.find((one) => one === value)
    if (found) onChange(found)
  }
  return (
    <RadioGroup
      name="choice"
      legend={t('vote.question')}
      framed
      choices={ballotChoices.map((one) => ({
        value: one,
        label: <strong>{t(`vote.${one}`)}</strong>,
        hint: t(`vote.${one}.help`),
      }))}
      value={choice ?? ''}
      error={error}
      onChange={chosen}
    />
  )
}
