import { forms } from '../i18n/areas/forms.ts'
import { useT } from '../i18n/use-t.ts'
import { Checkbox } from '../ui/Choices.tsx'

interface TalkFirstProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

/** Whether a proposal is talked over before its vote, or voted on at once. */
export function TalkFirst({ checked, onChange }: TalkFirstProps) {
  const t = useT(forms)
  return (
    <Checkbox
      label={t('deliberate')}
      hint={t('deliberate.help')}
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}
