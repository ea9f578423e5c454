import { useState } from 'react'
import { CastSignedDocument, type CastSignedMutation } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { signing } from '../i18n/areas/signing.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Field, TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { saveText } from '../ui/save-text.ts'
import { linesIn } from './ballot-lines.ts'
import type { OwnDevice } from './use-device.ts'

type Answers = NonNullable<CastSignedMutation['castSigned']['answers']>

interface Part {
  readonly proposal: string
  readonly own: OwnDevice
}

/** Hands in signed ballots: the one of this device, and those of others from files or as text. */
export function HandIn({ proposal, own }: Part) {
  const t = useT(signing)
  const command = useCommand(CastSignedDocument, (data) => data.castSigned)
  const [texts, setTexts] = useState<readonly string[]>([])
  const [pasted, setPasted] = useState('')
  const [answers, setAnswers] = useState<Answers | null>(null)
  const [empty, setEmpty] = useState(false)
  const mine = own.device?.ballot
  const send = async (ballots: readonly string[]) => {
    setEmpty(ballots.length === 0)
    if (ballots.length === 0) return
    const data = await command.send({ input: { proposal, ballots: [...ballots] } })
    const told = data?.castSigned.answers ?? null
    setAnswers(told)
    const place = mine ? ballots.indexOf(mine) : -1
    if (own.device && told?.[place]?.entry != null) await own.keep({ ...own.device, ballot: null })
  }
  const read = async (files: FileList | null) =>
    setTexts(await Promise.all([...(files ?? [])].map((file) => file.text())))
  return (
    <>
      <CommandAnswer command={command} />
      {answers && <Answered proposal={proposal} answers={answers} />}
      {mine && (
        <ButtonRow>
          <Button look="primary" busy={command.busy} onClick={() => send([mine])}>
            {t('signed.handIn')}
          </Button>
        </ButtonRow>
      )}
      <p>{t('box.lead')}</p>
      <Form onSubmit={() => send(linesIn([...texts, pasted]))}>
        <Field label={t('box.files')} error={empty ? t('box.empty') : undefined}>
          {(control) => (
            <input
              {...control}
              type="file"
              multiple
              accept=".txt,text/plain"
              onChange={(event) => read(event.currentTarget.files)}
            />
          )}
        </Field>
        <TextArea
          label={t('box.text')}
          hint={t('box.text.help')}
          optional
          rows={4}
          id="ballots"
          value={pasted}
          onChange={(event) => setPasted(event.currentTarget.value)}
        />
        <ButtonRow>
          <Button type="submit" busy={command.busy}>
            {t('box.send')}
          </Button>
        </ButtonRow>
      </Form>
    </>
  )
}

/** What became of each ballot; those who carried them can give out the receipts. */
function Answered({ proposal, answers }: { readonly proposal: string; readonly answers: Answers }) {
  const t = useT(signing)
  const counted = answers.filter(({ entry }) => entry !== null)
  const receipts = [...new Set(counted.flatMap(({ receipt }) => receipt ?? []))]
  const refused = answers.flatMap(({ refused: no }, at) =>
    no ? [{ place: String(at + 1), reason: no.message }] : [],
  )
  return (
    <Notice tone={refused.length > 0 ? 'bad' : 'good'} live>
      <p>{t('box.counted', { count: counted.length })}</p>
      <ul>
        {refused.map(({ place, reason }) => (
          <li key={place}>{t('box.refused', { place, reason })}</li>
        ))}
      </ul>
      {receipts.length > 0 && (
        <ButtonRow>
          <Button onClick={() => saveText(`ballots-${proposal}.tlog-proof`, receipts.join('\n'))}>
            {t('box.receipts')}
          </Button>
        </ButtonRow>
      )}
    </Notice>
  )
}
