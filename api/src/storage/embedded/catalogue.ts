import { splitPath } from './paths.ts'
import type { Sqlite } from './sqlite.ts'
import type { Doc } from './values.ts'

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
  /** The write lock is held and the catalogue read under it: no other process can change it. */
  locked: boolean
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
  return { sql, version: -1, locked: false, collections: new Map() }
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

export const loadIndex = (saved: SavedIndex): Index => ({ ...saved, fields: fieldsOf(saved.key) })

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
  if (store.locked && store.version >= 0) return store.collections
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
