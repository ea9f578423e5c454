import { useCallback, useEffect, useState } from 'react'
import {
  fileOf,
  type HeldRecording,
  openShelf,
  type RecordingShelf,
  withoutLive,
} from './kept-recordings.ts'
import type { Uploads } from './use-uploads.ts'

export type Recordings = {
  /** Those for this dataset, the newest first. */
  readonly kept: readonly HeldRecording[]
  readonly shelf: RecordingShelf
  /** Takes a recording into what is sent. */
  readonly use: (recording: HeldRecording) => void
  readonly remove: (name: string) => void
  /** Destroys those that have been handed in. */
  readonly handedIn: (names: readonly string[]) => Promise<void>
  readonly reload: () => Promise<readonly HeldRecording[]>
}

/** What was recorded for a dataset and is still on this device, whatever became of the page. */
export function useRecordings(dataset: string, uploads: Uploads): Recordings {
  const [all, setAll] = useState<readonly HeldRecording[]>([])
  const [shelf] = useState(lazyShelf)
  const { queue, add } = uploads
  const reload = useCallback(async () => {
    // A browser that keeps nothing has nothing kept.
    const found = await withoutLive(navigator.locks, await shelf.all().catch(() => []))
    setAll(found)
    return found
  }, [shelf])
  useEffect(() => {
    void reload()
  }, [reload])
  const lost = queue.items.filter(({ state }) => state === 'lost').map(({ path }) => path)
  const again = all.filter(({ name }) => lost.includes(name))
  useEffect(() => {
    // The browser has forgotten chosen files, but not what was recorded here.
    if (again.length > 0) add(again.map(fileOf))
  })
  const remove = async (name: string) => {
    uploads.remove(name)
    await shelf.remove(name).catch(() => undefined)
    await reload()
  }
  return {
    kept: all.filter((one) => one.dataset === dataset).sort((a, b) => b.at - a.at),
    shelf,
    use: (recording) => add([fileOf(recording)]),
    remove,
    handedIn: async (names) => {
      await Promise.all(names.map((name) => shelf.remove(name).catch(() => undefined)))
    },
    reload,
  }
}

/** Opened at the first use: the server has no such shelf. */
function lazyShelf(): RecordingShelf {
  let open: RecordingShelf | undefined
  const own = () => {
    open ??= openShelf(indexedDB)
    return open
  }
  return {
    begin: async (one) => own().begin(one),
    add: async (name, part) => own().add(name, part),
    finish: async (one) => own().finish(one),
    all: async () => own().all(),
    remove: async (name) => own().remove(name),
  }
}
