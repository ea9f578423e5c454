import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { canonicalJson } from '../../policies/index.ts'
import { config as readConfig } from './config.ts'
import { type ProjectionStore, rebuild } from './log/index.ts'
import { PROJECTIONS, SHAPE } from './projections.ts'
import { connectStorage } from './storage/connect.ts'
import { createEventStore } from './storage/event-store.ts'
import { createProjectionStore } from './storage/projection-store.ts'

const names = PROJECTIONS.map(({ name }) => name)

/** One digest a document, so that two states of a large registry can be compared. */
const digests = async (store: ProjectionStore): Promise<ReadonlyMap<string, string>> => {
  const all = new Map<string, string>()
  for (const name of names) {
    for (const doc of await store.dump(name)) {
      const bytes = canonicalJson(doc)
      all.set(`${name}/${doc._id}`, createHash('sha256').update(bytes).digest('hex'))
    }
  }
  return all
}

const config = readConfig()
const storage = await connectStorage({
  ...(config.mongoUri ? { uri: config.mongoUri } : {}),
  file: join(config.dataDir, 'registry.db'),
})
try {
  const store = createProjectionStore(storage.connection)
  const isOurs = (await store.shape()) === SHAPE
  const before = isOurs ? await digests(store) : new Map<string, string>()
  const events = await rebuild(await createEventStore(storage.connection), store, PROJECTIONS)
  await store.setShape(SHAPE)
  const after = await digests(store)
  const differ = [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => before.get(key) !== after.get(key),
  )
  console.log(
    `Folded ${events} events into ${after.size} documents of ${names.length} projections.`,
  )
  if (!isOurs) console.log('They were those of another edition before.')
  else if (differ.length === 0) console.log('They are identical to what was there before.')
  else console.log(`These were different before:\n${differ.map((key) => `  ${key}`).join('\n')}`)
  process.exitCode = isOurs && differ.length > 0 ? 2 : 0
} finally {
  await storage.close()
}
