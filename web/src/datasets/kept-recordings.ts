/** A recording that stays on this device until it has been handed in. */
export type KeptRecording = {
  readonly name: string
  readonly dataset: string
  /** Epoch ms at which it began. */
  readonly at: number
  /** The words that were read out, or ''. */
  readonly prompt: string
  /** False: the page was closed while somebody was still speaking. */
  readonly whole: boolean
}

export type HeldRecording = KeptRecording & { readonly sound: Blob }

export type RecordingShelf = {
  readonly begin: (recording: KeptRecording) => Promise<void>
  /** Adds what was said since the last time, so that a closed page costs seconds, not the story. */
  readonly add: (name: string, part: Blob) => Promise<void>
  readonly finish: (recording: KeptRecording) => Promise<void>
  readonly all: () => Promise<readonly HeldRecording[]>
  readonly remove: (name: string) => Promise<void>
}

const database = 'commonhold.recordings'
const heads = 'recordings'
const parts = 'parts'

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'))
  })

function opened(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(database, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(heads, { keyPath: 'name' })
    request.result.createObjectStore(parts, { autoIncrement: true }).createIndex('name', 'name')
  }
  return settled(request)
}

type Part = { readonly name: string; readonly part: Blob }

/** The recordings kept in this browser. Every promise is broken where a browser keeps nothing. */
export function openShelf(factory: IDBFactory): RecordingShelf {
  const within = async <T>(
    mode: IDBTransactionMode,
    act: (head: IDBObjectStore, part: IDBObjectStore) => Promise<T>,
  ): Promise<T> => {
    const base = await opened(factory)
    try {
      const turn = base.transaction([heads, parts], mode)
      const done = new Promise<void>((resolve, reject) => {
        turn.oncomplete = () => resolve()
        turn.onabort = () => reject(turn.error ?? new Error('the browser has no room left'))
      })
      const result = await act(turn.objectStore(heads), turn.objectStore(parts))
      await done
      return result
    } finally {
      base.close()
    }
  }
  const put = (recording: KeptRecording) =>
    within('readwrite', async (head) => void (await settled(head.put(recording))))
  return {
    begin: put,
    finish: put,
    add: (name, part) =>
      within('readwrite', async (_, all) => {
        const one: Part = { name, part }
        await settled(all.add(one))
      }),
    all: () =>
      within('readonly', async (head, all) => {
        const known: readonly KeptRecording[] = await settled(head.getAll())
        const pieces: readonly Part[] = await settled(all.getAll())
        return known.map((one) => held(one, pieces))
      }),
    remove: (name) =>
      within('readwrite', async (head, all) => {
        await settled(head.delete(name))
        const keys = await settled(all.index('name').getAllKeys(name))
        await Promise.all(keys.map((key) => settled(all.delete(key))))
      }),
  }
}

function held(one: KeptRecording, pieces: readonly Part[]): HeldRecording {
  const own = pieces.filter(({ name }) => name === one.name).map(({ part }) => part)
  return { ...one, sound: new Blob(own, { type: own[0]?.type ?? '' }) }
}

/** The file to send. Its time is that of the recording, so that sending goes on after a reload. */
export const fileOf = ({ name, at, sound }: HeldRecording): File =>
  new File([sound], name, { type: sound.type, lastModified: at })

const lockOf = (name: string) => `commonhold.${name}`

/** Tells the other windows of this browser that somebody speaks, until what is given back is called. */
export function holdVoice(locks: LockManager | undefined, name: string): () => void {
  let release: () => void = () => undefined
  const over = new Promise<void>((resolve) => {
    release = resolve
  })
  locks?.request(lockOf(name), () => over).catch(() => undefined)
  return () => release()
}

/**
 * Without those that somebody is speaking into now, in this window or another: what is not over looks
 * like what was cut off, and whoever takes or deletes it there loses its beginning.
 */
export async function withoutLive(
  locks: Pick<LockManager, 'query'> | undefined,
  all: readonly HeldRecording[],
): Promise<readonly HeldRecording[]> {
  const { held: taken = [] } = (await locks?.query().catch(() => undefined)) ?? {}
  const live = new Set(taken.map(({ name }) => name))
  return all.filter(({ name, whole }) => whole || !live.has(lockOf(name)))
}

/** Forgets every recording on this device, for people who share it. */
export async function forgetRecordings(factory: IDBFactory): Promise<void> {
  await settled(factory.deleteDatabase(database))
}

/** A name that says when, by the clock all share, and nothing about who or where. */
export function recordingName(at: number, ending: string, dice: Uint8Array): string {
  const time = new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  const mark = Array.from(dice, (byte) => (byte % 36).toString(36)).join('')
  return `recording-${time}-${mark}.${ending}`
}
