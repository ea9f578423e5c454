import { describe, expect, it } from 'vitest'
import {
  addRule,
  allowedTerms,
  asNewVersion,
  editableRules,
  editableTexts,
  evaluate,
  type LicenceJson,
  nameLicence,
  proveClaims,
  removeClause,
  removeDuty,
  sayChange,
  sayClaim,
  setActions,
  setClaims,
  setCountries,
  setDuty,
  setIdentity,
  setInstant,
  setLabels,
  setMonths,
  setStanding,
  setTerms,
  setTexts,
  suggestedClaims,
} from '../../policies/index.ts'
import {
  licenceOf,
  MEMBER,
  NOW,
  PARTS,
  problemsOf,
  RESEARCH,
  RESEARCHER,
  TEMPLATES,
  templateDocument,
} from './licence-support.ts'

const ALLOW = `${PARTS.licence}#allow`
const guardianship = templateDocument('guardianship')
const research = templateDocument('research-only')

const decide = (document: LicenceJson, facts = MEMBER, use = RESEARCH, now = NOW) =>
  evaluate(licenceOf(document), facts, use, now).decision

const ruleIn = (document: LicenceJson, uid = ALLOW) =>
  editableRules(document).find((rule) => rule.uid === uid)

describe('what an editor reads of a licence document', () => {
  it.each(TEMPLATES)('holds every rule of the template %s with its actions', (name) => {
    const document = templateDocument(name)
    const licence = licenceOf(document)
    const rules = [...licence.permissions, ...licence.prohibitions]
    expect(editableRules(document).map(({ uid, actions }) => ({ uid, actions }))).toEqual(
      rules.map(({ uid, actions }) => ({ uid, actions })),
    )
  })

  it('tells a group by its parts and a duty by its days', () => {
    const rule = ruleIn(guardianship)
    expect(rule?.conditions.at(-1)).toMatchObject({ operand: '', operator: 'or' })
    expect(rule?.duties).toContainEqual(expect.objectContaining({ kind: 'reportBack', days: 180 }))
  })

  it('reads a document that is refused, so that it can be put right', () => {
    const broken = setTexts(guardianship, 'dct:title', [])
    expect(problemsOf(broken)).not.toEqual([])
    expect(editableRules(broken)).toEqual(editableRules(guardianship))
  })

  it('says which values pass, whichever way a test is written', () => {
    const all = ['academic', 'commercial']
    expect(allowedTerms({ operator: 'eq', values: ['academic'] }, all)).toEqual(['academic'])
    expect(allowedTerms({ operator: 'neq', values: ['commercial'] }, all)).toEqual(['academic'])
    expect(allowedTerms({ operator: 'isNoneOf', values: all }, all)).toEqual([])
  })
})

describe('an edit of a licence', () => {
  it('of the purposes changes the answer for these purposes alone', () => {
    expect(decide(guardianship)).toBe('permit')
    const edited = setTerms(guardianship, ALLOW, 'purpose', ['learning', 'journalism'])
    expect(decide(edited)).toBe('deny')
    expect(decide(edited, MEMBER, { ...RESEARCH, purposes: ['journalism'] })).toBe('permit')
  })

  it('leaves the document it was given as it was', () => {
    const before = JSON.stringify(guardianship)
    setTerms(guardianship, ALLOW, 'purpose', [])
    removeClause(guardianship, ALLOW)
    setDuty(guardianship, ALLOW, 'reportBack', 7)
    expect(JSON.stringify(guardianship)).toBe(before)
  })

  it('keeps the place and the name of a condition', () => {
    const edited = setTerms(guardianship, ALLOW, 'purpose', ['learning'])
    const before = ruleIn(guardianship)?.conditions.map(({ uid }) => uid)
    expect(ruleIn(edited)?.conditions.map(({ uid }) => uid)).toEqual(before)
  })

  it('gives a new condition a name that no clause has', () => {
    const twice = setTerms(
      setTerms(guardianship, ALLOW, 'sov:actorKind', ['academic']),
      ALLOW,
      'sov:ethicsApproval',
      ['yes'],
    )
    expect(problemsOf(twice)).toEqual([])
    const who = addRule(twice, 'prohibition', 'use')
    const named = setTerms(who.document, who.uid, 'sov:actorKind', ['nonprofit'])
    expect(problemsOf(named)).toEqual([])
  })

  it('with no value left takes the condition away', () => {
    const edited = setTerms(research, ALLOW, 'sov:ethicsApproval', [])
    const facts = { ...RESEARCHER, ethicsApproval: 'no' } as const
    expect(decide(research, facts)).toBe('deny')
    expect(decide(edited, facts)).toBe('permit')
  })

  it('that asks the council refers where it was permitted', () => {
    const edited = setTerms(research, ALLOW, 'sov:councilApproval', ['approved'])
    expect(decide(research, RESEARCHER)).toBe('permit')
    expect(decide(edited, RESEARCHER)).toBe('refer')
    expect(decide(edited, { ...RESEARCHER, councilApproval: 'approved' })).toBe('permit')
  })

  it('by income names the table of economies', () => {
    const placed = setCountries(research, 'sov:home', ['GH'])
    const edited = setTerms(placed, ALLOW, 'sov:territory', ['home', 'nonHighIncome'])
    expect(problemsOf(edited)).toEqual([])
    expect(decide(edited, { ...RESEARCHER, country: 'KE' })).toBe('permit')
    expect(decide(edited, { ...RESEARCHER, country: 'DE' })).toBe('deny')
  })

  it('of a date is half open: the first instant in, the last one out', () => {
    const from = '2026-12-01T00:00:00Z'
    const edited = setInstant(research, ALLOW, 'gteq', from)
    expect(decide(edited, RESEARCHER, RESEARCH, Date.parse(from) - 1)).toBe('deny')
    expect(decide(edited, RESEARCHER, RESEARCH, Date.parse(from))).toBe('permit')
    const ended = setInstant(edited, ALLOW, 'lt', '2026-12-02T00:00:00Z')
    expect(decide(ended, RESEARCHER, RESEARCH, Date.parse('2026-12-02T00:00:00Z'))).toBe('deny')
    const free = setInstant(setInstant(ended, ALLOW, 'lt', null), ALLOW, 'gteq', null)
    expect(decide(free, RESEARCHER, RESEARCH, 0)).toBe('permit')
  })

  it('of the months holds in these months only', () => {
    const edited = setMonths(research, ALLOW, [6, 7])
    expect(decide(edited, RESEARCHER)).toBe('deny')
    expect(decide(edited, RESEARCHER, RESEARCH, Date.UTC(2027, 5, 1))).toBe('permit')
    expect(decide(setMonths(edited, ALLOW, []), RESEARCHER)).toBe('permit')
  })

  it('of the check on identity asks for that level', () => {
    const edited = setIdentity(research, ALLOW, 3)
    expect(decide(edited, RESEARCHER)).toBe('deny')
    expect(decide(edited, { ...RESEARCHER, identityAssurance: 3 })).toBe('permit')
    expect(decide(setIdentity(research, ALLOW, 0), { ...RESEARCHER, identityAssurance: 0 })).toBe(
      'permit',
    )
  })

  it('of the standing lets those with an overdue duty in, or keeps them out', () => {
    const late = { ...RESEARCHER, overdueDuties: 1 }
    expect(decide(research, late)).toBe('deny')
    const lenient = setStanding(research, ALLOW, false)
    expect(decide(lenient, late)).toBe('permit')
    expect(decide(setStanding(lenient, ALLOW, true), late)).toBe('deny')
  })

  it('of the actions permits these and no others', () => {
    const edited = setActions(research, ALLOW, ['preview'])
    expect(decide(edited, RESEARCHER)).toBe('deny')
    expect(decide(edited, RESEARCHER, { ...RESEARCH, actions: ['preview'] })).toBe('permit')
  })

  it('of a duty changes its days, adds it, or takes it away', () => {
    const duties = (document: LicenceJson) =>
      licenceOf(document)
        .permissions.find(({ uid }) => uid === ALLOW)
        ?.duties.map(({ kind, withinDays }) => [kind, withinDays])
    expect(duties(setDuty(research, ALLOW, 'reportBack', 30))).toEqual([
      ['attribute', undefined],
      ['reportBack', 30],
    ])
    expect(duties(setDuty(research, ALLOW, 'reportBack', null))).toContainEqual([
      'reportBack',
      undefined,
    ])
    expect(duties(setDuty(research, ALLOW, 'shareBack', 10))).toContainEqual(['shareBack', 10])
    expect(duties(removeDuty(research, ALLOW, 'reportBack'))).toEqual([['attribute', undefined]])
    const none = removeDuty(removeDuty(research, ALLOW, 'reportBack'), ALLOW, 'attribute')
    expect(duties(none)).toEqual([])
  })

  it('that adds a bar denies, and without the bar permits again', () => {
    const { document, uid } = addRule(research, 'prohibition', ['download'])
    expect(decide(document, RESEARCHER)).toBe('deny')
    expect(decide(removeClause(document, uid), RESEARCHER)).toBe('permit')
  })

  it('that takes away the last part of a group takes the group', () => {
    const clause = (name: string) => `${PARTS.licence}#${name}`
    const half = removeClause(guardianship, clause('who-member'))
    expect(problemsOf(half)).toEqual([])
    const whole = removeClause(half, clause('who-council'))
    expect(problemsOf(whole)).toEqual([])
    expect(ruleIn(whole)?.conditions.map(({ uid }) => uid)).not.toContain(clause('who'))
  })

  it('that takes away all permissions is refused by the parser, not lost', () => {
    const bare = removeClause(removeClause(research, ALLOW), `${PARTS.licence}#see`)
    expect(problemsOf(bare).map(({ path }) => path)).toEqual(['/permission'])
  })

  it('of texts leaves out an empty language', () => {
    const edited = setTexts(research, 'sov:preamble', [
      { lang: 'en', text: 'We keep these words.' },
      { lang: 'mi', text: ' ' },
    ])
    expect(problemsOf(edited)).toEqual([])
    expect(editableTexts(edited, 'sov:preamble')).toEqual([
      { lang: 'en', text: 'We keep these words.' },
    ])
  })

  it('of countries moves the line between home and elsewhere', () => {
    const edited = setCountries(guardianship, 'sov:home', ['NZ'])
    expect(decide(edited)).toBe('refer')
    expect(decide(edited, { ...MEMBER, country: 'NZ' })).toBe('permit')
  })

  it('of labels keeps the address of a label that stays', () => {
    const hub = { '@id': 'https://hub.example/1' }
    const labelled = { ...research, 'sov:labels': [{ 'sov:code': 'tka', 'sov:hub': hub }] }
    const edited = setLabels(labelled, ['tknc', 'tka'])
    expect(licenceOf(edited).labels).toEqual([
      { code: 'tknc' },
      { code: 'tka', hub: 'https://hub.example/1' },
    ])
    expect(setLabels(edited, [])).toEqual(research)
  })

  it('into a new version renames every clause and changes no answer', () => {
    const next = asNewVersion(guardianship, 'urn:example:licence:speech:2')
    const licence = licenceOf(next)
    expect(licence.replaces).toBe(PARTS.licence)
    expect(JSON.stringify(next.permission)).not.toContain(`${PARTS.licence}#`)
    expect(decide(next)).toBe(decide(guardianship))
    const alone = nameLicence(next, PARTS.licence, null)
    expect(alone).toEqual(guardianship)
  })
})

describe('claims to choose from', () => {
  const claims = suggestedClaims(PARTS.licence, [])

  it('are each read back from the document they are put into', () => {
    const document = setClaims(guardianship, claims)
    expect(problemsOf(document)).toEqual([])
    expect(licenceOf(document).claims).toEqual(claims)
  })

  it('are no longer offered once they are made', () => {
    const [first, ...rest] = claims
    if (!first) throw new Error('nothing is suggested')
    const own = { ...first, id: 'urn:example:another-name' }
    expect(suggestedClaims(PARTS.licence, [own])).toEqual(rest)
  })

  it('are each a sentence of their own', () => {
    const sentences = claims.map((claim) => sayClaim(claim, 'en'))
    expect(new Set(sentences).size).toBe(claims.length)
  })

  it('hold or are broken as the licence is edited', () => {
    const claim = claims.filter(({ id }) => id.endsWith('#claim-no-company'))
    const holds = (document: LicenceJson) =>
      proveClaims(licenceOf(document), claim).map((result) => result.holds)
    expect(holds(guardianship)).toEqual([true])
    const opened = removeClause(guardianship, `${PARTS.licence}#no-commercial-actor`)
    expect(holds(opened)).toEqual([false])
  })
})

describe('a change in words', () => {
  const before = licenceOf(research)

  it('is nothing between a licence and itself', () => {
    expect(sayChange(before, before, 'en')).toEqual({
      wider: [],
      narrower: [],
      dutiesAdded: [],
      dutiesRemoved: [],
      complete: true,
    })
  })

  it('tells who may no longer, and what they now owe', () => {
    const stricter = setDuty(setActions(research, ALLOW, ['preview']), ALLOW, 'shareBack', 30)
    const change = sayChange(before, licenceOf(stricter), 'en')
    expect(change.wider).toEqual([])
    expect(change.narrower.join(' ')).toMatch(/download/)
    expect(change.dutiesAdded.join(' ')).toMatch(/within 30 days/)
    const back = sayChange(licenceOf(stricter), before, 'en')
    expect(back.wider.join(' ')).toMatch(/in which you may .*download/)
    expect(back.dutiesRemoved).toEqual(change.dutiesAdded)
  })
})
