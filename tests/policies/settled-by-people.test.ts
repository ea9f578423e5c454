import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ACTIONS,
  ACTOR_KINDS,
  decide,
  diffLicences,
  evaluate,
  evaluateTerms,
  type Facts,
  leftToPeople,
  narrowing,
  OUTCOMES,
  type Outcome,
  parseClaims,
  proveClaim,
  publicationProblems,
  refines,
  sayChange,
  sayClaim,
  sayExample,
  summarise,
  type Use,
} from '../../policies/index.ts'
import { lintLicence } from '../../policies/rules/lint-licence.ts'
import { cedarJudge } from '../support/cedar-licence.ts'
import { completeFacts, moment, openFacts, peopled, use, without } from './licence-arbitraries.ts'
import {
  licenceOf,
  MEMBER,
  NOW,
  PARTS,
  problemsOf,
  RESEARCH,
  RESEARCHER,
  templateDocument,
} from './licence-support.ts'
import { plainDecide } from './plain-evaluator.ts'

type Json = Record<string, unknown>

const SETTLED = { settledByPeople: 'yes' } as const
const rank = (outcome: Outcome): number => OUTCOMES.indexOf(outcome)
const partlyKnown = fc
  .tuple(completeFacts, openFacts)
  .map(([facts, hidden]) => without(facts, hidden))

const COMPANIES = {
  uid: `${PARTS.licence}#companies`,
  leftOperand: 'sov:actorKind',
  operator: 'eq',
  rightOperand: { '@id': 'sov:commercial' },
}
const clause = (name: string, text: string, constraint: readonly Json[] = []): Json => ({
  uid: `${PARTS.licence}#${name}`,
  target: PARTS.target,
  action: ['use'],
  ...(constraint.length === 0 ? {} : { constraint }),
  'sov:statement': { '@value': text, '@language': 'en' },
})
const ELDERS = clause('elders', 'The elders look at it first.')
const withClauses = (name: Parameters<typeof templateDocument>[0], ...clauses: Json[]) =>
  licenceOf({ ...templateDocument(name), 'sov:humanOnly': clauses })

/** The document as if nothing were left to people. */
const bare = ({ 'sov:humanOnly': _, ...rest }: Json): Json => rest

describe('what people have settled', () => {
  it('lifts the clauses left to them and nothing else: the rest decides as if they were not there', () => {
    fc.assert(
      fc.property(peopled, partlyKnown, use, moment, (json, facts, asked, now) => {
        const settled = decide(licenceOf(json), { ...facts, ...SETTLED }, asked, now)
        expect(settled).toBe(decide(licenceOf(bare(json)), facts, asked, now))
      }),
      { numRuns: 300 },
    )
  })

  it('never turns a no into anything else, and never lowers an answer', () => {
    fc.assert(
      fc.property(peopled, partlyKnown, use, moment, (json, facts, asked, now) => {
        const licence = licenceOf(json)
        const before = decide(licence, facts, asked, now)
        const after = decide(licence, { ...facts, ...SETTLED }, asked, now)
        if (before === 'deny') expect(after).toBe('deny')
        expect(rank(after)).toBeGreaterThanOrEqual(rank(before))
      }),
      { numRuns: 300 },
    )
  })

  it('is all that permits where a clause is left to people and bears on the use', () => {
    const unlisted = fc.constantFrom('no', 'Yes', '', true, 1, ['yes'], { yes: true }, null)
    fc.assert(
      fc.property(peopled, completeFacts, use, unlisted, (json, facts, asked, said) => {
        const licence = licenceOf(json)
        const known = { ...facts, settledByPeople: said } as unknown as Facts
        expect(decide(licence, known, asked, NOW)).toBe(decide(licence, facts, asked, NOW))
        const listed = { ...asked, purposes: ['learning', 'linguisticResearch'] } as Use
        for (const each of [facts, { ...facts, ...SETTLED }])
          expect(decide(licence, each, listed, NOW)).toBe(plainDecide(json, each, listed, NOW))
      }),
      { numRuns: 200 },
    )
  })

  it('makes no difference where nothing that is left to people bears on the use', () => {
    fc.assert(
      fc.property(peopled, partlyKnown, use, moment, (json, facts, asked, now) => {
        const licence = licenceOf(json)
        if (leftToPeople(licence, facts, asked).length > 0) return
        expect(decide(licence, { ...facts, ...SETTLED }, asked, now)).toBe(
          decide(licence, facts, asked, now),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('is decided by Cedar alike', () => {
    const judge = new Map<Json, ReturnType<typeof cedarJudge>>()
    fc.assert(
      fc.property(
        ...[peopled, partlyKnown, use, moment, fc.boolean()],
        (json, known, { purposes }, now, settled) => {
          const facts: Facts = settled ? { ...known, ...SETTLED } : known
          const asks = judge.get(json) ?? cedarJudge(`p${judge.size}`, json)
          judge.set(json, asks)
          for (const action of ACTIONS.slice(3, 6)) {
            const ours = decide(
              licenceOf(json),
              facts,
              { actions: [action], purposes: purposes.slice(0, 1) },
              now,
            )
            expect(asks({ facts, action, purpose: purposes[0], now })).toBe(ours)
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('is named among the ways to a yes as a matter of the council', () => {
    const decision = evaluate(withClauses('research-only', ELDERS), RESEARCHER, RESEARCH, NOW)
    expect(decision).toMatchObject({ decision: 'refer', needs: { council: true } })
    expect(decision.ways.map((way) => way.map(({ fact, resolver }) => [fact, resolver]))).toEqual([
      [['humanOnly', 'council']],
    ])
  })

  it('counts under the licence it was settled under, and under no other beside it', () => {
    const [one, other] = [withClauses('research-only', ELDERS), withClauses('open', ELDERS)]
    const under = (settled: readonly (typeof one)[]) =>
      evaluateTerms(
        [{ rule: 'all', custodians: [{ licences: [one, other], facts: RESEARCHER, settled }] }],
        RESEARCH,
        NOW,
      ).decision
    expect([under([]), under([one]), under([other]), under([one, other])]).toEqual([
      'refer',
      'refer',
      'refer',
      'permit',
    ])
  })
})

describe('clauses that are left to people', () => {
  const companies = clause('companies-ask', 'Companies are talked about.', [COMPANIES])
  const licence = withClauses('open', ELDERS, companies)
  const named = (facts: Facts, asked: Use = RESEARCH) =>
    leftToPeople(licence, facts, asked).map(({ uid }) => uid.split('#')[1])

  it('are those that bear on the use, or may for what is not known yet', () => {
    expect(named({ ...RESEARCHER, actorKind: 'academic' })).toEqual(['elders'])
    expect(named({ ...RESEARCHER, actorKind: 'commercial' })).toEqual(['elders', 'companies-ask'])
    expect(named({})).toEqual(['elders', 'companies-ask'])
    expect(named({ ...SETTLED })).toEqual(['elders', 'companies-ask'])
    expect(named({}, { actions: ['discover'], purposes: [] })).toEqual([])
  })

  it('include those that a label adds, and those of another season', () => {
    const labelled = licenceOf({
      ...templateDocument('open'),
      'sov:labels': [{ 'sov:code': 'tkoc' }],
    })
    const sale: Use = { actions: ['download'], purposes: ['commercialProduct'] }
    expect(leftToPeople(labelled, RESEARCHER, sale)).toHaveLength(1)
    expect(leftToPeople(labelled, RESEARCHER, RESEARCH)).toEqual([])
    const june = {
      uid: `${PARTS.licence}#june`,
      leftOperand: 'sov:month',
      operator: 'eq',
      rightOperand: { '@value': '6', '@type': 'xsd:integer' },
    }
    const seasonal = withClauses('open', clause('season', 'Not in the month of rest.', [june]))
    expect(leftToPeople(seasonal, RESEARCHER, RESEARCH)).toHaveLength(1)
  })

  it('are told as what the council votes on', () => {
    const said = summarise(licence, 'en').filter(({ kind }) => kind === 'council')
    expect(said.map(({ text }) => text)).toEqual([
      'Only people can judge this, so the council votes on each request: The elders look at it first.',
      'Only people can judge this, so the council votes on each request: Companies are talked about.',
    ])
  })
})

describe('a proof', () => {
  const noCompany = {
    id: 'urn:x:1',
    verdict: 'never',
    scope: { actorKind: ['commercial'] },
  } as const
  const left = withClauses('open', clause('ask', 'Companies are talked about.', [COMPANIES]))

  it('refutes what a vote could open, and says which clause the council would settle', () => {
    const { holds, example } = proveClaim(left, noCompany)
    expect(holds).toBe(false)
    if (example === null) throw new Error('no example')
    expect(example.facts).toMatchObject({ actorKind: 'commercial', settledByPeople: 'yes' })
    expect(decide(left, example.facts, example.use, example.now)).toBe('permit')
    expect(sayExample(left, example, true, 'en')).toContain(
      'if the council settles by a vote: “Companies are talked about.”',
    )
    const rest = without(example.facts, ['settledByPeople'])
    expect(decide(left, rest, example.use, example.now)).toBe('refer')
  })

  it('stays where an enforced clause decides it', () => {
    const bar = {
      uid: `${PARTS.licence}#bar`,
      target: PARTS.target,
      action: 'use',
      constraint: [{ ...COMPANIES, uid: `${PARTS.licence}#bar-who` }],
    }
    const json = { ...left.document, prohibition: [bar] }
    expect(proveClaim(licenceOf(json), noCompany).holds).toBe(true)
    for (const name of ['guardianship', 'research-only', 'community-only'] as const) {
      const licence = withClauses(name, ELDERS)
      for (const claim of licence.claims)
        expect([name, claim.id, proveClaim(licence, claim).holds]).toEqual([name, claim.id, true])
    }
  })

  it('can be about what is settled, or is not', () => {
    const asked = (settledByPeople: readonly ('yes' | 'no')[]) =>
      proveClaim(left, { ...noCompany, scope: { ...noCompany.scope, settledByPeople } }).holds
    expect([asked(['no']), asked(['yes'])]).toEqual([true, false])
    const onlyBy = {
      id: 'urn:x:2',
      verdict: 'onlyIf',
      scope: noCompany.scope,
      condition: { settledByPeople: ['yes'] },
    } as const
    expect(proveClaim(left, onlyBy).holds).toBe(true)
    expect(sayClaim(onlyBy, 'en')).toBe(
      'If you are a company, you may use it only if the council itself settles by a vote what is left to people.',
    )
  })

  it('of the floor is not given by a clause left to people', () => {
    const watching = (['surveillance', 'profiling', 'advertising'] as const).map((purpose) => ({
      uid: `${PARTS.licence}#${purpose}`,
      leftOperand: 'purpose',
      operator: 'eq',
      rightOperand: { '@id': `sov:${purpose}` },
    }))
    const clauses = watching.map((one, nth) => clause(`ask-${nth}`, 'Ask us.', [one]))
    const codes = publicationProblems(withClauses('open', ...clauses)).map(({ code }) => code)
    expect(codes.filter((code) => code === 'below-floor')).toHaveLength(3)
  })

  it('of a label that refers is given by a clause left to people, and of one that bars is not', () => {
    const sale = {
      uid: `${PARTS.licence}#sale`,
      leftOperand: 'purpose',
      operator: 'isAnyOf',
      rightOperand: [{ '@id': 'sov:commercialProduct' }, { '@id': 'sov:advertising' }],
    }
    const codes = (label: string, ...clauses: Json[]) =>
      publicationProblems(
        licenceOf({
          ...withClauses('open', ...clauses).document,
          'sov:labels': [{ 'sov:code': label }],
        }),
      ).map(({ code }) => code)
    const asking = clause('sale', 'Sales are talked about.', [{ ...sale, uid: `${sale.uid}-if` }])
    expect(codes('tkoc', asking)).not.toContain('label-contradicted')
    expect(codes('tknc', asking)).toContain('label-contradicted')
    expect(codes('tkoc', clause('other', 'Ask us.', [COMPANIES]))).toContain('label-contradicted')
  })

  it('that nobody could ever use it is made for a licence with such clauses, too', () => {
    const nobody = licenceOf({
      ...templateDocument('research-only'),
      prohibition: [{ uid: `${PARTS.licence}#all`, target: PARTS.target, action: 'use' }],
      'sov:humanOnly': [ELDERS],
      'sov:claims': [],
    })
    expect(publicationProblems(nobody).map(({ code }) => code)).toContain('never-permits')
    expect(publicationProblems(withClauses('research-only', ELDERS))).toEqual([])
  })

  it('compares as if the councils of both settled alike', () => {
    const plain = withClauses('research-only')
    const asked = withClauses('research-only', ELDERS)
    expect([refines(asked, asked).holds, refines(asked, plain).holds]).toEqual([true, true])
    expect(refines(plain, asked).holds).toBe(false)
    expect(diffLicences(plain, asked).wider).toEqual([])
    expect(diffLicences(plain, asked).narrower.length).toBeGreaterThan(0)
    expect(sayChange(plain, asked, 'en').narrower[0]).toContain(
      'if the council has not settled by a vote what is left to people',
    )
    expect(sayChange(asked, plain, 'en').narrower).toEqual([])
  })

  it('finds what is dead beside a clause for people, and the clause itself alive', () => {
    const codes = lintLicence(withClauses('research-only', ELDERS)).map(({ clause: at }) => at)
    const before = lintLicence(withClauses('research-only')).map(({ clause: at }) => at)
    expect(codes).toEqual(before)
  })
})

describe('a newer version with a clause for people', () => {
  const held = {
    use: RESEARCH,
    duties: [{ kind: 'attribute' }, { kind: 'reportBack' }, { kind: 'shareBack' }],
  }

  it('is closed to what was granted before, until a vote under it', () => {
    const newer = withClauses('research-only', ELDERS)
    expect(narrowing(newer, { ...held, facts: MEMBER }, NOW).kind).toBe('closed')
    expect(narrowing(newer, { ...held, facts: { ...MEMBER, ...SETTLED } }, NOW).kind).not.toBe(
      'closed',
    )
  })
})

describe('a document', () => {
  it('cannot name what people settle, neither as an operand nor in a claim', () => {
    for (const leftOperand of ['sov:settledByPeople', 'settledByPeople', 'sov:humanOnly']) {
      const constraint = {
        ...{ uid: `${PARTS.licence}#mine`, leftOperand, operator: 'eq' },
        rightOperand: { '@id': 'sov:yes' },
      }
      const json = templateDocument('open')
      const [permission] = json.permission as Json[]
      const problems = problemsOf({
        ...json,
        permission: [{ ...permission, constraint: [constraint] }],
      })
      expect(problems.map(({ path }) => path)).toContain('/permission/0/constraint/0/leftOperand')
    }
    // As an agreement says it, it is no part of a licence.
    const said = { ...templateDocument('open'), 'sov:settledByPeople': [{ 'sov:clause': {} }] }
    expect(problemsOf(said).map(({ path }) => path)).toContain('/sov:settledByPeople')
    const claim = (settled: Json) => ({
      ...{ uid: 'urn:x:c', 'sov:verdict': { '@id': 'sov:never' } },
      'sov:scope': settled,
    })
    expect(parseClaims([claim({})]).ok).toBe(true)
    expect(parseClaims([claim({ 'sov:settledByPeople': [{ '@id': 'sov:yes' }] })]).ok).toBe(false)
  })

  it('in which every kind of actor asks meets the same clause', () => {
    const licence = withClauses('open', ELDERS)
    for (const actorKind of ACTOR_KINDS)
      expect(decide(licence, { ...RESEARCHER, actorKind }, RESEARCH, NOW)).toBe('refer')
  })
})
