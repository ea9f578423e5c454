import type { Datasets, Version } from '../datasets/datasets.ts'

/** The published versions that were made from a dataset, however far down. */
export const descendantsOf = async (
  datasets: Pick<Datasets, 'derivedFrom'>,
  id: string,
): Promise<readonly Version[]> => {
  const found: Version[] = []
  const seen = new Set([id])
  for (let next: readonly string[] = [id]; next.length > 0; ) {
    const made = await datasets.derivedFrom(next)
    found.push(...made)
    next = [...new Set(made.map(({ dataset }) => dataset))].filter((one) => !seen.has(one))
    for (const one of next) seen.add(one)
  }
  return found
}
