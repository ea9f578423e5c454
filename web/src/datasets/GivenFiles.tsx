import { useState } from 'react'
import {
  type GivenContributionFragment,
  LeaveInDocument,
  TakeBackDocument,
} from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { contribution } from '../i18n/areas/contribution.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CheckboxGroup } from '../ui/Choices.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Copy } from '../ui/Copy.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'

interface GivenFilesProps {
  readonly given: GivenContributionFragment
  readonly own: boolean
  readonly onChange: () => void
}

/** Every file and where it stands; whoever gave it takes back what they tick. */
export function GivenFiles({ given, own, onChange }: GivenFilesProps) {
  const t = useT(contribution)
  const format = useFormat()
  const { files, withdrawn, erased } = given
  const live = files.filter(({ path }) => !withdrawn.includes(path))
  const gone = files.filter(({ path }) => withdrawn.includes(path))
  return (
    <Section title={t('files')}>
      {own && live.length > 0 && <TakeBack given={given} live={live} onChange={onChange} />}
      {!own && (
        <ul>
          {live.map(({ path, size }) => (
            <li key={path} dir="auto">
              {path} ({format.size(size)})
            </li>
          ))}
        </ul>
      )}
      {gone.length > 0 && (
        <ul>
          {gone.map(({ path }) => (
            <li key={path}>
              <span dir="auto">{path}</span>:{' '}
              {t(erased.includes(path) ? 'files.erased' : 'files.gone')}
            </li>
          ))}
        </ul>
      )}
      {own && given.eraseAt && <LeaveIn id={given.id} at={given.eraseAt} onChange={onChange} />}
    </Section>
  )
}

interface TakeBackProps {
  readonly given: GivenContributionFragment
  readonly live: GivenContributionFragment['files']
  readonly onChange: () => void
}

function TakeBack({ given, live, onChange }: TakeBackProps) {
  const t = useT(contribution)
  const format = useFormat()
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [asking, setAsking] = useState(false)
  const [receipt, setReceipt] = useState<string | null>(null)
  const command = useCommand(TakeBackDocument, (data) => data.withdrawContribution)
  const all = ticked.length === 0 || ticked.length === live.length
  const takeBack = async () => {
    const data = await command.send({ id: given.id, files: all ? null : [...ticked] })
    setAsking(false)
    if (!data) return
    setReceipt(data.withdrawContribution.receipt)
    setTicked([])
    onChange()
  }
  return (
    <>
      <CheckboxGroup
        name="files"
        legend={t('files.pick')}
        choices={live.map(({ path, size }) => ({
          value: path,
          label: <span dir="auto">{path}</span>,
          hint: format.size(size),
        }))}
        value={ticked}
        onChange={setTicked}
      />
      <CommandAnswer command={command} />
      <ButtonRow>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t(all ? 'takeAll' : 'takeSome')}
        </Button>
      </ButtonRow>
      <Dialog
        open={asking}
        title={t('take.title')}
        confirm={t('take.confirm')}
        danger
        busy={command.busy}
        onConfirm={takeBack}
        onClose={() => setAsking(false)}
      >
        <p>{t('take.text')}</p>
      </Dialog>
      {receipt && (
        <Notice tone="good" title={t('taken')} live>
          <Copy label={t('receipt')} value={receipt} rows={5} />
        </Notice>
      )}
    </>
  )
}

interface LeaveInProps {
  readonly id: string
  readonly at: string
  readonly onChange: () => void
}

function LeaveIn({ id, at, onChange }: LeaveInProps) {
  const t = useT(contribution)
  const format = useFormat()
  const command = useCommand(LeaveInDocument, (data) => data.restoreContribution)
  const leave = async () => {
    if (await command.send({ id })) onChange()
  }
  return (
    <Notice tone="wait">
      <p>{t('undo', { day: format.day(at) })}</p>
      <CommandAnswer command={command} />
      <Button busy={command.busy} onClick={leave}>
        {t('undo.do')}
      </Button>
    </Notice>
  )
}
