import { collectionOf, collectionsOf, dropCollection, ensureCollection } from './catalogue.ts'
import { databaseOf, docOption, docsOption, namespaceOf } from './command-options.ts'
import type { Batch } from './cursors.ts'
import { buildIndex } from './documents.ts'
import type { Command, Engine } from './engine.ts'
import { badValue, storeError } from './errors.ts'
import { parseFilter } from './filter.ts'
import { dropIndexes, parseIndex, planIndex } from './index-definitions.ts'
import { compileFilter } from './match.ts'
import { type Doc, encode } from './values.ts'

const create = ({ store, committer }: Engine, command: Doc): Promise<Doc> =>
  committer.write(() => {
    const namespace = namespaceOf(command)
    if (collectionOf(store, namespace))
      throw storeError(48, 'NamespaceExists', `Collection ${namespace} already exists.`)
    ensureCollection(store, namespace)
    return {}
  })

const createIndexes = ({ store, committer }: Engine, command: Doc): Promise<Doc> =>
  committer.write(() => {
    const wanted = docsOption(command, 'indexes').map(parseIndex)
    const collection = ensureCollection(store, namespaceOf(command))
    const before = collection.indexes.length + 1
    for (const request of wanted) {
      const index = planIndex(collection, request)
      if (index) buildIndex(store, collection, index)
    }
    const after = collection.indexes.length + 1
    const note = before === after ? { note: 'all indexes already exist' } : {}
    return { numIndexesBefore: before, numIndexesAfter: after, ...note }
  })

const noNamespace = (namespace: string): Error =>
  storeError(26, 'NamespaceNotFound', `ns does not exist: ${namespace}`)

const listIndexes = ({ store, cursors }: Engine, command: Doc): Batch => {
  const namespace = namespaceOf(command)
  const collection = collectionOf(store, namespace)
  if (!collection) throw noNamespace(namespace)
  const listed = [collection.primary, ...collection.indexes].map(({ key, name, unique }) =>
    encode({ v: 2, key, name, ...(unique && name !== '_id_' ? { unique } : {}) }),
  )
  return cursors.open(listed, namespace, Number.POSITIVE_INFINITY)
}

const runDropIndexes = ({ store, committer }: Engine, command: Doc): Promise<Doc> =>
  committer.write(() => {
    const collection = collectionOf(store, namespaceOf(command))
    if (!collection) throw noNamespace(namespaceOf(command))
    if (typeof command.index !== 'string') throw badValue('an index is dropped by its name')
    const before = collection.indexes.length + 1
    dropIndexes(store, collection, command.index)
    return { nIndexesWas: before }
  })

const drop = ({ store, committer }: Engine, command: Doc): Promise<Doc> =>
  committer.write(() => {
    const collection = collectionOf(store, namespaceOf(command))
    if (!collection) throw storeError(26, 'NamespaceNotFound', 'ns not found')
    dropCollection(store, collection)
    return { ns: collection.namespace, nIndexesWas: collection.indexes.length + 1 }
  })

const inDatabase = (engine: Engine, command: Doc) => {
  const prefix = `${databaseOf(command)}.`
  return [...collectionsOf(engine.store).values()].filter((one) => one.namespace.startsWith(prefix))
}

const dropDatabase = (engine: Engine, command: Doc): Promise<Doc> =>
  engine.committer.write(() => {
    for (const collection of inDatabase(engine, command)) dropCollection(engine.store, collection)
    return { dropped: databaseOf(command) }
  })

const listCollections = (engine: Engine, command: Doc): Batch => {
  const database = databaseOf(command)
  const matches = compileFilter(parseFilter(docOption(command, 'filter') ?? {}))
  const listed = inDatabase(engine, command)
    .map(({ namespace }) => ({
      name: namespace.slice(database.length + 1),
      type: 'collection',
      options: {},
      info: { readOnly: false },
      idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
    }))
    .filter(matches)
    .map(encode)
  const namespace = `${database}.$cmd.listCollections`
  return engine.cursors.open(listed, namespace, Number.POSITIVE_INFINITY)
}

const listDatabases = ({ store }: Engine): Doc => {
  const names = [...collectionsOf(store).keys()].map((namespace) => namespace.split('.')[0])
  const databases = [...new Set(names)].map((name) => ({ name, sizeOnDisk: 0, empty: false }))
  return { databases, totalSize: 0 }
}

const LIST_OPTIONS = ['filter', 'nameOnly', 'cursor', 'authorizedCollections']

export const catalogueCommands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['create', { options: new Set<string>(), run: create }],
  ['createIndexes', { options: new Set(['indexes']), run: createIndexes }],
  ['listIndexes', { options: new Set(['cursor']), run: listIndexes }],
  ['dropIndexes', { options: new Set(['index']), run: runDropIndexes }],
  ['drop', { options: new Set<string>(), run: drop }],
  ['dropDatabase', { options: new Set<string>(), run: dropDatabase }],
  ['listCollections', { options: new Set(LIST_OPTIONS), run: listCollections }],
  ['listDatabases', { options: new Set(['nameOnly']), run: listDatabases }],
])
