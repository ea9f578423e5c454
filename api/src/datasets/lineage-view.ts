import type { WorkTerms } from '../../../policies/index.ts'
import type { Context } from '../context.ts'
import { type Binding, bindingsOf, type Custodian } from './bindings.ts'
import type { Dataset, Version, VersionName } from './dataset.ts'
import { lineageOf } from './lineage.ts'
import { loaders } from './loaders.ts'

/** A version by its number, drafts too; all versions of a dataset are read together. */
const versionOf = async (
  { dataset, version }: VersionName,
  context: Context,
): Promise<Version | null> => {
  const all = (await loaders(context).versions(dataset)) ?? []
  return all.find((one) => one.version === version) ?? null
}

/** Everything that has a say over a version, read in a constant number of statements a page. */
export const bindingsFor = async (
  version: VersionName,
  context: Context,
  own?: Dataset,
): Promise<readonly Binding[]> => {
  const { dataset: read, newer } = loaders(context)
  const dataset = (id: string) => (id === own?.id ? Promise.resolve(own) : read(id))
  const store = {
    version: (id: string, number: string) => versionOf({ dataset: id, version: number }, context),
  }
  return bindingsOf({ dataset, newerThan: newer }, await lineageOf(store, version))
}

/** The licences by which one custodian speaks. */
export const licencesOf = async ({ licence, newer }: Custodian, context: Context) => {
  const digests = newer === null ? [licence] : [licence, newer]
  const records = await Promise.all(digests.map((digest) => loaders(context).licence(digest)))
  return records.flatMap((record) => record ?? [])
}

/** The terms of the newest published version; null where there are none, or some cannot be read. */
export const termsFor = async (dataset: Dataset, context: Context): Promise<WorkTerms | null> => {
  const { id, newest } = dataset
  if (newest === null) return null
  const bindings = await bindingsFor({ dataset: id, version: newest }, context, dataset)
  let readable = true
  const read = async (one: Custodian) => {
    const records = await licencesOf(one, context)
    const licences = records.flatMap((record) => context.licences.parsed(record) ?? [])
    readable &&= licences.length === (one.newer === null ? 1 : 2)
    return { licences }
  }
  const terms = await Promise.all(
    bindings.map(async ({ rule, custodians }) => ({
      rule,
      custodians: await Promise.all(custodians.map(read)),
    })),
  )
  return readable ? terms : null
}

/** Published works that were made from some version of a dataset, as the viewer may see them. */
export const madeFromThis = async (
  { id }: Dataset,
  context: Context,
): Promise<readonly Version[]> => {
  const made = (await loaders(context).derivedFrom(id)) ?? []
  const shown = await Promise.all(
    made.map(async (version) => {
      const dataset = await loaders(context).dataset(version.dataset)
      return dataset !== null && (await context.datasets.visibleTo(dataset, context.actor))
    }),
  )
  return made.filter((_, nth) => shown[nth]).toReversed()
}
