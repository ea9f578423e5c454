import { useState } from 'react'
import { contribute } from '../i18n/areas/contribute.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Bar } from '../ui/Bar.tsx'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { datasetKinds, fitsKind, kindEndings } from './contribute-draft.ts'
import { RecordStep } from './RecordStep.tsx'
import css from './Upload.module.css'
import { UploadList } from './UploadList.tsx'
import { type ArrivedFile, isArchive, isComplete, totalsOf } from './upload-queue.ts'
import type { Recordings } from './use-recordings.ts'
import type { Uploads } from './use-uploads.ts'

interface UploadStepProps {
  readonly uploads: Uploads
  readonly recordings: Recordings
  readonly dataset: string
  readonly kind: string
  readonly error: string | undefined
}

/** Choosing and sending: what it costs first, then how far it is. */
export function UploadStep({ uploads, recordings, dataset, kind, error }: UploadStepProps) {
  const t = useT(contribute)
  const [unfit, setUnfit] = useState<readonly string[]>([])
  const { queue } = uploads
  const pick = (list: Iterable<File>) => {
    const files = [...list]
    const fits = (name: string) => fitsKind(name, kind) || isArchive(name)
    uploads.add(files.filter(({ name }) => fits(name)))
    setUnfit(files.map(({ name }) => name).filter((name) => !fits(name)))
  }
  const became = (path: string, files: readonly ArrivedFile[]) => {
    uploads.became(
      path,
      files.filter((file) => fitsKind(file.path, kind)),
    )
    setUnfit(files.map((file) => file.path).filter((name) => !fitsKind(name, kind)))
  }
  const { lost } = totalsOf(queue)
  return (
    <div id="files" tabIndex={-1}>
      <p>{t('files.lead')}</p>
      <div className={css.pick}>
        <PickFiles onPick={pick} />
        <PickFiles onPick={pick} folder />
      </div>
      {unfit.length > 0 && <Unfit names={unfit} kind={kind} />}
      {fitsKind('recording.webm', kind) && (
        <RecordStep dataset={dataset} recordings={recordings} queue={queue} />
      )}
      {error && (
        <Notice tone="bad">
          <p>{error}</p>
        </Notice>
      )}
      {lost > 0 && (
        <Notice tone="wait">
          <p>{t('files.lost', { count: lost })}</p>
        </Notice>
      )}
      {queue.items.length > 0 && (
        <>
          <UploadProgress uploads={uploads} />
          <UploadList
            items={queue.items}
            onRetry={uploads.retry}
            onRemove={uploads.remove}
            onBecame={became}
          />
        </>
      )}
    </div>
  )
}

interface UnfitProps {
  readonly names: readonly string[]
  readonly kind: string
}

/** Names what was left out before it cost anybody a byte. */
function Unfit({ names, kind }: UnfitProps) {
  const t = useT(contribute)
  const known = datasetKinds.find((one) => one === kind)
  const endings = known ? kindEndings[known].join(', ') : ''
  return (
    <Notice tone="wait" title={t('files.unfit', { endings })} live>
      <ul>
        {names.map((name) => (
          <li key={name} dir="auto">
            {name}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

interface PickFilesProps {
  readonly folder?: boolean
  readonly onPick: (files: Iterable<File>) => void
}

function PickFiles({ folder, onPick }: PickFilesProps) {
  const t = useT(contribute)
  return (
    <label>
      <span>{folder ? t('files.folder') : t('files.choose')}</span>
      <input
        type="file"
        multiple
        // React has no name for this attribute, which every browser but those on phones knows.
        {...(folder ? { webkitdirectory: '' } : {})}
        onChange={(event) => {
          onPick(event.currentTarget.files ?? [])
          // The same files may be chosen again, after a failure or a reload.
          event.currentTarget.value = ''
        }}
      />
    </label>
  )
}

function UploadProgress({ uploads }: { readonly uploads: Uploads }) {
  const t = useT(contribute)
  const format = useFormat()
  const { queue, speed, pause, resume } = uploads
  const { files, bytes, sent, left, lost, failed } = totalsOf(queue)
  const idle = queue.paused && !isComplete(queue) && files > lost + failed
  return (
    <>
      <p>{t('files.cost', { count: files, size: format.size(bytes) })}</p>
      <Bar
        value={sent}
        max={bytes}
        words={
          isComplete(queue)
            ? t('files.all')
            : t('files.left', {
                sent: format.size(sent),
                size: format.size(bytes),
                left: format.size(left),
              })
        }
      />
      {speed !== null && speed > 0 && <Remaining speed={speed} left={left} />}
      <ButtonRow>
        {idle && (
          <Button look="primary" onClick={resume}>
            {sent > 0 ? t('files.resume') : t('files.start')}
          </Button>
        )}
        {!queue.paused && !isComplete(queue) && <Button onClick={pause}>{t('files.pause')}</Button>}
      </ButtonRow>
    </>
  )
}

function Remaining({ speed, left }: { readonly speed: number; readonly left: number }) {
  const t = useT(contribute)
  const format = useFormat()
  const minutes = Math.ceil(left / speed / 60)
  const time =
    minutes > 90
      ? t('files.hours', { count: Math.ceil(minutes / 60) })
      : t('files.minutes', { count: minutes })
  return <p>{t('files.speed', { speed: format.size(Math.round(speed)), time })}</p>
}
