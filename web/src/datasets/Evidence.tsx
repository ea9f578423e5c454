import { useMemo, useState } from 'react'
import { ConsentEvidenceDocument, type ConsentEvidenceQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { contribution } from '../i18n/areas/contribution.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { Failed, Loading } from '../ui/State.tsx'
import css from './Evidence.module.css'
import { SoundPlayer } from './SoundPlayer.tsx'
import { useObjectUrl } from './use-object-url.ts'

interface EvidenceProps {
  readonly id: string
  /** The empty name stands for the contribution. */
  readonly speaker: string
  readonly whose: string
}

/** What shows a consent, fetched only for whoever wants to see it. */
export function Evidence(props: EvidenceProps) {
  const t = useT(contribution)
  const [open, setOpen] = useState(false)
  const { whose } = props
  return (
    <>
      <ButtonRow>
        <Button
          aria-expanded={open}
          aria-label={open ? undefined : t('evidence.lookLabel', { whose })}
          onClick={() => setOpen(!open)}
        >
          {t(open ? 'evidence.hide' : 'evidence.look')}
        </Button>
      </ButtonRow>
      {open && <Seen {...props} />}
    </>
  )
}

function Seen({ id, speaker, whose }: EvidenceProps) {
  const t = useT(contribution)
  const { data, error, refetch } = useQuery(ConsentEvidenceDocument, { contribution: id, speaker })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  const found = data.consentEvidence
  if (!found) return <p role="status">{t('evidence.gone')}</p>
  return (
    <>
      <p>{t('evidence.who')}</p>
      <Shown found={found} whose={whose} />
    </>
  )
}

interface ShownProps {
  readonly found: NonNullable<ConsentEvidenceQuery['consentEvidence']>
  readonly whose: string
}

const bytesOf = ({ content, mediaType }: ShownProps['found']): Blob =>
  new Blob([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], { type: mediaType })

function Shown({ found, whose }: ShownProps) {
  const t = useT(contribution)
  const bytes = useMemo(() => bytesOf(found), [found])
  const { mediaType, content } = found
  if (mediaType.startsWith('audio/'))
    return <SoundPlayer sound={bytes} label={t('evidence.sound', { whose })} />
  if (mediaType === 'application/pdf') return <Save bytes={bytes} />
  return (
    <img
      className={css.picture}
      src={`data:${mediaType};base64,${content}`}
      alt={t('evidence.picture', { whose })}
    />
  )
}

/** Not opened here: a form from elsewhere runs nothing on this site. */
function Save({ bytes }: { readonly bytes: Blob }) {
  const t = useT(contribution)
  const address = useObjectUrl(bytes)
  return address ? (
    <p>
      <a href={address} download="consent.pdf">
        {t('evidence.save')}
      </a>
    </p>
  ) : null
}
