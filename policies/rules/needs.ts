import type { Needs, Term, Way } from './decision.ts'
import { earliest, isTimed, type Wish } from './moment.ts'
import type { Inputs } from './test-table.ts'
import { DUTY_KINDS, type DutyKind } from './vocabulary.ts'

export const NOTHING_NEEDED: Needs = { facts: [], agreement: [], council: false, time: null }

/** The question that settles a term: a key of Facts, or `purposes`. */
export function questionFor({ fact }: Term): string {
  if (fact === 'territory') return 'country'
  return fact === 'purpose' ? 'purposes' : fact
}

function agreementFor({ fact, needed }: Term): DutyKind | undefined {
  if (fact === 'benefitAgreement') return 'benefitShare'
  return DUTY_KINDS.find((kind) => kind === needed.values[0])
}

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)]

/** What the ways to a permit ask for, by whom they ask it of. */
export function needsOf(
  ways: readonly Way[],
  wishes: readonly (readonly Wish[])[],
  inputs: Inputs | undefined,
): Needs {
  if (ways.length === 0) return NOTHING_NEEDED
  const terms = ways.flat()
  const waits = wishes.map((way) => {
    const timed = way.filter(({ test }) => isTimed(test))
    return timed.length === 0 || inputs === undefined ? undefined : earliest(timed, inputs)
  })
  const times = waits.filter((time) => time !== undefined)
  return {
    facts: unique(terms.filter(({ resolver }) => resolver === 'facts').map(questionFor)),
    agreement: unique(
      terms
        .filter(({ resolver }) => resolver === 'agreement')
        .map(agreementFor)
        .filter((kind) => kind !== undefined),
    ),
    council: ways.every((way) => way.some(({ resolver }) => resolver === 'council')),
    time: times.length > 0 && times.length === waits.length ? Math.min(...times) : null,
  }
}
