import { EndBallotKeyDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { signing } from '../i18n/areas/signing.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Tag } from '../ui/Notice.tsx'
import { Card } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import type { SigningProposal } from './SignPage.tsx'

type Key = SigningProposal['myBallotKeys'][number]

interface BallotKeysProps {
  readonly proposal: Pick<SigningProposal, 'id' | 'myBallotKeys'>
  /** Public key of this device, or null. */
  readonly mine: string | null
}

/** The devices that sign for a member in one vote; a lost one is ended here. */
export function BallotKeys({ proposal: { id, myBallotKeys }, mine }: BallotKeysProps) {
  const t = useT(signing)
  if (myBallotKeys.length === 0) return <p>{t('keys.none')}</p>
  return (
    <>
      {myBallotKeys.map((key) => (
        <KeyRow key={key.key} proposal={id} one={key} mine={key.key === mine} />
      ))}
      <p>{t('keys.check')}</p>
    </>
  )
}

interface KeyRowProps {
  readonly proposal: string
  readonly one: Key
  readonly mine: boolean
}

function KeyRow({ proposal, one: { key, addedAt, endedAt, entry }, mine }: KeyRowProps) {
  const t = useT(signing)
  const format = useFormat()
  const command = useCommand(EndBallotKeyDocument, (data) => data.endBallotKey)
  const instant = format.instant(addedAt)
  return (
    <Card>
      <p>
        {t('keys.row', { instant })} {mine && <Tag tone="good">{t('keys.this')}</Tag>}
        <br />
        <Link to={`/log/entries/${entry}`}>{t('keys.entry', { entry: String(entry) })}</Link>
        {endedAt && (
          <>
            <br />
            {t('keys.ended', { instant: format.instant(endedAt) })}
          </>
        )}
      </p>
      <CommandAnswer command={command} />
      {!endedAt && (
        <ButtonRow>
          <Button
            look="danger"
            busy={command.busy}
            aria-label={t('keys.endLabel', { instant })}
            onClick={() => command.send({ input: { proposal, key } })}
          >
            {t('keys.end')}
          </Button>
        </ButtonRow>
      )}
    </Card>
  )
}
