import type { Device } from './device.ts'

// IndexedDB is the one place where a browser keeps a key without showing it.
const DATABASE = 'commonhold.signing'
const STORE = 'devices'

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'proposal' })
  return done(request)
}

async function within<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open()
  try {
    return await done(work(database.transaction(STORE, mode).objectStore(STORE)))
  } finally {
    database.close()
  }
}

/** What this browser signs with in a vote, or null. */
export const readDevice = async (proposal: string): Promise<Device | null> =>
  (await within<Device | undefined>('readonly', (store) => store.get(proposal))) ?? null

export const keepDevice = async (device: Device): Promise<void> =>
  void (await within('readwrite', (store) => store.put(device)))

export const forgetDevice = async (proposal: string): Promise<void> =>
  void (await within('readwrite', (store) => store.delete(proposal)))
