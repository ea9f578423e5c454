import type { Connection, Model, Schema } from 'mongoose'

/** A domain value as it lies in a collection: its `id` is the key `_id`. */
export type Identified<T extends { readonly id: string }> = Omit<T, 'id'> & { readonly _id: string }

/** The model of a collection with its indexes in place. Call it once a collection and connection. */
export const table = async <Doc>(
  connection: Connection,
  name: string,
  schema: Schema,
): Promise<Model<Doc>> => {
  const model = connection.model<Doc>(name, schema as unknown as Schema<Doc>, name)
  await model.init()
  return model
}

type Value<Doc> = Omit<Doc, '_id' | 'foldedIdx' | '__v'> & { readonly id: string }

/** The domain value of a lean document. */
export const value = <Doc extends { readonly _id: unknown }>(doc: Doc): Value<Doc> => {
  const { _id, ...rest } = doc
  return { ...rest, id: String(_id) } as Value<Doc>
}

/** The same for a document that may not be there. */
export const valueOrNull = <Doc extends { readonly _id: unknown }>(
  doc: Doc | null,
): Value<Doc> | null => (doc === null ? null : value(doc))

/** The document of a domain value. */
export const withoutId = <T extends { readonly id: string }>({
  id,
  ...rest
}: T): Identified<T> => ({
  ...rest,
  _id: id,
})

/** A unique index said no. */
export const isDuplicate = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 11000
