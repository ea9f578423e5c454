import { compileLicence } from './compile.ts'
import { labelClaims } from './label-claims.ts'
import { LABELS, type LabelEffect } from './labels.ts'
import type { Licence, LicenceLabel } from './licence.ts'
import { isPlainOpen, UNDER_THE_FLOOR } from './plain-open.ts'
import { type Problem, problem } from './problem.ts'
import { type ClaimResult, proveClaim } from './prove-claim.ts'
import { compatible } from './refine-licence.ts'
import { sayClaim, sayExample } from './say-claim.ts'
import { type Budget, createBudget } from './search-state.ts'

const withoutLabels = (licence: Licence): Licence => {
  const draft = { ...licence, labels: [] }
  return { ...draft, compiled: compileLicence(draft) }
}

/** A claim that does not hold, with the request that shows it, in words. */
function broken(licence: Licence, { claim, holds, example }: ClaimResult): string {
  const said = sayClaim(claim, 'en')
  if (holds === null) return `“${said}” could not be proved, the licence is too large. Simplify it.`
  const permitted = claim.verdict !== 'always'
  const shown = example === null ? '' : sayExample(licence, example, permitted, 'en')
  return `“${said}” is not true: ${shown}`
}

function labelProblem(
  licence: Licence,
  label: LicenceLabel,
  path: string,
  budget: Budget,
): Problem | undefined {
  const effect: LabelEffect = LABELS[label.code].effect
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
  // A reader of the clauses alone must not be misled: they have to say it without the label.
  const clauses = withoutLabels(licence)
  const failed = labelClaims(label.code)
    .map((claim) => proveClaim(clauses, claim, budget))
    .find(({ holds }) => holds !== true)
  if (failed === undefined) return undefined
  return problem(
    path,
    'label-contradicted',
    `The clauses permit what the label "${label.code}" rules out. Say the same in a clause. ${broken(clauses, failed)}`,
  )
}

function claimProblems(licence: Licence, budget: Budget): readonly Problem[] {
  return licence.claims.flatMap((claim, index) => {
    const result = proveClaim(licence, claim, budget)
    if (result.holds === true) return []
    const code = result.holds === null ? 'claim-unproved' : 'claim-false'
    return [problem(`/sov:claims/${index}`, code, broken(licence, result))]
  })
}

/** The floor of the registry: what no licence permits that sets any condition at all. */
function floorProblems(licence: Licence, budget: Budget): readonly Problem[] {
  if (isPlainOpen(licence, budget)) return []
  return UNDER_THE_FLOOR.flatMap((purpose) => {
    const claim = { id: licence.uid, verdict: 'never', scope: { purposes: [purpose] } } as const
    const result = proveClaim(licence, claim, budget)
    return result.holds === true
      ? []
      : [
          problem(
            '/prohibition',
            'below-floor',
            `Only a plain open licence may permit sov:${purpose}. Bar it for every use. ${broken(licence, result)}`,
          ),
        ]
  })
}

/**
 * What stands against publishing a licence that parses: claims of its own that are false or cannot
 * be proved, labels its clauses contradict or that are unresolved, purposes below the floor of the
 * registry, and a licence under which nobody could ever use anything. An empty list means that it
 * may go to the council. All its proofs share one budget of solver steps.
 */
export function publicationProblems(
  licence: Licence,
  budget: Budget = createBudget(),
): readonly Problem[] {
  const found = [
    ...claimProblems(licence, budget),
    ...licence.labels
      .map((label, index) => labelProblem(licence, label, `/sov:labels/${index}`, budget))
      .filter((one) => one !== undefined),
    ...floorProblems(licence, budget),
  ]
  if (found.length > 0 || compatible([licence]).holds === true) return found
  return [
    problem('/permission', 'never-permits', 'No request at all could be permitted: check it.'),
  ]
}
