import { describe, expect, it } from 'vitest'
import {
  addRule,
  editableRules,
  evaluate,
  type Facts,
  type LicenceJson,
  removeClause,
  setActions,
} from '../../policies/index.ts'
import { addAlternative, addGroup, setAlternative } from '../../policies/rules/edit-group.ts'
import {
  addHumanClause,
  editableHumanClauses,
  setStatement,
} from '../../policies/rules/edit-human.ts'
import { lintLicence } from '../../policies/rules/lint-licence.ts'
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

const ALLOW = `${PARTS.licence}#allow`
const open = templateDocument('open')
const members = { operand: 'sov:membership', values: ['member'] } as const
const academics = { operand: 'sov:actorKind', values: ['academic', 'publicBody'] } as const

const outcome = (document: LicenceJson, facts: Facts) =>
  evaluate(licenceOf(document), facts, RESEARCH, NOW).decision
const groupIn = (document: LicenceJson) =>
  editableRules(document)
    .find(({ uid }) => uid === ALLOW)
    ?.conditions.find(({ operator }) => operator === 'or')
const company: Facts = { ...RESEARCHER, actorKind: 'commercial' }

describe('an "either … or" of a rule', () => {
  const one = addGroup(open, ALLOW, members)
  const uid = groupIn(one)?.uid ?? ''
  const two = addAlternative(one, uid, academics)

  it('begins with one alternative, which then has to hold', () => {
    expect(outcome(open, company)).toBe('permit')
    expect([outcome(one, MEMBER), outcome(one, RESEARCHER)]).toEqual(['permit', 'deny'])
  })

  it('lets in whoever fits one of its alternatives', () => {
    const answers = [MEMBER, RESEARCHER, company].map((facts) => outcome(two, facts))
    expect(answers).toEqual(['permit', 'permit', 'deny'])
  })

  it('is read back part by part, each with a name of its own', () => {
    const parts = groupIn(two)?.parts ?? []
    expect(parts.map(({ operand, values }) => ({ operand, values }))).toEqual([members, academics])
    expect(new Set([uid, ...parts.map((part) => part.uid)]).size).toBe(3)
  })

  it('takes another test in the place of an alternative, which keeps its name', () => {
    const part = groupIn(two)?.parts[1]?.uid ?? ''
    const next = setAlternative(two, part, { operand: 'sov:actorKind', values: ['commercial'] })
    expect(groupIn(next)?.parts[1]).toMatchObject({ uid: part, values: ['commercial'] })
    expect([outcome(next, RESEARCHER), outcome(next, company)]).toEqual(['deny', 'permit'])
  })

  it('says what is missing while an alternative has no value', () => {
    const part = groupIn(two)?.parts[1]?.uid ?? ''
    const half = setAlternative(two, part, { ...academics, values: [] })
    expect(problemsOf(half).map(({ code }) => code)).toEqual(['wrong-form'])
    expect(groupIn(half)?.parts[1]).toMatchObject({ operand: 'sov:actorKind', values: [] })
  })

  it('goes with its last alternative', () => {
    const left = (groupIn(two)?.parts ?? []).reduce(
      (document, part) => removeClause(document, part.uid),
      two,
    )
    expect(left).toEqual(open)
    expect(removeClause(two, uid)).toEqual(open)
  })
})

describe('a clause in words', () => {
  const said = [{ lang: 'en', text: 'Nothing that would shame the dead.' }]
  const with1 = addHumanClause(open, said)
  const [clause] = editableHumanClauses(with1)
  if (!clause) throw new Error('no clause')

  it('sends every use it covers to people', () => {
    expect(outcome(open, RESEARCHER)).toBe('permit')
    expect(outcome(with1, RESEARCHER)).toBe('refer')
    const training = setActions(with1, clause.uid, ['train'])
    expect(outcome(training, RESEARCHER)).toBe('permit')
    expect(editableHumanClauses(training)[0]?.actions).toEqual(['train'])
  })

  it('is said anew in as many languages as are typed', () => {
    const more = [...said, { lang: 'mi', text: 'Kaua.' }]
    const next = setStatement(with1, clause.uid, more)
    expect(editableHumanClauses(next)[0]?.statement).toEqual(more)
    expect(licenceOf(next).humanOnly[0]?.statement).toEqual(more)
  })

  it('keeps a language that is still empty, and says that words are missing', () => {
    const half = setStatement(with1, clause.uid, [{ lang: 'en', text: '' }])
    expect(editableHumanClauses(half)[0]?.statement).toEqual([{ lang: 'en', text: '' }])
    expect(problemsOf(half).length).toBeGreaterThan(0)
  })

  it('can be taken away again', () => {
    expect(removeClause(with1, clause.uid)).toEqual(open)
  })
})

describe('a finding about a clause', () => {
  it('is gone once the way out is taken', () => {
    const { document, uid } = addRule(templateDocument('guardianship'), 'prohibition', [
      'redistribute',
    ])
    const codeOf = (json: LicenceJson) =>
      lintLicence(licenceOf(json)).find(({ clause }) => clause === uid)?.code
    expect(codeOf(document)).toBe('already-excluded')
    expect(codeOf(removeClause(document, uid))).toBeUndefined()
  })
})
