import { describe, expect, it } from 'vitest'
import {
  type Decision,
  decide,
  evaluate,
  type Facts,
  type LicenceParts,
  type Outcome,
  type Use,
} from '../../policies/index.ts'
import { fragment, readJson, type TemplateName, template } from './licence-support.ts'

interface Asked {
  readonly name: string
  readonly facts: Facts
  readonly use: Use
  readonly now: string
}
interface Other {
  readonly name: string
  readonly change: { facts?: Record<string, unknown>; use?: Partial<Use>; now?: string }
  readonly decision: Outcome
  readonly clause?: string
}
const { parts, groups } = readJson('policies/vectors/licence-decisions.json') as {
  parts: LicenceParts
  groups: readonly { template: TemplateName; permitted: Asked; otherwise: readonly Other[] }[]
}

function changed(asked: Asked, { change }: Other): Asked {
  const facts = Object.entries({ ...asked.facts, ...change.facts }).filter(
    ([, value]) => value !== null,
  )
  return {
    ...asked,
    facts: Object.fromEntries(facts),
    use: { ...asked.use, ...change.use },
    now: change.now ?? asked.now,
  }
}

const clauses = (decision: Decision): readonly string[] =>
  [
    ...decision.bars.map(({ clause }) => clause),
    ...decision.mightBar.map(({ clause }) => clause),
    ...decision.unmet.map(({ clause }) => clause),
  ].map(fragment)

describe.each(groups)('$template: $permitted.name', ({ template: name, permitted, otherwise }) => {
  const licence = template(name, parts)
  const ask = ({ facts, use, now }: Asked): Decision => {
    const decision = evaluate(licence, facts, use, Date.parse(now))
    expect(decide(licence, facts, use, Date.parse(now))).toBe(decision.decision)
    return decision
  }

  it('is permitted', () => {
    expect(ask(permitted)).toMatchObject({ decision: 'permit', bars: [], unmet: [], ways: [] })
  })

  it.each(otherwise)('$name: $decision', (other) => {
    const decision = ask(changed(permitted, other))
    expect(decision.decision).toBe(other.decision)
    if (other.clause !== undefined) expect(clauses(decision)).toContain(other.clause)
  })

  it('is changed in exactly one place by every other case', () => {
    for (const { name: title, change } of otherwise) {
      const places = [
        ...Object.keys(change.facts ?? {}),
        ...Object.keys(change.use ?? {}),
        ...(change.now === undefined ? [] : ['now']),
      ]
      expect(places, title).toHaveLength(1)
    }
  })
})
