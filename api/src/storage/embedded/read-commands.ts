import { aggregate, countMatching, selectDocs } from './aggregate.ts'
import { collectionOf } from './catalogue.ts'
import {
  collectionNameOf,
  countOption,
  databaseOf,
  docOption,
  docsOption,
  namespaceOf,
} from './command-options.ts'
import type { Batch } from './cursors.ts'
import type { Command, Engine } from './engine.ts'
import { badValue, storeError, unsupported } from './errors.ts'
import { compareValues, keyOf } from './keys.ts'
import { leavesAt, splitPath } from './paths.ts'
import { type Projector, parseProjection } from './projection.ts'
import { type Found, select } from './select.ts'
import { type Doc, decode, encode } from './values.ts'

const FIRST_BATCH = 101

function* bytesOf(rows: Iterable<Found>, project: Projector | undefined): Generator<Buffer> {
  for (const { bytes, doc } of rows) yield project ? encode(project(doc ?? decode(bytes))) : bytes
}

function* encoded(docs: Iterable<Doc>): Generator<Buffer> {
  for (const doc of docs) yield encode(doc)
}

const ALL = Number.POSITIVE_INFINITY

const firstSize = (command: Doc, limit: number): number => {
  const size = countOption(command, 'batchSize') ?? FIRST_BATCH
  if (command.singleBatch === true || (limit > 0 && size >= limit)) return ALL
  return size
}

const find = ({ store, cursors }: Engine, command: Doc): Batch => {
  const namespace = namespaceOf(command)
  const limit = countOption(command, 'limit') ?? 0
  const skip = countOption(command, 'skip') ?? 0
  if (limit < 0 || skip < 0) throw badValue("'limit' and 'skip' must not be negative")
  const project = parseProjection(docOption(command, 'projection'))
  const filter = docOption(command, 'filter') ?? {}
  const sort = docOption(command, 'sort')
  const rows = select(store, collectionOf(store, namespace), { filter, sort, skip, limit })
  return cursors.open(bytesOf(rows, project), namespace, firstSize(command, limit))
}

const refuseSource = (command: Doc, [first]: readonly Doc[]): void => {
  if (first && '$changeStream' in first)
    throw unsupported('a change stream', 40573, 'Location40573')
  if (typeof command.aggregate !== 'string')
    throw unsupported('an aggregation over the whole database', 73, 'InvalidNamespace')
}

const runAggregate = ({ store, cursors }: Engine, command: Doc): Batch => {
  const pipeline = docsOption(command, 'pipeline')
  refuseSource(command, pipeline)
  const place = { store, database: databaseOf(command) }
  const docs = aggregate(place, collectionNameOf(command), pipeline)
  const size = countOption(docOption(command, 'cursor') ?? {}, 'batchSize') ?? FIRST_BATCH
  return cursors.open(encoded(docs), namespaceOf(command), size)
}

const getMore = ({ cursors }: Engine, command: Doc): Batch => {
  const namespace = `${databaseOf(command)}.${String(command.collection)}`
  return cursors.next(Number(command.getMore), namespace, countOption(command, 'batchSize') || ALL)
}

const killCursors = ({ cursors }: Engine, command: Doc): Doc => {
  const ids: readonly unknown[] = Array.isArray(command.cursors) ? command.cursors : []
  const killed = ids.filter((id) => cursors.kill(Number(id)))
  const notFound = ids.filter((id) => !killed.includes(id))
  return { cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [] }
}

const count = ({ store }: Engine, command: Doc): Doc => {
  const selection = {
    filter: docOption(command, 'query') ?? {},
    skip: countOption(command, 'skip'),
    limit: Math.abs(countOption(command, 'limit') ?? 0),
  }
  const place = { store, database: databaseOf(command) }
  return { n: countMatching(place, collectionNameOf(command), selection) }
}

const distinct = ({ store }: Engine, command: Doc): Doc => {
  if (typeof command.key !== 'string')
    throw storeError(14, 'TypeMismatch', "'key' must be a string")
  const path = splitPath(command.key)
  const filter = docOption(command, 'query') ?? {}
  const values = new Map<string, unknown>()
  const place = { store, database: databaseOf(command) }
  for (const doc of selectDocs(place, collectionNameOf(command), { filter }))
    for (const value of leavesAt(doc, path).flat())
      if (value !== undefined) values.set(keyOf(value).toString('latin1'), value)
  return { values: [...values.values()].sort(compareValues) }
}

const FIND_OPTIONS = [
  'filter',
  'sort',
  'projection',
  'skip',
  'limit',
  'batchSize',
  'singleBatch',
  'noCursorTimeout',
  'allowDiskUse',
]

export const readCommands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['find', { options: new Set(FIND_OPTIONS), run: find }],
  ['aggregate', { options: new Set(['pipeline', 'cursor', 'allowDiskUse']), run: runAggregate }],
  ['getMore', { options: new Set(['collection', 'batchSize']), run: getMore }],
  ['killCursors', { options: new Set(['cursors']), run: killCursors }],
  ['count', { options: new Set(['query', 'limit', 'skip']), run: count }],
  ['distinct', { options: new Set(['key', 'query']), run: distinct }],
])
