import { ObjectId } from 'bson'
import { type Collection, type Index, type Store, saveIndexes } from './catalogue.ts'
import { storeError } from './errors.ts'
import { indexKeys } from './index-keys.ts'
import { keyOf } from './keys.ts'
import { leavesAt } from './paths.ts'
import { toBuffer } from './sqlite.ts'
import { type Doc, decode, encode, kindOf } from './values.ts'

/** A stored document as its row: the number indexes refer to, and its BSON. */
export interface StoredRow {
  readonly rid: number
  readonly bytes: Buffer
}

const MOST_BYTES = 16 * 1024 * 1024

const checkSize = (bytes: Buffer): void => {
  if (bytes.length > MOST_BYTES)
    throw storeError(
      10334,
      'BSONObjectTooLarge',
      `a document of ${bytes.length} bytes exceeds 16 MiB`,
    )
}

const shown = (value: unknown): string => JSON.stringify(value) ?? 'null'

const duplicate = (collection: Collection, index: Index, doc: Doc): Error => {
  const keyValue: Doc = {}
  for (const { name, path } of index.fields) keyValue[name] = leavesAt(doc, path)[0] ?? null
  const pairs = Object.entries(keyValue).map(([name, value]) => `${name}: ${shown(value)}`)
  return storeError(
    11000,
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: { ${pairs.join(', ')} }`,
    { keyPattern: index.key, keyValue },
  )
}

/** SQLite says so by its message in either binding. */
const isDuplicate = (error: unknown): boolean =>
  error instanceof Error && /UNIQUE constraint failed/i.test(error.message)

const refuseDuplicate = <T>(insert: () => T, refusal: () => Error): T => {
  try {
    return insert()
  } catch (error) {
    throw isDuplicate(error) ? refusal() : error
  }
}

const putKey = (store: Store, collection: Collection, index: Index, row: IndexedRow, key: Buffer) =>
  refuseDuplicate(
    () => store.sql.run(`INSERT INTO ${index.table} VALUES (?, ?)`, key, row.rid),
    () => duplicate(collection, index, row.doc),
  )

interface IndexedRow {
  readonly rid: number
  readonly doc: Doc
}

const noteMultikey = (store: Store, collection: Collection, index: Index): void => {
  if (index.multikey) return
  index.multikey = true
  if (collection.indexes.includes(index)) saveIndexes(store, collection)
}

const putKeys = (store: Store, collection: Collection, index: Index, row: IndexedRow): void => {
  const { keys, multikey } = indexKeys(row.doc, index)
  if (multikey) noteMultikey(store, collection, index)
  for (const key of keys) putKey(store, collection, index, row, key)
}

const dropKey = (store: Store, index: Index, rid: number, key: Buffer): void => {
  store.sql.run(`DELETE FROM ${index.table} WHERE key = ? AND rid = ?`, key, rid)
}

const UNFIT_IDS = new Set(['array', 'BSONRegExp', 'missing'])

const checkId = (id: unknown): void => {
  if (UNFIT_IDS.has(kindOf(id)))
    throw storeError(53, 'InvalidIdField', `an _id cannot be of the kind ${kindOf(id)}`)
}

/** Gives a document its _id, first, as the server stores it. */
const identified = (doc: Doc): Doc => ({ _id: doc._id ?? new ObjectId(), ...withoutId(doc) })
const withoutId = ({ _id, ...rest }: Doc): Doc => rest

/** Stores one document. Bytes may be given when they are known to be this document's. */
export const insertDocument = (
  store: Store,
  collection: Collection,
  given: Doc,
  givenBytes?: Buffer,
): Doc => {
  const asGiven = Object.keys(given)[0] === '_id' && given._id !== undefined
  const doc = asGiven ? given : identified(given)
  checkId(doc._id)
  const bytes = asGiven && givenBytes ? givenBytes : encode(doc)
  checkSize(bytes)
  const rid = refuseDuplicate(
    () =>
      store.sql.run(
        `INSERT INTO ${collection.table}(id, doc) VALUES (?, ?)`,
        keyOf(doc._id),
        bytes,
      ),
    () => duplicate(collection, collection.primary, doc),
  )
  for (const index of collection.indexes) putKeys(store, collection, index, { rid, doc })
  return doc
}

const moveKeys = (
  store: Store,
  collection: Collection,
  index: Index,
  before: IndexedRow,
  after: IndexedRow,
): void => {
  const old = indexKeys(before.doc, index)
  const now = indexKeys(after.doc, index)
  if (now.multikey) noteMultikey(store, collection, index)
  for (const key of old.keys)
    if (!now.keys.some((other) => other.equals(key))) dropKey(store, index, before.rid, key)
  for (const key of now.keys)
    if (!old.keys.some((other) => other.equals(key))) putKey(store, collection, index, after, key)
}

/** Writes a changed document over its row. Returns the new bytes, or nothing when nothing changed. */
export const replaceDocument = (
  store: Store,
  collection: Collection,
  row: StoredRow,
  doc: Doc,
): Buffer | undefined => {
  const bytes = encode(doc)
  if (bytes.equals(row.bytes)) return undefined
  const before = decode(row.bytes)
  if (!keyOf(before._id).equals(keyOf(doc._id)))
    throw storeError(66, 'ImmutableField', "an update cannot modify the immutable field '_id'")
  checkSize(bytes)
  store.sql.run(`UPDATE ${collection.table} SET doc = ? WHERE rid = ?`, bytes, row.rid)
  for (const index of collection.indexes)
    moveKeys(store, collection, index, { rid: row.rid, doc: before }, { rid: row.rid, doc })
  return bytes
}

export const removeDocument = (store: Store, collection: Collection, row: StoredRow): void => {
  const doc = decode(row.bytes)
  for (const index of collection.indexes)
    for (const key of indexKeys(doc, index).keys) dropKey(store, index, row.rid, key)
  store.sql.run(`DELETE FROM ${collection.table} WHERE rid = ?`, row.rid)
}

const BUILD_BATCH = 500

/** Builds a new index over what is stored and adds it to the collection. */
export const buildIndex = (store: Store, collection: Collection, index: Index): void => {
  const primary = index.unique ? 'key' : 'key, rid'
  store.sql.exec(
    `CREATE TABLE ${index.table}(key BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY(${primary})) WITHOUT ROWID`,
  )
  const page = `SELECT rid, doc FROM ${collection.table} WHERE rid > ? ORDER BY rid LIMIT ${BUILD_BATCH}`
  let last = -1
  for (let rows = store.sql.all(page, last); rows.length > 0; rows = store.sql.all(page, last))
    for (const [rid, bytes] of rows) {
      last = Number(rid)
      putKeys(store, collection, index, { rid: last, doc: decode(toBuffer(bytes)) })
    }
  collection.indexes = [...collection.indexes, index]
  saveIndexes(store, collection)
}
