import { storeError, unsupported } from './errors.ts'
import { splitPath } from './paths.ts'
import type { Sqlite } from './sqlite.ts'
import { type Doc, isDoc } from './values.ts'

export interface IndexField {
  readonly name: string
  readonly path: readonly string[]
  readonly descending: boolean
}

export interface Index {
  readonly name: string
  readonly key: Doc
  readonly unique: boolean
  readonly fields: readonly IndexField[]
  /** The table of its keys; `_id_` is the collection's own table. */
  readonly table: string
  /** Some document has an array on one of the paths: a document may then stand under several keys. */
  multikey: boolean
}

export interface Collection {
  readonly namespace: string
  readonly table: string
  readonly primary: Index
  indexes: readonly Index[]
}

/** One SQLite connection and its view of the catalogue. */
export interface Store {
  readonly sql: Sqlite
  version: number
  readonly collections: Map<string, Collection>
}

const SETTINGS = `
  PRAGMA busy_timeout = 1000;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA cache_size = -32000;
  PRAGMA temp_store = MEMORY;
  PRAGMA mmap_size = 268435456;`

const CATALOGUE =
  'CREATE TABLE IF NOT EXISTS catalogue(namespace TEXT PRIMARY KEY, number INTEGER NOT NULL, indexes TEXT NOT NULL)'

export const openStore = (sql: Sqlite): Store => {
  sql.exec(SETTINGS)
  sql.exec(`BEGIN IMMEDIATE; ${CATALOGUE}; COMMIT`)
  return { sql, version: -1, collections: new Map() }
}

const fieldsOf = (key: Doc): IndexField[] =>
  Object.entries(key).map(([name, direction]) => ({
    name,
    path: splitPath(name),
    descending: Number(direction) < 0,
  }))

interface SavedIndex {
  readonly name: string
  readonly key: Doc
  readonly unique: boolean
  readonly table: string
  readonly multikey: boolean
}

const loadIndex = (saved: SavedIndex): Index => ({ ...saved, fields: fieldsOf(saved.key) })

const saveIndex = ({ name, key, unique, table, multikey }: Index): SavedIndex => ({
  name,
  key,
  unique,
  table,
  multikey,
})

const loadCollection = (namespace: string, number: number, saved: string): Collection => {
  const table = `c${number}`
  const indexes: SavedIndex[] = JSON.parse(saved)
  const primary = loadIndex({ name: '_id_', key: { _id: 1 }, unique: true, table, multikey: false })
  return { namespace, table, primary, indexes: indexes.map(loadIndex) }
}

/** The collections, read again whenever any process has changed the catalogue. */
export const collectionsOf = (store: Store): ReadonlyMap<string, Collection> => {
  const version = Number(store.sql.get('PRAGMA user_version')?.[0])
  if (version === store.version) return store.collections
  store.collections.clear()
  for (const [namespace, number, indexes] of store.sql.all(
    'SELECT namespace, number, indexes FROM catalogue',
  )) {
    const name = String(namespace)
    store.collections.set(name, loadCollection(name, Number(number), String(indexes)))
  }
  store.version = version
  return store.collections
}

export const collectionOf = (store: Store, namespace: string): Collection | undefined =>
  collectionsOf(store).get(namespace)

/** Tells every connection, at commit, that its view of the catalogue is old. */
const announce = (store: Store): void => {
  const version = Number(store.sql.get('PRAGMA user_version')?.[0]) + 1
  store.sql.exec(`PRAGMA user_version = ${version}`)
  store.version = version
}

export const saveIndexes = (store: Store, collection: Collection): void => {
  const saved = JSON.stringify(collection.indexes.map(saveIndex))
  store.sql.run('UPDATE catalogue SET indexes = ? WHERE namespace = ?', saved, collection.namespace)
  announce(store)
}

export const ensureCollection = (store: Store, namespace: string): Collection => {
  const known = collectionOf(store, namespace)
  if (known) return known
  const last = Number(store.sql.get('SELECT coalesce(max(number), 0) FROM catalogue')?.[0])
  const table = `c${last + 1}`
  store.sql.exec(
    `CREATE TABLE ${table}(rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, doc BLOB NOT NULL)`,
  )
  store.sql.run('INSERT INTO catalogue VALUES (?, ?, ?)', namespace, last + 1, '[]')
  announce(store)
  const made = loadCollection(namespace, last + 1, '[]')
  store.collections.set(namespace, made)
  return made
}

export const dropCollection = (store: Store, collection: Collection): void => {
  store.sql.forget()
  for (const index of collection.indexes) store.sql.exec(`DROP TABLE ${index.table}`)
  store.sql.exec(`DROP TABLE ${collection.table}`)
  store.sql.run('DELETE FROM catalogue WHERE namespace = ?', collection.namespace)
  store.collections.delete(collection.namespace)
  announce(store)
}

// `v` and `background` have had no effect on a server since 4.2.
const INDEX_OPTIONS = new Set(['key', 'name', 'unique', 'v', 'background', 'ns'])

const cannotCreate = (feature: string) => unsupported(feature, 67, 'CannotCreateIndex')

const checkKey = (key: Doc): void => {
  for (const [name, direction] of Object.entries(key)) {
    if (direction !== 1 && direction !== -1)
      throw cannotCreate(`the index type '${String(direction)}' of '${name}'`)
    if (name.includes('$')) throw cannotCreate(`the wildcard index '${name}'`)
    if (/(^|\.)\d+(\.|$)/.test(name)) throw cannotCreate(`an index on the array position '${name}'`)
  }
}

export interface IndexRequest {
  readonly name: string
  readonly key: Doc
  readonly unique: boolean
}

/** Parses one entry of createIndexes. Throws 67 for what the store does not support. */
export const parseIndex = (given: unknown): IndexRequest => {
  if (!isDoc(given) || !isDoc(given.key) || Object.keys(given.key).length === 0)
    throw storeError(67, 'CannotCreateIndex', 'an index needs a key document')
  for (const option of Object.keys(given))
    if (!INDEX_OPTIONS.has(option)) throw cannotCreate(`the index option '${option}'`)
  checkKey(given.key)
  return { name: String(given.name), key: given.key, unique: given.unique === true }
}

const isSame = (index: Index, wanted: IndexRequest): boolean =>
  JSON.stringify(index.key) === JSON.stringify(wanted.key) && index.unique === wanted.unique

/** The index to build, or nothing when the same one exists. Throws 85 or 86 when another one does. */
export const planIndex = (collection: Collection, wanted: IndexRequest): Index | undefined => {
  if (JSON.stringify(wanted.key) === JSON.stringify(collection.primary.key)) return undefined
  for (const index of collection.indexes) {
    if (index.name === wanted.name && isSame(index, wanted)) return undefined
    if (index.name === wanted.name)
      throw storeError(
        86,
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index: ${wanted.name}`,
      )
    if (JSON.stringify(index.key) === JSON.stringify(wanted.key))
      throw storeError(
        85,
        'IndexOptionsConflict',
        `Index already exists with a different name or options: ${index.name}`,
      )
  }
  const numbers = collection.indexes.map((index) => Number(index.table.split('_')[1]))
  const table = `${collection.table}_${Math.max(0, ...numbers) + 1}`
  return loadIndex({ ...wanted, table, multikey: false })
}

export const dropIndexes = (store: Store, collection: Collection, name: string): void => {
  const gone = collection.indexes.filter((index) => name === '*' || index.name === name)
  if (name === '_id_') throw storeError(72, 'InvalidOptions', 'cannot drop _id index')
  if (gone.length === 0 && name !== '*')
    throw storeError(27, 'IndexNotFound', `index not found with name [${name}]`)
  store.sql.forget()
  for (const index of gone) store.sql.exec(`DROP TABLE ${index.table}`)
  collection.indexes = collection.indexes.filter((index) => !gone.includes(index))
  saveIndexes(store, collection)
}
