import { lazy, Suspense, useState } from 'react'
import { record } from '../i18n/areas/record.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Loading } from '../ui/State.tsx'
import type { HeldRecording } from './kept-recordings.ts'
import css from './Record.module.css'
import { SoundPlayer } from './SoundPlayer.tsx'
import type { UploadQueue } from './upload-queue.ts'
import type { Recordings } from './use-recordings.ts'

/** Fetched when somebody wants to record: most people send files. */
const RecordPanel = lazy(() =>
  import('./RecordPanel.tsx').then((m) => ({ default: m.RecordPanel })),
)

interface RecordStepProps {
  readonly dataset: string
  readonly recordings: Recordings
  readonly queue: UploadQueue
}

/** Recording here, and what was recorded here and not handed in yet. */
export function RecordStep({ dataset, recordings, queue }: RecordStepProps) {
  const t = useT(record)
  const [open, setOpen] = useState(false)
  return (
    <>
      {open ? (
        <Suspense fallback={<Loading />}>
          <RecordPanel dataset={dataset} recordings={recordings} />
        </Suspense>
      ) : (
        <ButtonRow>
          <Button onClick={() => setOpen(true)}>{t('open')}</Button>
        </ButtonRow>
      )}
      {recordings.kept.length > 0 && (
        <section aria-labelledby="kept-title">
          <h3 id="kept-title">{t('kept')}</h3>
          <p>{t('kept.text')}</p>
          <ul className={css.kept}>
            {recordings.kept.map((one) => (
              <KeptRow key={one.name} recording={one} recordings={recordings} queue={queue} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

interface KeptRowProps {
  readonly recording: HeldRecording
  readonly recordings: Recordings
  readonly queue: UploadQueue
}

function KeptRow({ recording, recordings, queue }: KeptRowProps) {
  const t = useT(record)
  const format = useFormat()
  const [heard, setHeard] = useState(false)
  const [asking, setAsking] = useState(false)
  const { name, at, prompt, whole, sound } = recording
  const when = format.instant(new Date(at).toISOString())
  const used = queue.items.some(({ path }) => path === name)
  return (
    <li>
      <p>
        <b>{when}</b> · {format.size(sound.size)}
        {used && ` · ${t('kept.used')}`}
      </p>
      {prompt !== '' && (
        <p className={css.said} dir="auto">
          {prompt}
        </p>
      )}
      {!whole && <p>{t('kept.cut')}</p>}
      {heard && <SoundPlayer sound={sound} label={t('kept.listenLabel', { when })} />}
      <ButtonRow>
        {!heard && (
          <Button
            look="plain"
            aria-label={t('kept.listenLabel', { when })}
            onClick={() => setHeard(true)}
          >
            {t('listen')}
          </Button>
        )}
        {!used && (
          <Button
            look="plain"
            aria-label={t('kept.useLabel', { when })}
            onClick={() => recordings.use(recording)}
          >
            {t('kept.use')}
          </Button>
        )}
        <Button
          look="plain"
          aria-label={t('kept.deleteLabel', { when })}
          onClick={() => setAsking(true)}
        >
          {t('kept.delete')}
        </Button>
      </ButtonRow>
      <Dialog
        open={asking}
        title={t('kept.deleteTitle')}
        confirm={t('kept.delete')}
        danger
        onConfirm={() => recordings.remove(name)}
        onClose={() => setAsking(false)}
      >
        <p>{t('kept.deleteText', { when })}</p>
      </Dialog>
    </li>
  )
}
