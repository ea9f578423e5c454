import { type Version, type VersionName, versionKey } from './dataset.ts'
import type { DatasetStore } from './store.ts'

const nameOf = ({ dataset, version }: VersionName): string => versionKey(dataset, version)

/**
 * A version and all it was made from, itself first, each once. Only what is published before can be
 * named as a parent, so this comes to an end.
 */
export const lineageOf = async (
  store: Pick<DatasetStore, 'version'>,
  name: VersionName,
): Promise<readonly Version[]> => {
  const found = new Map<string, Version>()
  let open: readonly VersionName[] = [name]
  while (open.length > 0) {
    const wanted = [...new Map(open.map((one) => [nameOf(one), one])).values()]
    const read = await Promise.all(
      wanted.map(({ dataset, version }) => store.version(dataset, version)),
    )
    for (const [nth, version] of read.entries()) {
      const key = nameOf(wanted[nth] ?? name)
      if (!version) throw new Error(`${key} is what something was made from, and not on record`)
      found.set(key, version)
    }
    open = read
      .flatMap((version) => version?.parents ?? [])
      .filter((one) => !found.has(nameOf(one)))
  }
  return [...found.values()]
}
