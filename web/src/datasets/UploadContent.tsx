import { useState } from 'react'
import {
  InspectUploadDocument,
  type InspectUploadMutation,
  StripUploadDocument,
  UnpackUploadDocument,
} from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { quality } from '../i18n/areas/quality.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Notice } from '../ui/Notice.tsx'
import { QualityReport } from './QualityReport.tsx'
import css from './Upload.module.css'
import { type ArrivedFile, isArchive } from './upload-queue.ts'

interface UploadContentProps {
  readonly path: string
  readonly upload: string
  /** The upload has become these files. */
  readonly onBecame: (files: readonly ArrivedFile[]) => void
}

/** What can be done with a file that has arrived, before it is handed in. */
export function UploadContent(props: UploadContentProps) {
  return (
    <div className={css.content}>
      {isArchive(props.path) ? <Unpack {...props} /> : <Look {...props} />}
    </div>
  )
}

function Unpack({ path, upload, onBecame }: UploadContentProps) {
  const t = useT(quality)
  const command = useCommand(UnpackUploadDocument, (data) => data.unpackUpload)
  const unpack = async () => {
    const data = await command.send({ id: upload })
    if (data?.unpackUpload.files) onBecame(data.unpackUpload.files)
  }
  return (
    <>
      <CommandAnswer command={command} />
      <Button busy={command.busy} aria-label={t('unpackLabel', { path })} onClick={unpack}>
        {t('unpack')}
      </Button>
    </>
  )
}

type Seen = InspectUploadMutation['inspectUpload']

function Look({ path, upload, onBecame }: UploadContentProps) {
  const t = useT(quality)
  const [seen, setSeen] = useState<Seen | null>(null)
  const [stripped, setStripped] = useState(false)
  const look = useCommand(InspectUploadDocument, (data) => data.inspectUpload)
  const strip = useCommand(StripUploadDocument, (data) => data.stripUpload)
  const inspect = async () => {
    const data = await look.send({ id: upload, path })
    if (data) setSeen(data.inspectUpload)
  }
  const takeOut = async () => {
    const data = await strip.send({ id: upload, path })
    if (!data?.stripUpload.files) return
    onBecame(data.stripUpload.files)
    setStripped(true)
    await inspect()
  }
  return (
    <>
      <CommandAnswer command={look} />
      <CommandAnswer command={strip} />
      {!seen && (
        <Button
          look="plain"
          busy={look.busy}
          aria-label={t('lookLabel', { path })}
          onClick={inspect}
        >
          {t('look')}
        </Button>
      )}
      {stripped && <Notice tone="good" title={t('stripped')} live />}
      {seen && <Content seen={seen} path={path} busy={strip.busy} onStrip={takeOut} />}
    </>
  )
}

interface ContentProps {
  readonly seen: Seen
  readonly path: string
  readonly busy: boolean
  readonly onStrip: () => void
}

function Content({ seen, path, busy, onStrip }: ContentProps) {
  const t = useT(quality)
  const { problem, personal, canStrip } = seen
  if (problem)
    return (
      <Notice tone="bad" title={t('problem')} live>
        <p dir="auto">{problem}</p>
      </Notice>
    )
  return (
    <>
      {personal.length === 0 ? (
        <p>{t('clean')}</p>
      ) : (
        <Notice tone="wait" title={t('found')} live>
          <ul>
            {personal.map(({ where, value }, place) => (
              <li key={`${place} ${where}`} dir="auto">
                {where}: {value}
              </li>
            ))}
          </ul>
          {canStrip ? (
            <ButtonRow>
              <Button busy={busy} aria-label={t('stripLabel', { path })} onClick={onStrip}>
                {t('strip')}
              </Button>
            </ButtonRow>
          ) : (
            <p>{t('noStrip')}</p>
          )}
        </Notice>
      )}
      {seen.quality && <QualityReport quality={seen.quality} />}
    </>
  )
}
