/** One file on its way up: what was chosen and how much of it the server holds. */
export type UploadItem = {
  readonly path: string
  readonly size: number
  readonly modified: number
  readonly sent: number
  readonly state: UploadState
  /** The server's id of the finished upload. */
  readonly upload: string | null
  readonly problem: UploadProblem | null
}

/** `lost`: sent in part before the page was reloaded; the file must be chosen again to go on. */
export type UploadState = 'waiting' | 'sending' | 'done' | 'failed' | 'lost'

export type UploadProblem =
  | 'too-large'
  | 'bad-name'
  | 'no-space'
  | 'signed-out'
  | 'not-allowed'
  | 'network'

export type UploadQueue = { readonly paused: boolean; readonly items: readonly UploadItem[] }

export type ChosenFile = {
  readonly path: string
  readonly size: number
  readonly modified: number
}

/** A file that lies on the server and can be handed in. */
export type ArrivedFile = {
  readonly path: string
  readonly size: number
  readonly upload: string
}

/** An archive is unpacked before it is handed in. */
export const isArchive = (path: string) => /\.zip$/i.test(path)

export type UploadEvent =
  | {
      /** An archive has been unpacked, or names were taken out. */
      readonly type: 'became'
      readonly path: string
      readonly files: readonly ArrivedFile[]
    }
  | { readonly type: 'add'; readonly files: readonly ChosenFile[] }
  | { readonly type: 'begin'; readonly path: string }
  | { readonly type: 'progress'; readonly path: string; readonly sent: number }
  | { readonly type: 'finish'; readonly path: string; readonly upload: string }
  | { readonly type: 'fail'; readonly path: string; readonly problem: UploadProblem }
  | { readonly type: 'retry'; readonly path: string }
  | { readonly type: 'remove'; readonly path: string }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }

/** Nothing is sent before the person has seen what it costs and pressed start. */
export const emptyQueue: UploadQueue = { paused: true, items: [] }

export function reduceQueue(queue: UploadQueue, event: UploadEvent): UploadQueue {
  switch (event.type) {
    case 'add':
      return { ...queue, items: event.files.reduce(withFile, queue.items) }
    case 'pause':
      return { paused: true, items: queue.items.map(halted) }
    case 'resume':
      return { ...queue, paused: false }
    case 'remove':
      return { ...queue, items: queue.items.filter((item) => item.path !== event.path) }
    case 'became':
      return { ...queue, items: queue.items.flatMap((item) => become(item, event)) }
    case 'begin':
      return queue.paused ? queue : withEvent(queue, event)
    default:
      return withEvent(queue, event)
  }
}

const withEvent = (queue: UploadQueue, event: ItemEvent): UploadQueue => ({
  ...queue,
  items: queue.items.map((item) => moved(item, event)),
})

const become = (item: UploadItem, event: UploadEvent & { type: 'became' }) =>
  item.path === event.path && item.state === 'done'
    ? event.files.map((file) => ({ ...item, ...file, sent: file.size }))
    : [item]

type ItemEvent = Exclude<
  UploadEvent,
  { type: 'add' } | { type: 'became' } | { type: 'pause' } | { type: 'resume' } | { type: 'remove' }
>

/** A late event of a transfer that was stopped or finished changes nothing. */
function moved(item: UploadItem, event: ItemEvent): UploadItem {
  if (item.path !== event.path || item.state === 'done') return item
  switch (event.type) {
    case 'begin':
      return item.state === 'waiting' ? { ...item, state: 'sending', problem: null } : item
    case 'progress':
      return item.state === 'sending' ? { ...item, sent: Math.min(event.sent, item.size) } : item
    case 'finish':
      return item.state === 'sending' ? finished(item, event.upload) : item
    case 'fail':
      return item.state === 'sending' ? { ...item, state: 'failed', problem: event.problem } : item
    case 'retry':
      return item.state === 'failed' ? { ...item, state: 'waiting', problem: null } : item
  }
}

const finished = (item: UploadItem, upload: string): UploadItem => ({
  ...item,
  state: 'done',
  sent: item.size,
  upload,
  problem: null,
})

const halted = (item: UploadItem): UploadItem =>
  item.state === 'sending' ? { ...item, state: 'waiting' } : item

/** The same file chosen twice is one file; a changed one replaces what was sent of the old. */
function withFile(items: readonly UploadItem[], file: ChosenFile): readonly UploadItem[] {
  const known = items.find((item) => item.path === file.path)
  const fresh: UploadItem = { ...file, sent: 0, state: 'waiting', upload: null, problem: null }
  if (!known) return [...items, fresh]
  const same = known.size === file.size && known.modified === file.modified
  if (same && (known.state === 'done' || known.state === 'sending')) return items
  const next = same ? { ...known, state: 'waiting' as const, problem: null } : fresh
  return items.map((item) => (item === known ? next : item))
}

/** The files to start now, so that never more than `parallel` are under way. */
export function startable(queue: UploadQueue, parallel: number): readonly UploadItem[] {
  if (queue.paused) return []
  const busy = queue.items.filter((item) => item.state === 'sending').length
  const waiting = queue.items.filter((item) => item.state === 'waiting')
  return waiting.slice(0, Math.max(0, parallel - busy))
}

export type UploadTotals = {
  readonly files: number
  readonly bytes: number
  readonly sent: number
  readonly left: number
  readonly done: number
  readonly failed: number
  readonly lost: number
}

export function totalsOf(queue: UploadQueue): UploadTotals {
  const sum = (pick: (item: UploadItem) => number) =>
    queue.items.reduce((total, item) => total + pick(item), 0)
  const count = (state: UploadState) => sum((item) => (item.state === state ? 1 : 0))
  const bytes = sum((item) => item.size)
  const sent = sum((item) => item.sent)
  return {
    files: queue.items.length,
    bytes,
    sent,
    left: bytes - sent,
    done: count('done'),
    failed: count('failed'),
    lost: count('lost'),
  }
}

export const isComplete = (queue: UploadQueue) =>
  queue.items.length > 0 && queue.items.every((item) => item.state === 'done')

export type SavedUpload = {
  readonly path: string
  readonly size: number
  readonly modified: number
  readonly upload: string | null
}

export const savedUploads = (queue: UploadQueue): readonly SavedUpload[] =>
  queue.items.map(({ path, size, modified, upload }) => ({ path, size, modified, upload }))

/** After a reload the browser has forgotten the files but not which of them had arrived. */
export const restoredQueue = (saved: readonly SavedUpload[]): UploadQueue => ({
  paused: true,
  items: saved.map((item) => ({
    ...item,
    sent: item.upload === null ? 0 : item.size,
    state: item.upload === null ? 'lost' : 'done',
    problem: null,
  })),
})

export type SpeedSample = { readonly at: number; readonly sent: number }

/** Bytes a second over the samples of the last ten seconds; `null` before two of them. */
export function speedOf(samples: readonly SpeedSample[], now: number): number | null {
  const recent = samples.filter((sample) => now - sample.at <= 10_000)
  const first = recent[0]
  const last = recent.at(-1)
  if (!first || !last || last.at <= first.at) return null
  return Math.max(0, ((last.sent - first.sent) * 1000) / (last.at - first.at))
}
