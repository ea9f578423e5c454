import {
  dutiesTogether,
  messagesFor,
  sayDutyInTime,
  useTogether,
  type WorkTerms,
} from '../../../policies/index.ts'
import type { Context } from '../context.ts'
import { keepLast } from '../keep-last.ts'
import type { Binding } from './bindings.ts'
import type { Dataset } from './dataset.ts'
import { bindingsFor, termsFor } from './lineage-view.ts'
import { loaders } from './loaders.ts'

/** The search grows with every licence: more than these are asked about in parts. */
const MOST = 5

interface Joined {
  readonly dataset: Dataset
  readonly terms: WorkTerms
  readonly key: string
}

/** What tells terms apart: the digests of their licences, and how they are joined. */
const keyOf = (bindings: readonly Binding[]): string =>
  bindings
    .map(({ rule, custodians }) =>
      [rule, ...custodians.map(({ licence, newer }) => `${licence}+${newer}`)].join(),
    )
    .join(';')

/** The answer for the same terms is the same. */
const jointUses = keepLast(
  200,
  (found: readonly Joined[]) => found.map(({ key }) => key).join('|'),
  (found) => useTogether(found.map(({ terms }) => terms)),
)

/** A dataset the viewer may see, with the terms of its newest version: those of all who keep it. */
async function joined(id: string, context: Context): Promise<readonly Joined[]> {
  const dataset = await loaders(context).dataset(id)
  if (!dataset || !(await context.datasets.visibleTo(dataset, context.actor))) return []
  const terms = await termsFor(dataset, context)
  if (!terms || dataset.newest === null) return []
  const newest = { dataset: id, version: dataset.newest }
  return [{ dataset, terms, key: keyOf(await bindingsFor(newest, context, dataset)) }]
}

/** What may be done with several datasets at once; hidden ones are left out as if absent. */
export async function together(ids: readonly string[], context: Context) {
  const wanted = [...new Set(ids)].slice(0, MOST)
  const found = (await Promise.all(wanted.map((id) => joined(id, context)))).flat()
  const at = (index: number) => found.slice(index, index + 1).map(({ dataset }) => dataset)
  const uses = found.length < 2 ? [] : jointUses(found)
  const { always, byChoice } = dutiesTogether(found.map(({ terms }) => terms))
  const say = (duties: typeof always) => duties.map((one) => sayDutyInTime(one, messagesFor('en')))
  return {
    datasets: found.map(({ dataset }) => dataset),
    actions: uses.map(({ action, example, refusing, clashing }) => ({
      action,
      possible: example !== null,
      refusing: refusing.flatMap(at),
      clashing: clashing.map((pair) => pair.flatMap(at)),
    })),
    duties: say(always),
    dutiesByChoice: say(byChoice),
  }
}
