import {
  type ArrivedFile,
  emptyQueue,
  reduceQueue,
  startable,
  type UploadEvent,
  type UploadProblem,
  type UploadQueue,
} from './upload-queue.ts'

/** How one file travels; the real one speaks tus, the tests have one that does as it is told. */
export type UploadTransport = (file: File, path: string, on: TransferEvents) => Transfer

export type TransferEvents = {
  readonly progress: (sent: number) => void
  readonly finish: (upload: string) => void
  readonly fail: (problem: UploadProblem) => void
}

export type Transfer = { readonly stop: () => void }

type Slot = { transfer: Transfer | null }

export type PickedFile = { readonly path: string; readonly file: File }

export type Uploader = {
  readonly queue: () => UploadQueue
  readonly add: (files: readonly PickedFile[]) => void
  readonly pause: () => void
  readonly resume: () => void
  readonly retry: (path: string) => void
  readonly remove: (path: string) => void
  readonly became: (path: string, files: readonly ArrivedFile[]) => void
}

export type UploaderOptions = {
  readonly transport: UploadTransport
  readonly parallel: number
  readonly onChange: (queue: UploadQueue) => void
  readonly start?: UploadQueue
}

/** Drives the queue: starts what may start, stops what was paused, forgets what was removed. */
export function createUploader(options: UploaderOptions): Uploader {
  let queue = options.start ?? emptyQueue
  const files = new Map<string, File>()
  const transfers = new Map<string, Slot>()

  const apply = (event: UploadEvent) => {
    queue = reduceQueue(queue, event)
    options.onChange(queue)
  }
  const stop = (path: string) => {
    transfers.get(path)?.transfer?.stop()
    transfers.delete(path)
  }
  const settle = (event: UploadEvent & { path: string }) => {
    transfers.delete(event.path)
    apply(event)
    pump()
  }
  const begin = (path: string, file: File) => {
    // A paused or replaced transfer may still speak; only the one in the slot is heard.
    const slot: Slot = { transfer: null }
    const current = () => transfers.get(path) === slot
    transfers.set(path, slot)
    apply({ type: 'begin', path })
    slot.transfer = options.transport(file, path, {
      progress: (sent) => current() && apply({ type: 'progress', path, sent }),
      finish: (upload) => current() && settle({ type: 'finish', path, upload }),
      fail: (problem) => current() && settle({ type: 'fail', path, problem }),
    })
  }
  const pump = () => {
    for (const { path } of startable(queue, options.parallel)) {
      const file = files.get(path)
      if (file) begin(path, file)
    }
  }
  return {
    queue: () => queue,
    add: (picked) => {
      for (const { path, file } of picked) files.set(path, file)
      apply({ type: 'add', files: picked.map(chosen) })
      for (const item of queue.items) if (item.state !== 'sending') stop(item.path)
      pump()
    },
    pause: () => {
      for (const path of [...transfers.keys()]) stop(path)
      apply({ type: 'pause' })
    },
    resume: () => {
      apply({ type: 'resume' })
      pump()
    },
    retry: (path) => {
      apply({ type: 'retry', path })
      pump()
    },
    became: (path, arrived) => apply({ type: 'became', path, files: arrived }),
    remove: (path) => {
      stop(path)
      files.delete(path)
      apply({ type: 'remove', path })
      pump()
    },
  }
}

const chosen = ({ path, file }: PickedFile) => ({
  path,
  size: file.size,
  modified: file.lastModified,
})

/** Names as the browser gives them, folder and all, in Unicode NFC as the registry keeps them. */
export const pickedFiles = (list: Iterable<File>): readonly PickedFile[] =>
  [...list].map((file) => ({
    path: (file.webkitRelativePath || file.name).normalize('NFC'),
    file,
  }))
