import { builder } from '../i18n/areas/builder.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { Group } from '../ui/Choices.tsx'
import { TextArea, TextField } from '../ui/Field.tsx'
import css from './Builder.module.css'
import type { LocalWords } from './builder-draft.ts'

interface LocalTextsProps {
  readonly id: string
  readonly legend: string
  readonly hint: string
  readonly error?: string
  /** Words of the field itself. */
  readonly label: string
  readonly long?: boolean
  readonly value: readonly LocalWords[]
  readonly onChange: (value: readonly LocalWords[]) => void
}

/** One text in several languages; the community says which. */
export function LocalTexts({ id, label, long, value, onChange, ...group }: LocalTextsProps) {
  const t = useT(builder)
  const put = (index: number, patch: Partial<LocalWords>) =>
    onChange(value.map((words, at) => (at === index ? { ...words, ...patch } : words)))
  const Text = long ? TextArea : TextField
  return (
    <div id={id}>
      <Group {...group}>
        {value.map(({ lang, text }, index) => (
          // A row has no name of its own but its place.
          <div className={css.words} key={String(index)}>
            <TextField
              label={t('texts.language')}
              dir="ltr"
              value={lang}
              onChange={({ currentTarget }) => put(index, { lang: currentTarget.value.trim() })}
            />
            <Text
              label={label}
              lang={lang || undefined}
              value={text}
              onChange={({
                currentTarget,
              }: {
                readonly currentTarget: { readonly value: string }
              }) => put(index, { text: currentTarget.value })}
            />
          </div>
        ))}
        <Button look="plain" onClick={() => onChange([...value, { lang: '', text: '' }])}>
          {t('texts.add')}
        </Button>
      </Group>
    </div>
  )
}
