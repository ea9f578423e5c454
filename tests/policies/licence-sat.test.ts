import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import {
  ACTIONS,
  type Action,
  compatible,
  diffLicences,
  proveClaim,
  proveNever,
  refines,
  type Scope,
  USE_ACTIONS,
} from '../../policies/index.ts'
import { outside } from '../../policies/rules/scope.ts'
import { actionsMeeting } from '../support/licence-sat.ts'
import { document, peopled, scope } from './licence-arbitraries.ts'
import { licenceOf, TEMPLATES, template, templateDocument } from './licence-support.ts'

/** A SAT solver as the second opinion on every kind of proof the kernel makes. */
const counted = { questions: 0, yes: 0, ms: 0 }

function actionsBySat(...question: Parameters<typeof actionsMeeting>): readonly Action[] {
  const started = performance.now()
  const actions = actionsMeeting(...question)
  counted.ms += performance.now() - started
  counted.questions += question[1]?.actions?.length ?? ACTIONS.length
  counted.yes += actions.length
  return actions
}

const sat = (...question: Parameters<typeof actionsMeeting>): boolean =>
  actionsBySat(...question).length > 0

afterAll(() => {
  const each = (counted.ms / counted.questions).toFixed(1)
  process.stdout.write(
    `SAT cross-check: ${counted.questions} questions (${counted.yes} satisfiable), ${each} ms each\n`,
  )
})

const either = fc.oneof(document, peopled)

const pairs = TEMPLATES.flatMap((a) => TEMPLATES.map((b) => [a, b] as const))

describe('the solver agrees with the kernel', () => {
  it.each(TEMPLATES)('on every claim of %s', (name) => {
    const licence = template(name)
    const json = templateDocument(name)
    for (const claim of licence.claims) {
      const about = { ...claim.scope, actions: claim.scope.actions ?? USE_ACTIONS }
      const scopes = claim.verdict === 'onlyIf' ? outside(about, claim.condition ?? {}) : [about]
      const permits = claim.verdict !== 'always'
      const refuted = scopes.some((one) => sat([{ document: json, permits }], one))
      expect([claim.id, proveClaim(licence, claim).holds]).toEqual([claim.id, !refuted])
    }
  })

  it('on which templates are compatible', () => {
    for (const [a, b] of pairs) {
      const goals = [a, b].map((name) => ({ document: templateDocument(name), permits: true }))
      const { holds } = compatible([template(a), template(b)])
      expect([a, b, holds]).toEqual([a, b, sat(goals, { actions: USE_ACTIONS })])
    }
  })

  it('on which template refines which', () => {
    for (const [a, b] of pairs) {
      const goals = [
        { document: templateDocument(a), permits: true },
        { document: templateDocument(b), permits: false },
      ]
      const { holds } = refines(template(a), template(b))
      expect([a, b, holds]).toEqual([a, b, !sat(goals)])
    }
  })

  it('on random licences and scopes, and on random pairs', () => {
    fc.assert(
      fc.property(either, either, scope, (one, other, asked: Scope) => {
        const [a, b] = [licenceOf(one), licenceOf(other)]
        const within = actionsBySat([{ document: one, permits: true }], asked)
        const differing = actionsBySat([
          { document: one, permits: true },
          { document: other, permits: false },
        ])
        const wider = diffLicences(b, a).wider.flatMap(({ use }) => use.actions)
        expect(wider).toEqual(differing)
        expect(refines(a, b).holds).toBe(differing.length === 0)
        for (const action of asked.actions ?? ACTIONS) {
          const { holds } = proveNever(a, { ...asked, actions: [action] })
          expect(holds).toBe(!within.includes(action))
        }
      }),
      { numRuns: 250 },
    )
  }, 240_000)
})
