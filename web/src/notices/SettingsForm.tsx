import { useState } from 'react'
import { SaveNoticeSettingsDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { notices } from '../i18n/areas/notices.ts'
import { useLocale, useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CheckboxGroup, RadioGroup } from '../ui/Choices.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import type { NoticeViewer } from './NoticesPage.tsx'

type Settings = NoticeViewer['noticeSettings']

const LANGUAGES = ['en', 'de'] as const
const MODES = ['each', 'daily', 'none'] as const

/** How often, in which language and about what somebody wants to be written to. */
export function SettingsForm({ settings }: { readonly settings: Settings }) {
  const t = useT(notices)
  const { code: language } = useLocale()
  const command = useCommand(SaveNoticeSettingsDocument, (data) => data.saveNoticeSettings)
  const [saved, setSaved] = useState(false)
  const [mode, setMode] = useState(settings.mode)
  const [written, setWritten] = useState(settings.language)
  const [wanted, setWanted] = useState<readonly string[]>(
    settings.kinds.filter(({ mail }) => mail).map(({ kind }) => kind),
  )
  const save = async () => {
    setSaved(false)
    const off = settings.kinds.map(({ kind }) => kind).filter((kind) => !wanted.includes(kind))
    setSaved((await command.send({ input: { language: written, mode, off }, language })) !== null)
  }
  return (
    <Section title={t('settings.title')} id="settings">
      <p>{t('settings.lead')}</p>
      <Form onSubmit={save}>
        <RadioGroup
          name="mode"
          legend={t('settings.mode')}
          choices={MODES.map((value) => ({
            value,
            label: t(`settings.mode.${value}`),
            hint: value === 'daily' ? t('settings.mode.daily.help') : undefined,
          }))}
          value={mode}
          onChange={setMode}
        />
        <RadioGroup
          name="language"
          legend={t('settings.language')}
          choices={LANGUAGES.map((value) => ({ value, label: t(`settings.language.${value}`) }))}
          value={written}
          onChange={setWritten}
        />
        <CheckboxGroup
          name="kinds"
          legend={t('settings.kinds')}
          choices={settings.kinds.map(({ kind, name }) => ({ value: kind, label: name }))}
          value={wanted}
          onChange={setWanted}
        />
        <CommandAnswer command={command} />
        {saved && (
          <Notice tone="good" live>
            <p>{t('settings.saved')}</p>
          </Notice>
        )}
        <ButtonRow>
          <Button type="submit" look="primary" busy={command.busy}>
            {t('settings.save')}
          </Button>
        </ButtonRow>
      </Form>
    </Section>
  )
}
