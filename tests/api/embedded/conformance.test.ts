import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'
import { describe } from 'vitest'
import { openEmbedded } from '../../support/embedded-store.ts'
import { type OpenedStore, storeConformance } from '../../support/store-conformance.ts'

storeConformance('the embedded store', openEmbedded)

const server = process.env.TEST_MONGODB_URI

/** A database of this run's own on the given server. */
const openServer = async (): Promise<OpenedStore> => {
  const uri = new URL(server ?? '')
  uri.pathname = `/conformance_${randomUUID().replaceAll('-', '').slice(0, 12)}`
  return {
    uri: uri.href,
    close: async () => {
      const connection = await mongoose.createConnection(uri.href).asPromise()
      await connection.dropDatabase()
      await connection.close()
    },
  }
}

describe.skipIf(server === undefined)('with TEST_MONGODB_URI set', () => {
  storeConformance('a MongoDB server', openServer)
})
