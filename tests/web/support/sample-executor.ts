import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, graphql } from 'graphql'
import { globSync } from 'tinyglobby'
import { communities, datasets, licences, licenceTemplates, now, proposals } from './sample-data.ts'
import { checkpoint, entries, verifierKey } from './sample-log.ts'

const cwd = new URL('../../../api/src', import.meta.url).pathname
const sdl = globSync('**/*.graphql', { cwd })
  .sort()
  .map((path) => readFileSync(join(cwd, path), 'utf8'))
  .join('\n')
const schema = buildSchema(sdl)

export interface SampleOptions {
  readonly needsSetUp?: boolean
  readonly demo?: boolean
  readonly viewer?: { readonly name: string }
  readonly empty?: boolean
}

interface Search {
  readonly text?: string | null
  readonly kind?: readonly string[] | null
  readonly after?: string | null
}

const facet = (name: string, values: readonly (readonly [string, string, number])[]) => ({
  name,
  values: values.map(([value, label, count]) => ({ value, label, count })),
})

const facets = [
  facet('language', [
    ['mi', 'mi', 1],
    ['yo', 'yo', 1],
    ['am', 'am', 1],
  ]),
  facet('community', [['velane-river', 'Velāne River Families', 3]]),
  facet('kind', [
    ['speech', 'speech', 2],
    ['lexicon', 'lexicon', 1],
  ]),
  facet('stage', [
    ['4', '4', 2],
    ['5', '5', 1],
  ]),
]

function search({ text, kind, after }: Search) {
  const nodes = datasets
    .filter(({ title }) => !text || title.toLowerCase().includes(text.toLowerCase()))
    .filter((one) => !kind || kind.includes(one.kind))
  const pageInfo = { endCursor: after ? null : 'cursor-1', hasNextPage: !after }
  return { total: nodes.length, nodes, facets, pageInfo }
}

interface LogArgs {
  readonly first?: number | null
  readonly before?: number | null
  readonly type?: string | null
}

function log({ first, before, type }: LogArgs) {
  const shown = entries
    .filter(({ index }) => before == null || index < before)
    .filter((entry) => !type || entry.type === type)
    .reverse()
  return { size: entries.length, checkpoint, verifierKey, entries: shown.slice(0, first ?? 25) }
}

const by =
  <K extends string>(key: K) =>
  <T extends Record<K, string>>(list: readonly T[], value: string): T | undefined =>
    list.find((one) => one[key] === value)

/** Two datasets of which the second stands in the way of passing them on. */
function togetherOf(ids: readonly string[]) {
  const found = datasets.filter(({ id }) => ids.includes(id))
  const actions = found.length < 2 ? [] : ['download', 'redistribute']
  return {
    datasets: found,
    actions: actions.map((action) => ({
      action,
      possible: action === 'download',
      refusing: action === 'download' ? [] : found.slice(1, 2),
      clashing: [],
    })),
    duties: ['You must name the people it comes from.'],
    dutiesByChoice: [],
  }
}

/** A root value over hand-made data: the whole public side of the schema answers from it. */
function rootOf({ needsSetUp = false, demo = true, viewer, empty = false }: SampleOptions) {
  return {
    viewer: viewer
      ? { id: 'u-1', operator: false, unreadNotices: 2, inbox: [{ id: 'p-open' }], ...viewer }
      : null,
    registry: { name: 'Commonhold', needsSetUp, demo, now },
    datasets: (args: { readonly search?: Search | null }) => {
      const found = search(args.search ?? {})
      return empty ? { ...found, total: 0, nodes: [], facets: [] } : found
    },
    dataset: ({ id }: { readonly id: string }) => by('id')(datasets, id),
    communities: empty ? [] : communities,
    community: ({ slug }: { readonly slug: string }) => by('slug')(communities, slug),
    licences: empty ? [] : licences,
    licenceTemplates,
    together: ({ datasets: ids }: { readonly datasets: readonly string[] }) => togetherOf(ids),
    licence: ({ digest }: { readonly digest: string }) => by('digest')(licences, digest),
    proposal: ({ id }: { readonly id: string }) => by('id')(proposals, id),
    proposals: ({ phase }: { readonly phase?: readonly string[] | null }) => ({
      nodes: proposals.filter((one) => !phase || phase.includes(one.phase)),
      pageInfo: { endCursor: null, hasNextPage: false },
    }),
    log,
  }
}

/** Answers GraphQL from sample data, in the shape the page host passes on. */
export function sampleExecutor(options: SampleOptions = {}) {
  const rootValue = rootOf(options)
  return async (source: string, variableValues: Record<string, unknown>) => {
    const { data, errors } = await graphql({ schema, source, rootValue, variableValues })
    return { data, errors: errors?.map(({ message }) => ({ message })) }
  }
}
