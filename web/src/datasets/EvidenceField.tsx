import { contribute } from '../i18n/areas/contribute.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Bar } from '../ui/Bar.tsx'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import type { DraftEvidence } from './contribute-draft.ts'
import css from './Upload.module.css'
import { type EvidenceSending, useEvidence } from './use-evidence.ts'

interface EvidenceFieldProps {
  readonly id: string
  readonly label: string
  readonly file: DraftEvidence | null
  readonly onChange: (file: DraftEvidence | null) => void
  readonly error?: string | undefined
}

/** What the registry takes; a telephone offers its camera and its recorder for it. */
const accepted = 'image/jpeg,image/png,application/pdf,audio/*'

/** A picture of the form or a spoken consent, for those who have to judge it. */
export function EvidenceField({ id, label, file, onChange, error }: EvidenceFieldProps) {
  const t = useT(contribute)
  const { sending, send, remove } = useEvidence(onChange)
  if (file)
    return (
      <fieldset className={css.chosen} id={id} tabIndex={-1}>
        <legend>{label}</legend>
        <Chosen file={file} sending={sending} error={error} />
        <Button look="plain" onClick={remove}>
          {t('evidence.remove', { name: file.name })}
        </Button>
      </fieldset>
    )
  return (
    <Field id={id} label={label} hint={t('evidence.help')} error={error} optional>
      {(control) => (
        <input
          {...control}
          type="file"
          accept={accepted}
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? []
            if (chosen) send(chosen)
          }}
        />
      )}
    </Field>
  )
}

interface ChosenProps {
  readonly file: DraftEvidence
  readonly sending: EvidenceSending | null
  readonly error: string | undefined
}

function Chosen({ file: { name, size, upload }, sending, error }: ChosenProps) {
  const t = useT(contribute)
  const format = useFormat()
  if (upload) return <p role="status">{t('evidence.arrived', { name, size: format.size(size) })}</p>
  if (sending?.problem === 'too-large') return <p role="alert">{t('evidence.tooLarge')}</p>
  if (sending?.problem) return <p role="alert">{t.code('problem', sending.problem)}</p>
  if (!sending) return <p role="alert">{error ?? t('evidence.lost', { name })}</p>
  const words = t('files.left', {
    sent: format.size(sending.sent),
    size: format.size(size),
    left: format.size(size - sending.sent),
  })
  return <Bar value={sending.sent} max={size} words={words} />
}
