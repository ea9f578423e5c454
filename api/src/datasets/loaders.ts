import type { Context } from '../context.ts'
import type { Version } from './dataset.ts'

/** Reads many by key at once; keys without a value are left out. */
type ReadMany<V> = (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>

/** Collects the keys asked for in one turn of the event loop and reads them together, once a request. */
export const batched = <V>(readMany: ReadMany<V>): ((key: string) => Promise<V | null>) => {
  const asked = new Map<string, Promise<V | null>>()
  let next: { readonly keys: string[]; readonly answer: Promise<ReadonlyMap<string, V>> } | null =
    null

  const collect = () => {
    const keys: string[] = []
    const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      next = null
      return readMany(keys)
    })
    return { keys, answer }
  }

  return (key) => {
    const known = asked.get(key)
    if (known) return known
    next ??= collect()
    next.keys.push(key)
    const value = next.answer.then((found) => found.get(key) ?? null)
    asked.set(key, value)
    return value
  }
}

/** Reads each thing once a request. */
const once = <T extends object, V>(read: (about: T) => Promise<V>): ((about: T) => Promise<V>) => {
  const asked = new WeakMap<T, Promise<V>>()
  return (about) => {
    const known = asked.get(about)
    if (known) return known
    const value = read(about)
    asked.set(about, value)
    return value
  }
}

const byId = <V>(values: readonly V[], id: (value: V) => string): ReadonlyMap<string, V> =>
  new Map(values.map((value) => [id(value), value]))

const make = ({ people, licences, datasets }: Context) => ({
  community: batched(async (ids) => byId(await people.communitiesByIds(ids), ({ id }) => id)),
  licence: batched(async (digests) =>
    byId(await licences.licencesByDigest(digests), ({ digest }) => digest),
  ),
  newer: batched((digests) => licences.newerThanThese(digests)),
  dataset: batched(async (ids) => byId(await datasets.datasets(ids), ({ id }) => id)),
  versions: batched(async (ids) => {
    const all = await datasets.versionsOf(ids)
    return new Map(ids.map((id) => [id, all.filter(({ dataset }) => dataset === id)]))
  }),
  derivedFrom: batched(async (ids) => {
    const all = await datasets.derivedFrom(ids)
    const of = (id: string) =>
      all.filter(({ parents }) => parents.some((one) => one.dataset === id))
    return new Map(ids.map((id) => [id, of(id)]))
  }),
  manifest: batched((digests) => datasets.manifests(digests)),
  statement: batched((digests) => datasets.statements(digests)),
  withdrawn: once(async (version: Version) => datasets.withdrawnFrom(version)),
})

const perRequest = new WeakMap<Context, ReturnType<typeof make>>()

/** The reads of one request, each thing read once and lists together. */
export const loaders = (context: Context): ReturnType<typeof make> => {
  const known = perRequest.get(context)
  if (known) return known
  const made = make(context)
  perRequest.set(context, made)
  return made
}
