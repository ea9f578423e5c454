import {
  dutiesOf,
  type Licence,
  mergeDuties,
  messagesFor,
  sayDutyInTime,
  useTogether,
} from '../../../policies/index.ts'
import type { Context } from '../context.ts'
import { keepLast } from '../keep-last.ts'
import type { Dataset } from './dataset.ts'
import { loaders } from './loaders.ts'

/** The search grows with every licence: more than these are asked about in parts. */
const MOST = 5

/** The answer for the same licences is the same. */
const jointUses = keepLast(
  200,
  (found: readonly Joined[]) => found.map(({ digest }) => digest).join(),
  (found) => useTogether(found.map(({ licence }) => licence)),
)

interface Joined {
  readonly dataset: Dataset
  readonly digest: string
  readonly licence: Licence
}

/** A dataset the viewer may see, with the licence of its newest version. */
async function joined(id: string, context: Context): Promise<readonly Joined[]> {
  const { dataset: read, licence: readLicence } = loaders(context)
  const dataset = await read(id)
  if (!dataset?.licence || !(await context.datasets.visibleTo(dataset, context.actor))) return []
  const record = await readLicence(dataset.licence)
  const licence = record && context.licences.parsed(record)
  return licence ? [{ dataset, digest: dataset.licence, licence }] : []
}

const dutyWords = (licences: readonly Licence[]): string[] =>
  mergeDuties(licences.map(dutiesOf)).map((duty) => sayDutyInTime(duty, messagesFor('en')))

/** What may be done with several datasets at once; hidden ones are left out as if absent. */
export async function together(ids: readonly string[], context: Context) {
  const wanted = [...new Set(ids)].slice(0, MOST)
  const found = (await Promise.all(wanted.map((id) => joined(id, context)))).flat()
  const licences = found.map(({ licence }) => licence)
  const at = (index: number) => found.slice(index, index + 1).map(({ dataset }) => dataset)
  const uses = found.length < 2 ? [] : jointUses(found)
  return {
    datasets: found.map(({ dataset }) => dataset),
    actions: uses.map(({ action, example, refusing, clashing }) => ({
      action,
      possible: example !== null,
      refusing: refusing.flatMap(at),
      clashing: clashing.map((pair) => pair.flatMap(at)),
    })),
    duties: dutyWords(licences),
  }
}
