import { type Connection, Schema } from 'mongoose'
import { canonicalJson } from '../../../policies/index.ts'
import { type Documents, documentDigest } from '../datasets/documents.ts'
import { table } from './table.ts'

interface StoredDocument {
  readonly _id: string
  readonly json: string
}

const document = new Schema({ _id: String, json: String }, { versionKey: false })

/** Manifests and data statements in the collection `documents`. */
export const createDocumentStore = async (connection: Connection): Promise<Documents> => {
  const documents = await table<StoredDocument>(connection, 'documents', document)
  return {
    put: async (value) => {
      const digest = documentDigest(value)
      const json = canonicalJson(value)
      await documents.updateOne({ _id: digest }, { $setOnInsert: { json } }, { upsert: true })
      return digest
    },
    get: async (digest) => {
      const found = await documents.findById(digest).lean()
      if (!found) return null
      const value: unknown = JSON.parse(found.json)
      if (documentDigest(value) !== digest) throw new Error(`document ${digest} has been altered`)
      return value
    },
  }
}
