import { type Collection, collectionOf, ensureCollection, type Store } from './catalogue.ts'
import { checkStatement, docOption, docsOption, namespaceOf } from './command-options.ts'
import { inSavepoint } from './commit.ts'
import { insertDocument, removeDocument, replaceDocument, type StoredRow } from './documents.ts'
import type { Command, Engine } from './engine.ts'
import { failedToParse, isStoreError } from './errors.ts'
import { parseFilter } from './filter.ts'
import { parseProjection } from './projection.ts'
import { select } from './select.ts'
import { applyUpdate, parseUpdate, seedOf, type Update } from './update.ts'
import { type Doc, decode, isDoc } from './values.ts'

/** Runs each statement in its own savepoint; a refused one stops the rest unless unordered. */
const runStatements = <T>(
  store: Store,
  command: Doc,
  statements: readonly T[],
  each: (statement: T, index: number) => void,
): Doc => {
  const writeErrors: Doc[] = []
  for (const [index, statement] of statements.entries()) {
    try {
      inSavepoint(store, () => each(statement, index))
    } catch (error) {
      if (!isStoreError(error)) throw error
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.details })
      if (command.ordered !== false) break
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {}
}

const documentsOf = (command: Doc): readonly unknown[] => {
  if (Array.isArray(command.documents)) return command.documents
  throw failedToParse("'documents' must be an array")
}

const insertGiven = (store: Store, collection: Collection, given: unknown): void => {
  if (Buffer.isBuffer(given)) insertDocument(store, collection, decode(given), given)
  else if (isDoc(given)) insertDocument(store, collection, given)
  else throw failedToParse('only documents can be inserted')
}

/** All in one savepoint: most often none is refused. Nothing is left when one is. */
const insertAll = (store: Store, namespace: string, documents: readonly unknown[]): boolean => {
  try {
    inSavepoint(store, () => {
      const collection = ensureCollection(store, namespace)
      for (const given of documents) insertGiven(store, collection, given)
    })
    return true
  } catch (error) {
    if (isStoreError(error)) return false
    throw error
  }
}

const insert = ({ store, committer }: Engine, command: Doc): Promise<Doc> =>
  committer.write(() => {
    const namespace = namespaceOf(command)
    const documents = documentsOf(command)
    if (documents.length > 1 && insertAll(store, namespace, documents))
      return { n: documents.length }
    let n = 0
    const errors = runStatements(store, command, documents, (given) => {
      insertGiven(store, ensureCollection(store, namespace), given)
      n++
    })
    return { n, ...errors }
  })

interface UpdateStatement {
  readonly filter: Doc
  readonly update: Update
  readonly upsert: boolean
  readonly multi: boolean
  readonly sort?: Doc
}

interface Updated {
  readonly matched: number
  readonly modified: number
  readonly upserted?: Doc
  readonly before?: Doc
  readonly after?: Doc
}

const updateRow = (store: Store, collection: Collection, row: StoredRow, update: Update) => {
  const after = applyUpdate(decode(row.bytes), update, false)
  return { after, modified: replaceDocument(store, collection, row, after) !== undefined }
}

const upsertDocument = (store: Store, namespace: string, statement: UpdateStatement): Doc => {
  const seed = seedOf(parseFilter(statement.filter))
  const doc = applyUpdate(seed, statement.update, true)
  return insertDocument(store, ensureCollection(store, namespace), doc)
}

const runUpdate = (store: Store, namespace: string, statement: UpdateStatement): Updated => {
  const { filter, sort, update, multi, upsert } = statement
  const collection = collectionOf(store, namespace)
  const rows = [...select(store, collection, { filter, sort, limit: multi ? 0 : 1 })]
  if (rows.length === 0 && upsert) {
    const upserted = upsertDocument(store, namespace, statement)
    return { matched: 0, modified: 0, upserted, after: upserted }
  }
  let modified = 0
  let after: Doc | undefined
  for (const row of rows) {
    if (!collection) break
    const changed = updateRow(store, collection, row, update)
    if (changed.modified) modified++
    after = changed.after
  }
  const [first] = rows
  return { matched: rows.length, modified, before: first && decode(first.bytes), after }
}

const UPDATE_OPTIONS = ['q', 'u', 'multi', 'upsert']

const parseStatement = (given: Doc): UpdateStatement => {
  checkStatement(given, 'update', UPDATE_OPTIONS)
  const update = parseUpdate(given.u)
  const multi = given.multi === true
  if (multi && update.kind === 'replacement')
    throw failedToParse('multi update is not supported for replacement-style update')
  return { filter: docOption(given, 'q') ?? {}, update, upsert: given.upsert === true, multi }
}

const update = ({ store, committer }: Engine, command: Doc): Promise<Doc> =>
  committer.write(() => {
    const namespace = namespaceOf(command)
    let n = 0
    let nModified = 0
    const upserted: Doc[] = []
    const errors = runStatements(store, command, docsOption(command, 'updates'), (given, index) => {
      const result = runUpdate(store, namespace, parseStatement(given))
      n += result.matched + (result.upserted ? 1 : 0)
      nModified += result.modified
      if (result.upserted) upserted.push({ index, _id: result.upserted._id })
    })
    return { n, nModified, ...(upserted.length > 0 ? { upserted } : {}), ...errors }
  })

const deleteMatching = (store: Store, namespace: string, filter: Doc, limit: number): number => {
  const collection = collectionOf(store, namespace)
  const rows = [...select(store, collection, { filter, limit })]
  if (collection) for (const row of rows) removeDocument(store, collection, row)
  return rows.length
}

const remove = ({ store, committer }: Engine, command: Doc): Promise<Doc> =>
  committer.write(() => {
    const namespace = namespaceOf(command)
    let n = 0
    const errors = runStatements(store, command, docsOption(command, 'deletes'), (given) => {
      checkStatement(given, 'delete', ['q', 'limit'])
      const limit = given.limit === 1 ? 1 : 0
      n += deleteMatching(store, namespace, docOption(given, 'q') ?? {}, limit)
    })
    return { n, ...errors }
  })

const takeOne = (store: Store, command: Doc): Doc => {
  const collection = collectionOf(store, namespaceOf(command))
  const filter = docOption(command, 'query') ?? {}
  const project = parseProjection(docOption(command, 'fields'))
  const [row] = select(store, collection, { filter, sort: docOption(command, 'sort'), limit: 1 })
  if (!row || !collection) return { lastErrorObject: { n: 0 }, value: null }
  removeDocument(store, collection, row)
  const doc = decode(row.bytes)
  return { lastErrorObject: { n: 1 }, value: project ? project(doc) : doc }
}

const changeOne = (store: Store, command: Doc): Doc => {
  const statement = {
    filter: docOption(command, 'query') ?? {},
    update: parseUpdate(command.update),
    upsert: command.upsert === true,
    multi: false,
    sort: docOption(command, 'sort'),
  }
  const project = parseProjection(docOption(command, 'fields'))
  const { matched, upserted, before, after } = runUpdate(store, namespaceOf(command), statement)
  const doc = command.new === true ? after : before
  return {
    lastErrorObject: {
      n: matched + (upserted ? 1 : 0),
      updatedExisting: matched > 0,
      ...(upserted ? { upserted: upserted._id } : {}),
    },
    value: doc && project ? project(doc) : (doc ?? null),
  }
}

const findAndModify = ({ store, committer }: Engine, command: Doc): Promise<Doc> =>
  committer.write(() =>
    command.remove === true ? takeOne(store, command) : changeOne(store, command),
  )

const MODIFY_OPTIONS = ['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert']
const many = (name: string) => new Set([name, 'ordered', 'bypassDocumentValidation'])

export const writeCommands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['insert', { options: many('documents'), run: insert }],
  ['update', { options: many('updates'), run: update }],
  ['delete', { options: new Set(['deletes', 'ordered']), run: remove }],
  [
    'findAndModify',
    { options: new Set([...MODIFY_OPTIONS, 'bypassDocumentValidation']), run: findAndModify },
  ],
])
