import { join } from 'node:path'
import type { Config } from './config.ts'
import { rebuild } from './log/index.ts'
import { PROJECTIONS } from './projections.ts'
import { connectStorage } from './storage/connect.ts'
import { createEventStore } from './storage/event-store.ts'
import { createProjectionStore } from './storage/projection-store.ts'
import { scrubStore } from './storage/scrub.ts'
import { openHouse } from './wire.ts'

export interface Erasure {
  readonly entry: number
  /** Names of private fields; none: all of the entry. */
  readonly fields: readonly string[]
}

const eraseInLog = async (
  config: Config,
  { entry, fields }: Erasure,
): Promise<readonly string[]> => {
  const report = (error: unknown, about: string): void => console.error(about, error)
  const clock = { now: Date.now, advance: () => undefined }
  const house = await openHouse({ config, clock, report })
  try {
    const { log } = house.services
    const [event] = await log.read(entry, 1)
    if (event?.idx !== entry) throw new Error(`the log has no entry ${entry}`)
    const there = Object.keys(event.secret)
    const erased = there.filter((name) => fields.length === 0 || fields.includes(name))
    if (erased.length === 0) return []
    // Recorded first: what is missing in the store later has its reason in the log.
    await log.append({
      stream: `erasure/${entry}`,
      type: 'disclosure.erased',
      cmd: `erase:${entry}:${erased.join(',')}`,
      data: { entry, fields: erased },
    })
    await log.erase(entry, erased)
    return erased
  } finally {
    await house.close()
  }
}

/**
 * Erases private fields of an entry for good, with the registry stopped: their disclosures go, what
 * was folded from them is folded anew without them, and the database file is written anew. The entry
 * itself and every proof stay. Gives back the names of the fields that were there.
 */
export const eraseFields = async (config: Config, erasure: Erasure): Promise<readonly string[]> => {
  const erased = await eraseInLog(config, erasure)
  const file = join(config.dataDir, 'registry.db')
  const storage = await connectStorage({
    ...(config.mongoUri ? { uri: config.mongoUri } : {}),
    file,
  })
  try {
    const { connection } = storage
    const events = await createEventStore(connection)
    await rebuild(events, createProjectionStore(connection), PROJECTIONS)
  } finally {
    await storage.close()
  }
  if (!config.mongoUri) scrubStore(file)
  return erased
}
