import { compileLicence } from './compile.ts'
import { LABELS, type LabelEffect } from './labels.ts'
import type { Licence, LicenceLabel } from './licence.ts'
import { type Problem, problem } from './problem.ts'
import { commonUse, refines } from './refine-licence.ts'

const withLabels = (licence: Licence, labels: readonly LicenceLabel[]): Licence => {
  const draft = { ...licence, labels }
  return { ...draft, compiled: compileLicence(draft) }
}

function labelProblem(licence: Licence, label: LicenceLabel, path: string): Problem | undefined {
  const effect: LabelEffect = LABELS[label.code].effect
  if (effect.kind === 'display') return undefined
  if (effect.kind === 'blocksPublication')
    return problem(
      path,
      'label-unresolved',
      `"${label.code}" says that the community has still to be asked. Resolve it first.`,
    )
  if (effect.kind === 'needsMonths')
    return licence.compiled.tests.some(({ fact }) => fact === 'month')
      ? undefined
      : problem(path, 'label-contradicted', `"${label.code}" needs a clause on sov:month.`)
  const agrees = refines(withLabels(licence, []), withLabels(licence, [label]))
  return agrees.holds
    ? undefined
    : problem(
        path,
        'label-contradicted',
        `The clauses permit what the label "${label.code}" rules out. Say the same in a clause.`,
      )
}

/**
 * What stands against publishing a licence that parses: labels its own clauses contradict (a reader
 * of the clauses alone would be misled), labels that are still unresolved, and a licence under which
 * nobody could ever use anything. An empty list means that it may go to the council.
 */
export function publicationProblems(licence: Licence): readonly Problem[] {
  const labels = licence.labels
    .map((label, index) => labelProblem(licence, label, `/sov:labels/${index}`))
    .filter((found) => found !== undefined)
  if (licence.humanOnly.length > 0 || labels.length > 0 || commonUse([licence]) !== null)
    return labels
  return [
    problem('/permission', 'never-permits', 'No request at all could be permitted: check it.'),
  ]
}
