import mongoose from 'mongoose'
import { startEmbedded } from '../../api/src/storage/embedded/index.ts'

// A process of its own that writes to an embedded store until it is killed, or a number of times.
// It prints each acknowledged write, and nothing that is not acknowledged.

const [file = '', mode = '', tag = ''] = process.argv.slice(2)

const database = await startEmbedded({ file })
await mongoose.connect(database.uri)
const entries = mongoose.connection.collection<{ _id: string; number?: number; count?: number }>(
  'entries',
)
const say = (text: string) => new Promise((resolve) => process.stdout.write(`${text}\n`, resolve))

const writeForEver = async (): Promise<never> => {
  for (let at = 0; ; at++) {
    const ids = [`${tag}-${at}-a`, `${tag}-${at}-b`, `${tag}-${at}-c`]
    await Promise.all([
      entries.insertOne({ _id: ids[0] ?? '', note: 'x'.repeat(400) } as never),
      entries.insertMany([{ _id: ids[1] ?? '' }, { _id: ids[2] ?? '' }]),
    ])
    await entries.updateOne({ _id: ids[0] }, { $set: { number: at } })
    await say(`${tag}-${at}`)
  }
}

/** 100 increments of one document, and 50 numbers raced for with the other process. */
const race = async (): Promise<void> => {
  await entries.createIndex({ number: 1 }, { unique: true }).catch(() => undefined)
  for (let at = 0; at < 100; at++)
    await entries.updateOne({ _id: 'counter' }, { $inc: { count: 1 } })
  let won = 0
  for (let number = 1; number <= 50; number++)
    await entries.insertOne({ _id: `${tag}-${number}`, number }).then(
      () => won++,
      (error) => {
        if (error.code !== 11000) throw error
      },
    )
  await say(`won ${won}`)
}

if (mode === 'for-ever') await writeForEver()
await race()
await mongoose.disconnect()
await database.close()
