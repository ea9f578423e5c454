import { createRequire } from 'node:module'
import { collectionOf, type Store } from './catalogue.ts'
import { badValue, isStoreError, storeError, unsupported } from './errors.ts'
import { parseFilter } from './filter.ts'
import { compileFilter } from './match.ts'
import { leavesAt, setAt, splitPath } from './paths.ts'
import { parseSort, type Selection, select, sortKey } from './select.ts'
import { type Doc, decode, isDoc } from './values.ts'

type Docs = Iterable<Doc>

interface Place {
  readonly store: Store
  readonly database: string
}

export const selectDocs = (place: Place, name: string, selection: Selection): Docs => {
  const { store, database } = place
  const found = select(store, collectionOf(store, `${database}.${name}`), selection)
  return map(found, ({ doc, bytes }) => doc ?? decode(bytes))
}

function* map<A, B>(items: Iterable<A>, change: (item: A) => B): Generator<B> {
  for (const item of items) yield change(item)
}

function* filter(docs: Docs, keep: (doc: Doc) => boolean): Generator<Doc> {
  for (const doc of docs) if (keep(doc)) yield doc
}

function* slice(docs: Docs, skip: number, limit: number): Generator<Doc> {
  let at = 0
  for (const doc of docs) {
    if (at++ >= skip) yield doc
    if (at >= skip + limit) return
  }
}

const documentOf = (stage: string, operand: unknown): Doc => {
  if (isDoc(operand)) return operand
  throw storeError(15959, 'Location15959', `${stage} needs a document`)
}

const wholeOf = (stage: string, operand: unknown, least: number): number => {
  if (typeof operand === 'number' && Number.isInteger(operand) && operand >= least) return operand
  throw badValue(`${stage} needs a whole number from ${least}`)
}

const sorted = (docs: Docs, operand: Doc): Docs => {
  const order = parseSort(operand)
  return [...docs]
    .map((doc) => ({ doc, key: sortKey(doc, order) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ doc }) => doc)
}

function* counted(docs: Docs, operand: unknown): Generator<Doc> {
  if (typeof operand !== 'string' || operand === '') throw badValue('$count needs a field name')
  let count = 0
  for (const _ of docs) count++
  if (count > 0) yield { [operand]: count }
}

const LOOKUP_FIELDS = ['from', 'localField', 'foreignField', 'as']

const lookedUp = (place: Place, docs: Docs, operand: Doc): Docs => {
  for (const name of Object.keys(operand))
    if (!LOOKUP_FIELDS.includes(name)) throw unsupported(`the option '${name}' of $lookup`)
  const [from = '', localField = '', foreignField = '', as = ''] = LOOKUP_FIELDS.map((name) => {
    if (typeof operand[name] !== 'string') throw badValue(`$lookup needs the string '${name}'`)
    return operand[name]
  })
  const local = splitPath(localField)
  return map(docs, (doc) => {
    const values = leavesAt(doc, local).flatMap((value) => value ?? null)
    const wanted = { [foreignField]: { $in: values.length > 0 ? values : [null] } }
    setAt(doc, splitPath(as), [...selectDocs(place, from, { filter: wanted })])
    return doc
  })
}

const require = createRequire(import.meta.url)

/** Stages whose expressions mingo computes. Scripts stay off. */
const COMPUTED = new Set(['$group', '$project', '$unwind', '$addFields', '$set', '$unset'])

const asDoc = (value: unknown): Doc => {
  if (isDoc(value)) return value
  throw badValue('an aggregation stage gave something that is not a document')
}

function* computed(docs: Docs, stage: Doc): Generator<Doc> {
  try {
    // Loaded by the first stage that needs it: its hundreds of files would double the time to start.
    const { Aggregator }: typeof import('mingo') = require('mingo')
    const results = new Aggregator([stage], { scriptEnabled: false }).run([...docs])
    yield* map(results, asDoc)
  } catch (error) {
    if (isStoreError(error)) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw storeError(
      168,
      'InvalidPipelineOperator',
      `the embedded store cannot run this stage: ${reason}`,
    )
  }
}

const UNRECOGNIZED = 40324

const applyStage = (place: Place, docs: Docs, stage: Doc): Docs => {
  const [name = '', ...others] = Object.keys(stage)
  if (others.length > 0 || name === '')
    throw storeError(40323, 'Location40323', 'A pipeline stage must contain exactly one field')
  const operand = stage[name]
  switch (name) {
    case '$match':
      return filter(docs, compileFilter(parseFilter(documentOf(name, operand))))
    case '$sort':
      return sorted(docs, documentOf(name, operand))
    case '$skip':
      return slice(docs, wholeOf(name, operand, 0), Number.POSITIVE_INFINITY)
    case '$limit':
      return slice(docs, 0, wholeOf(name, operand, 1))
    case '$count':
      return counted(docs, operand)
    case '$lookup':
      return lookedUp(place, docs, documentOf(name, operand))
    default:
      if (COMPUTED.has(name)) return computed(docs, stage)
      throw unsupported(`the pipeline stage ${name}`, UNRECOGNIZED, 'Location40324')
  }
}

const LEADING = ['$match', '$sort', '$skip', '$limit'] as const

interface Head {
  readonly selection: Selection
  readonly rest: readonly Doc[]
}

/** Takes the first $match, $sort, $skip and $limit, in this order, for the planner. */
const splitHead = (pipeline: readonly Doc[]): Head => {
  let at = 0
  const take = (name: (typeof LEADING)[number]): unknown => {
    const stage = pipeline[at]
    if (!stage || Object.keys(stage).length !== 1 || !(name in stage)) return undefined
    at++
    return stage[name]
  }
  const [match, sort, skip, limit] = LEADING.map(take)
  const selection = {
    filter: match === undefined ? {} : documentOf('$match', match),
    sort: sort === undefined ? undefined : documentOf('$sort', sort),
    skip: skip === undefined ? 0 : wholeOf('$skip', skip, 0),
    limit: limit === undefined ? 0 : wholeOf('$limit', limit, 1),
  }
  return { selection, rest: pipeline.slice(at) }
}

export const countMatching = (
  { store, database }: Place,
  name: string,
  selection: Selection,
): number => {
  const collection = collectionOf(store, `${database}.${name}`)
  const { filter: wanted, skip = 0, limit = 0 } = selection
  if (collection && Object.keys(wanted).length === 0) {
    const all = Number(store.sql.get(`SELECT count(*) FROM ${collection.table}`)?.[0])
    const left = Math.max(0, all - skip)
    return limit > 0 ? Math.min(left, limit) : left
  }
  let count = 0
  for (const _ of select(store, collection, { ...selection, sort: undefined })) count++
  return count
}

/** countDocuments of the official driver sends exactly this group. */
const isCount = ([stage, ...others]: readonly Doc[]): boolean =>
  others.length === 0 && JSON.stringify(stage) === '{"$group":{"_id":1,"n":{"$sum":1}}}'

/** Runs a pipeline. Stages outside the list above are refused with 40324 before anything is read. */
export const aggregate = (place: Place, name: string, pipeline: readonly Doc[]): Docs => {
  const { selection, rest } = splitHead(pipeline)
  if (isCount(rest)) {
    const n = countMatching(place, name, selection)
    return n > 0 ? [{ _id: 1, n }] : []
  }
  return rest.reduce(
    (docs, stage) => applyStage(place, docs, stage),
    selectDocs(place, name, selection),
  )
}
