import { useState } from 'react'
import type { LicenceJson } from '../../../policies/index.ts'
import { builder } from '../i18n/areas/builder.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Details, Section } from '../ui/Page.tsx'
import css from './Builder.module.css'
import { type BroughtIn, bringIn, type OfferedCode, offeredCodes } from './bring-in.ts'

interface CodeFieldsProps {
  readonly document: LicenceJson
  readonly onChange: (document: LicenceJson) => void
}

interface AnswerProps {
  readonly code: string
  readonly brought: BroughtIn
}

function Answer({ code, brought }: AnswerProps) {
  const t = useT(builder)
  return (
    <Notice tone={brought.kind === 'done' ? 'good' : 'note'} live>
      <p>{t(`codes.${brought.kind}`, { code })}</p>
      {'note' in brought && <p dir="auto">{brought.note}</p>}
    </Notice>
  )
}

/** Codes by which others say what data may be used for; brought in, they narrow the licence. */
export function CodeFields({ document, onChange }: CodeFieldsProps) {
  const t = useT(builder)
  const [chosen, setChosen] = useState<OfferedCode>()
  const [until, setUntil] = useState('')
  const [answer, setAnswer] = useState<AnswerProps>()
  const choose = (value: string) => {
    setAnswer(undefined)
    setChosen(offeredCodes.find((one) => one.value === value))
  }
  const add = () => {
    if (!chosen) return
    const brought = bringIn(document, chosen, until)
    setAnswer({ code: chosen.code, brought })
    if (brought.kind === 'done') onChange(brought.document)
  }
  return (
    <Section title={t('codes.section')} id="codes">
      <Details summary={t('codes.title')}>
        <p>{t('codes.intro')}</p>
        <SelectField
          label={t('codes.choose')}
          empty={t('codes.none')}
          choices={offeredCodes.map(({ value, label }) => ({ value, label: `${value}: ${label}` }))}
          value={chosen?.value ?? ''}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
        />
        {chosen?.ends && (
          <TextField
            type="date"
            label={t('codes.until')}
            value={until}
            onChange={({ currentTarget }) => setUntil(currentTarget.value)}
          />
        )}
        {answer && <Answer {...answer} />}
        <div className={css.line}>
          <Button onClick={add} disabled={!chosen}>
            {t('codes.add')}
          </Button>
        </div>
      </Details>
    </Section>
  )
}
