import { useState } from 'react'
import { AddBallotKeyDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { signing } from '../i18n/areas/signing.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Copy } from '../ui/Copy.tsx'
import { TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { saveText } from '../ui/save-text.ts'
import { ChoiceField } from './BallotForm.tsx'
import { type BallotDraft, ballotProblem, needsReason } from './ballot-page.ts'
import { type Device, newDevice, signBallot } from './device.ts'
import type { SigningProposal } from './SignPage.tsx'
import type { OwnDevice } from './use-device.ts'

interface Part {
  readonly proposal: SigningProposal
  readonly own: OwnDevice
}

/** Prepares this device, then signs with it. */
export function SignForm({ proposal, own }: Part) {
  const t = useT(signing)
  const { device } = own
  const known = proposal.myBallotKeys.find(({ key }) => key === device?.key)
  if (device === undefined) return null
  if (!device) return <Prepare proposal={proposal} own={own} />
  if (known && known.endedAt === null) {
    return (
      <>
        <p>{t('device.ready')}</p>
        <Sign proposal={proposal} own={own} device={device} />
      </>
    )
  }
  return (
    <>
      <p>{known ? t('device.ended') : t('device.foreign')}</p>
      <ButtonRow>
        <Button onClick={own.forget}>{t('device.anew')}</Button>
      </ButtonRow>
    </>
  )
}

function Prepare({ proposal: { id, viewerCanSign }, own }: Part) {
  const t = useT(signing)
  const command = useCommand(AddBallotKeyDocument, (data) => data.addBallotKey)
  const [unsupported, setUnsupported] = useState(false)
  const prepare = async () => {
    const device = await newDevice(id).catch(() => null)
    setUnsupported(device === null)
    if (!device) return
    const { key, opens } = device
    // Kept first: a key in the log whose private part is lost would be of no use to anybody.
    await own.keep(device)
    if (!(await command.send({ input: { proposal: id, key, opens } }))) await own.forget()
  }
  if (!viewerCanSign.allowed) return <p>{viewerCanSign.message}</p>
  return (
    <>
      <p>{t('device.explain')}</p>
      {unsupported && (
        <Notice tone="bad" live>
          <p>{t('device.unsupported')}</p>
        </Notice>
      )}
      <CommandAnswer command={command} />
      <ButtonRow>
        <Button look="primary" busy={command.busy} onClick={prepare}>
          {t('device.prepare')}
        </Button>
      </ButtonRow>
    </>
  )
}

function Sign({ proposal, own, device }: Part & { readonly device: Device }) {
  const t = useT(signing)
  const words = useT(ballot)
  const [draft, setDraft] = useState<BallotDraft>({ choice: null, reason: '' })
  const [tried, setTried] = useState(false)
  const problem = tried ? ballotProblem(draft) : null
  const sign = async () => {
    setTried(true)
    const { choice } = draft
    if (!choice || ballotProblem(draft) !== null) return
    const vote = { proposal: proposal.id, text: proposal.textDigest }
    await own.keep(await signBallot(device, vote, { choice, reason: draft.reason.trim() }))
    setDraft({ choice: null, reason: '' })
    setTried(false)
  }
  return (
    <>
      {device.ballot && <Signed proposal={proposal.id} text={device.ballot} />}
      <Form onSubmit={sign}>
        <ChoiceField
          choice={draft.choice}
          error={problem === 'problem.choice' ? words(problem) : undefined}
          onChange={(choice) => setDraft({ ...draft, choice })}
        />
        <TextArea
          id="reason"
          label={words('vote.reason')}
          hint={words('vote.reason.help')}
          optional={!(draft.choice && needsReason(draft.choice))}
          rows={3}
          value={draft.reason}
          error={problem === 'problem.reason' ? words(problem) : undefined}
          onChange={(event) => setDraft({ ...draft, reason: event.currentTarget.value })}
        />
        <p>{t('sign.limits')}</p>
        <ButtonRow>
          <Button type="submit" look="primary">
            {t('sign.button')}
          </Button>
        </ButtonRow>
      </Form>
    </>
  )
}

function Signed({ proposal, text }: { readonly proposal: string; readonly text: string }) {
  const t = useT(signing)
  return (
    <Notice tone="wait" title={t('signed.title')} live>
      <p>{t('signed.text')}</p>
      <Copy label={t('signed.label')} value={text} rows={4} />
      <ButtonRow>
        <Button onClick={() => saveText(`ballot-${proposal}.txt`, `${text}\n`)}>
          {t('signed.save')}
        </Button>
      </ButtonRow>
    </Notice>
  )
}
