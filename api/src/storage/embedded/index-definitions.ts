import { type Collection, type Index, loadIndex, type Store, saveIndexes } from './catalogue.ts'
import { storeError, unsupported } from './errors.ts'
import { type Doc, isDoc } from './values.ts'

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
