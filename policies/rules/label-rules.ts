import type { FactName } from './facts.ts'
import { LABELS, type LabelCode, type LabelEffect } from './labels.ts'
import type { Condition, Duty, HumanClause, Licence, Operator, Rule } from './licence.ts'
import { type Action, type Purpose, USE_ACTIONS } from './vocabulary.ts'

export const COMMERCIAL: readonly Purpose[] = ['commercialProduct', 'advertising']
export const COMMUNITY: readonly Purpose[] = ['communityUse', 'learning']
export const RESEARCH: readonly Purpose[] = [
  'linguisticResearch',
  'languageTechnologyResearch',
  'evaluation',
]
export const COPYING: readonly Action[] = USE_ACTIONS.filter((action) => action !== 'useInPlace')

/** What labels add to the rules that a licence spells out. Nothing here can widen a licence. */
export interface LabelRules {
  readonly prohibitions: readonly Rule[]
  readonly humanOnly: readonly HumanClause[]
  /** Duties a permission takes on because of labels, beside its own. */
  readonly duties: (permission: Rule) => readonly Duty[]
}

/** How the rule is called that a label adds. */
export const labelUid = (code: LabelCode): string => `urn:commonhold:label:${code}`

function rule(code: LabelCode, actions: readonly Action[], test?: Omit<Condition, 'kind' | 'uid'>) {
  const uid = labelUid(code)
  const constraints = test === undefined ? [] : [{ kind: 'condition', uid, ...test } as const]
  return { uid, actions, constraints, duties: [] } satisfies Rule
}

const test = (fact: FactName, operator: Operator, values: readonly string[]) => ({
  fact,
  operator,
  values,
})
const unapproved = test('councilApproval', 'neq', ['approved'])

function barsOf(code: LabelCode, effect: LabelEffect): readonly Rule[] {
  switch (effect.kind) {
    case 'barsCommercial':
      return [rule(code, USE_ACTIONS, test('purpose', 'isAnyOf', COMMERCIAL))]
    case 'membersOnly':
      return [rule(code, USE_ACTIONS, test('membership', 'neq', ['member']))]
    case 'inPlaceByCouncil':
      return [rule(code, COPYING), rule(code, ['useInPlace'], unapproved)]
    case 'communityPurposesOnly':
      return [rule(code, USE_ACTIONS, test('purpose', 'isNoneOf', COMMUNITY))]
    case 'researchOnly':
      return [rule(code, USE_ACTIONS, test('purpose', 'isNoneOf', RESEARCH))]
    case 'councilDecides':
      return [rule(code, USE_ACTIONS, unapproved)]
    case 'refersCommercial':
    case 'duty':
    case 'needsMonths':
    case 'blocksPublication':
    case 'display':
      return []
  }
}

/** The rules that follow from the labels a licence carries. */
export function labelRules({ labels }: Pick<Licence, 'labels'>): LabelRules {
  const effects = labels.map(({ code }) => ({ code, effect: LABELS[code].effect as LabelEffect }))
  const referring = effects.filter(({ effect }) => effect.kind === 'refersCommercial')
  const attributed = effects.flatMap(({ code, effect }) =>
    effect.kind === 'duty' ? [{ kind: effect.duty, clause: labelUid(code) }] : [],
  )
  return {
    prohibitions: effects.flatMap(({ code, effect }) => barsOf(code, effect)),
    humanOnly: referring.map(({ code }) => ({
      ...rule(code, USE_ACTIONS, test('purpose', 'isAnyOf', COMMERCIAL)),
      statement: [{ lang: 'en', text: 'The community decides itself about commercial use.' }],
    })),
    duties: (permission) =>
      permission.actions.every((action) => action === 'discover')
        ? []
        : attributed.filter(
            ({ kind }, index) =>
              !permission.duties.some((duty) => duty.kind === kind) &&
              attributed.findIndex((other) => other.kind === kind) === index,
          ),
  }
}
