import { type Connection, Schema } from 'mongoose'
import { canonicalJson } from '../../../policies/index.ts'
import { type Documents, documentDigest } from '../datasets/documents.ts'
import { table } from './table.ts'

interface StoredDocument {
  readonly _id: string
  readonly json: string
}

const document = new Schema({ _id: String, json: String }, { versionKey: false })

const checked = ({ _id, json }: StoredDocument): unknown => {
  const value: unknown = JSON.parse(json)
  if (documentDigest(value) !== _id) throw new Error(`document ${_id} has been altered`)
  return value
}

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
      return found && checked(found)
    },
    many: async (digests) => {
      const found = await documents.find({ _id: { $in: digests } }).lean()
      return new Map(found.map((one) => [one._id, checked(one)]))
    },
  }
}
