import { useCallback, useEffect, useRef, useState } from 'react'
import type { Draft } from '../ui/draft.ts'
import type { ContributeDraft } from './contribute-draft.ts'
import { tusTransport } from './tus-transport.ts'
import {
  type ArrivedFile,
  emptyQueue,
  restoredQueue,
  type SpeedSample,
  savedUploads,
  speedOf,
  totalsOf,
  type UploadQueue,
} from './upload-queue.ts'
import { createUploader, pickedFiles, type Uploader } from './uploader.ts'

export type Uploads = {
  readonly queue: UploadQueue
  /** Bytes a second, once there is something to tell. */
  readonly speed: number | null
  readonly add: (files: Iterable<File>) => void
  readonly pause: () => void
  readonly resume: () => void
  readonly retry: (path: string) => void
  readonly remove: (path: string) => void
  readonly became: (path: string, files: readonly ArrivedFile[]) => void
  readonly forget: () => void
}

/** Files at a time: more would only share the same line. */
const parallel = 3

/** The uploads of this page, remembered in the draft so that a reload loses no finished file. */
export function useUploads({ value, restored, change }: Draft<ContributeDraft>): Uploads {
  const [queue, setQueue] = useState(emptyQueue)
  const speed = useSpeed(totalsOf(queue).sent, queue)
  const uploader = useRef<Uploader>(undefined)
  const saved = useRef(value.uploads)
  saved.current = value.uploads
  const keep = useCallback(
    (next: UploadQueue) => {
      setQueue(next)
      const uploads = savedUploads(next)
      // Progress alone is no news for the draft: only what has been chosen and what has arrived.
      if (JSON.stringify(uploads) !== JSON.stringify(saved.current)) change({ uploads })
    },
    [change],
  )
  const own = useCallback(() => {
    uploader.current ??= createUploader({
      transport: tusTransport,
      parallel,
      onChange: keep,
      start: restoredQueue(saved.current),
    })
    return uploader.current
  }, [keep])
  useEffect(() => {
    if (restored && !uploader.current) setQueue(restoredQueue(saved.current))
  }, [restored])
  useEffect(() => () => uploader.current?.pause(), [])
  useWhenOnline(() => {
    for (const { path, problem } of uploader.current?.queue().items ?? [])
      if (problem === 'network') uploader.current?.retry(path)
  })
  return {
    queue,
    speed,
    add: (files) => own().add(pickedFiles(files)),
    pause: () => own().pause(),
    resume: () => own().resume(),
    retry: (path) => own().retry(path),
    remove: (path) => own().remove(path),
    became: (path, files) => own().became(path, files),
    forget: () => {
      uploader.current?.pause()
      uploader.current = undefined
      setQueue(emptyQueue)
    },
  }
}

/** The line is back: nobody has to press anything. */
function useWhenOnline(act: () => void) {
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    const again = () => latest.current()
    window.addEventListener('online', again)
    return () => window.removeEventListener('online', again)
  }, [])
}

/** The speed of the last ten seconds; forgotten when sending stops. */
function useSpeed(sent: number, queue: UploadQueue): number | null {
  const samples = useRef<readonly SpeedSample[]>([])
  const sending = queue.items.some(({ state }) => state === 'sending')
  if (!sending) {
    samples.current = []
    return null
  }
  const now = performance.now()
  if (samples.current.at(-1)?.sent !== sent) {
    const recent = samples.current.filter(({ at }) => now - at <= 10_000)
    samples.current = [...recent, { at: now, sent }]
  }
  return speedOf(samples.current, now)
}
