import { afterAll, describe, expect, it } from 'vitest'
import { ACTIONS, type Action, decide, type Licence, type Outcome } from '../../policies/index.ts'
import { BLANK, type Variable, variablesOf } from '../../policies/rules/search-variables.ts'
import type { Inputs } from '../../policies/rules/test-table.ts'
import { licenceOf, PARTS, TEMPLATES, template, templateDocument } from './licence-support.ts'

/** What people declare or decide later; all else the registry knows, and its absence means no. */
const OPEN_WORLD = [
  'purpose',
  'actorKind',
  'commercialTie',
  'territory',
  'control',
  'ethicsApproval',
  'councilApproval',
]

const BIT: Readonly<Record<Outcome, number>> = { deny: 1, refer: 2, permit: 4 }

interface Tally {
  states: number
  partial: number
  /** Permits and denies that some completion contradicts. */
  contradicted: number
  /** Referrals although every completion gives the same permit or deny. */
  overcautious: number
}

function split(licence: Licence): { open: readonly Variable[]; known: readonly Variable[] } {
  const { all, byTest } = variablesOf([licence], {})
  const facts = new Map([...byTest].map(([test, variable]) => [variable, test.fact]))
  const isOpen = (variable: Variable) => OPEN_WORLD.includes(facts.get(variable) ?? '')
  return { open: all.filter(isOpen), known: all.filter((variable) => !isOpen(variable)) }
}

function everyChoice(variables: readonly Variable[], visit: (inputs: Inputs) => void): void {
  const choose = (depth: number, inputs: Inputs) => {
    const variable = variables[depth]
    if (variable === undefined) return visit(inputs)
    for (const choice of variable.choices) choose(depth + 1, choice.apply(inputs))
  }
  choose(0, BLANK)
}

/** The outcomes that the completions of a state can have, as bits; checks the state on the way. */
function completions(
  licence: Licence,
  action: Action,
  open: readonly Variable[],
  start: Inputs,
  tally: Tally,
): void {
  const outcomes = new Map<string, number>()
  const look = (inputs: Inputs): Outcome => {
    const purposes = inputs.purpose === undefined ? [] : [inputs.purpose]
    return decide(licence, inputs.facts, { actions: [action], purposes }, inputs.now)
  }
  const judge = (chosen: readonly number[], inputs: Inputs): number => {
    const outcome = look(inputs)
    const unknown = chosen.indexOf(-1)
    tally.states += 1
    if (unknown < 0) return BIT[outcome]
    tally.partial += 1
    const values = open[unknown]?.choices ?? []
    const reached = values.reduce(
      (bits, _, value) => bits | (outcomes.get(chosen.with(unknown, value).join()) ?? 0),
      0,
    )
    if (outcome !== 'refer' && reached !== BIT[outcome]) tally.contradicted += 1
    if (outcome === 'refer' && (reached === BIT.permit || reached === BIT.deny))
      tally.overcautious += 1
    return reached
  }
  const choose = (chosen: readonly number[], inputs: Inputs) => {
    const variable = open[chosen.length]
    if (variable === undefined) {
      outcomes.set(chosen.join(), judge(chosen, inputs))
      return
    }
    // What is known comes first, so that every completion has been judged before its state.
    for (const [index, choice] of variable.choices.entries())
      choose([...chosen, index], choice.apply(inputs))
    choose([...chosen, -1], inputs)
  }
  choose([], start)
}

const total: Tally = { states: 0, partial: 0, contradicted: 0, overcautious: 0 }

afterAll(() => {
  process.stdout.write(
    `three values: ${total.states} states, ${total.partial} of them partial, ` +
      `${total.contradicted} contradicted, ${total.overcautious} referred though all agree\n`,
  )
})

const left = {
  uid: `${PARTS.licence}#left`,
  target: PARTS.target,
  action: ['sov:download', 'sov:train'],
  constraint: [
    {
      uid: `${PARTS.licence}#left-who`,
      leftOperand: 'sov:actorKind',
      operator: 'isNoneOf',
      rightOperand: [{ '@id': 'sov:communityBody' }],
    },
  ],
  'sov:statement': { '@value': 'Ask us.', '@language': 'en' },
}
const CASES = [
  ...TEMPLATES.map((name) => [name, template(name)] as const),
  [
    'research-only with a clause for people',
    licenceOf({ ...templateDocument('research-only'), 'sov:humanOnly': [left] }),
  ] as const,
]

describe.each(CASES)('%s with facts missing', (name, licence) => {
  it('permits and denies only what stays so, whatever the missing facts turn out to be', () => {
    const { open, known } = split(licence)
    const tally: Tally = { states: 0, partial: 0, contradicted: 0, overcautious: 0 }
    everyChoice(known, (inputs) => {
      for (const action of ACTIONS) completions(licence, action, open, inputs, tally)
    })
    process.stdout.write(`${name}: ${JSON.stringify(tally)}\n`)
    for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += tally[key]
    expect(tally.contradicted).toBe(0)
    expect(tally.overcautious).toBe(0)
    expect(tally.partial > 0).toBe(name !== 'open')
  }, 300_000)
})
