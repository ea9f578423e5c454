import { describe, expect, it } from 'vitest'
import {
  type Decision,
  decide,
  dutiesOf,
  evaluate,
  type Facts,
  isLabelCode,
  LABELS,
  meet,
  onlyPeopleCanSettle,
  parseUse,
  type Use,
} from '../../policies/index.ts'
import {
  EMBARGO,
  EXPIRY,
  fragment,
  licenceOf,
  MEMBER,
  NOW,
  OPEN,
  PARTS,
  RESEARCH,
  RESEARCHER,
  template,
  templateDocument,
} from './licence-support.ts'

const DAY = 86_400_000
const guardianship = template('guardianship')
const ask = (facts: Facts, use: Use = RESEARCH, now = NOW): Decision =>
  evaluate(guardianship, facts, use, now)

const ways = (decision: Decision) => decision.ways.map((way) => way.map(({ fact }) => fact).sort())

describe('ways to a permit', () => {
  it('are none for a permit', () => {
    expect(ask(MEMBER)).toMatchObject({
      decision: 'permit',
      ways: [],
      needs: { facts: [], agreement: [], council: false, time: null },
    })
  })

  it('lead an outsider through the council alone', () => {
    const decision = ask(RESEARCHER)
    expect(ways(decision)).toEqual([['councilApproval']])
    expect(decision.needs).toEqual({ facts: [], agreement: [], council: true, time: null })
  })

  it('offer a member whose country is not known either the country or a vote', () => {
    const { country: _country, ...somewhere } = MEMBER
    const decision = ask(somewhere)
    expect(ways(decision)).toEqual([['territory'], ['councilApproval']])
    expect(decision.needs).toMatchObject({ facts: ['country'], council: false })
  })

  it('ask for every fact that a prohibition might still turn on', () => {
    const { actorKind: _kind, commercialTie: _tie, ...undeclared } = MEMBER
    const decision = ask(undeclared, { ...RESEARCH, purposes: [] })
    expect(decision.needs.facts).toEqual(
      expect.arrayContaining(['purposes', 'actorKind', 'commercialTie']),
    )
    expect(decision.mightBar.map(({ clause }) => fragment(clause))).toEqual([
      'no-commercial-actor',
      'no-commercial-tie',
      'never-for',
    ])
  })

  it('name the duties to be accepted', () => {
    const decision = ask({ ...MEMBER, acceptedDuties: ['attribute'] })
    expect(decision.decision).toBe('deny')
    expect(decision.needs.agreement).toEqual(['reportBack', 'shareBack'])
  })

  it('say when waiting is enough', () => {
    const decision = ask(MEMBER, RESEARCH, EMBARGO - DAY)
    expect(ways(decision)).toEqual([['dateTime']])
    expect(decision.needs.time).toBe(EMBARGO)
    expect(decision.nextChangeAt).toBe(EMBARGO)
  })

  it('do not ask anybody to wait when a vote would do', () => {
    const decision = evaluate(template('staged-release'), RESEARCHER, RESEARCH, NOW)
    expect(ways(decision)).toEqual([['councilApproval'], ['dateTime']])
    expect(decision.needs).toMatchObject({ council: false, time: null })
    expect(decision.nextChangeAt).toBe(OPEN)
  })

  it('are none once the licence has ended', () => {
    const decision = ask(MEMBER, RESEARCH, EXPIRY)
    expect(decision).toMatchObject({ decision: 'deny', ways: [] })
    expect(decision.unmet).toMatchObject([
      { fact: 'dateTime', state: 'failed', resolver: 'none', needed: { operator: 'lt' } },
    ])
  })

  it('do not ask to wait for a date that lies behind the end', () => {
    const waiting = { ...PARTS, embargo: '2030-01-01T00:00:00Z' }
    const never = { ...PARTS, embargo: '2032-01-01T00:00:00Z' }
    const waysUnder = (parts: typeof PARTS) =>
      ways(evaluate(template('guardianship', parts), MEMBER, RESEARCH, NOW))
    expect(waysUnder(waiting)).toEqual([['dateTime']])
    expect(waysUnder(never)).toEqual([])
  })

  it('are none for what was declared and is barred', () => {
    expect(ask({ ...MEMBER, actorKind: 'commercial' })).toMatchObject({
      decision: 'deny',
      ways: [],
    })
  })

  it('ask the council again when its approval has run out, but not when it said no', () => {
    expect(ways(ask({ ...RESEARCHER, councilApproval: 'lapsed' }))).toEqual([['councilApproval']])
    expect(ways(ask({ ...RESEARCHER, councilApproval: 'rejected' }))).toEqual([])
  })

  it('send a country that no table classes to people, not back to the one who asks', () => {
    const facts: Facts = { ...RESEARCHER, country: 'VE' }
    const { unmet } = evaluate(template('tiered-benefit'), facts, RESEARCH, NOW)
    expect(unmet.find(({ fact }) => fact === 'territory')).toMatchObject({
      state: 'unknown',
      have: 'VE',
      resolver: 'council',
    })
  })

  it('cannot be had for two purposes when one of them has none', () => {
    const use: Use = { ...RESEARCH, purposes: ['linguisticResearch', 'surveillance'] }
    const decision = ask(RESEARCHER, use)
    expect(decision).toMatchObject({ decision: 'deny', ways: [] })
    expect(decision.bars).toMatchObject([{ action: 'download', purpose: 'surveillance' }])
  })
})

describe('bars', () => {
  it('say what would have to be otherwise', () => {
    const [bar] = ask({ ...MEMBER, actorKind: 'commercial' }).bars
    expect(bar?.term).toMatchObject({
      fact: 'actorKind',
      needed: { operator: 'neq', values: ['commercial'] },
      have: 'commercial',
      state: 'failed',
    })
  })

  it('have no term when they hold in any case', () => {
    const [bar] = ask(MEMBER, { ...RESEARCH, actions: ['redistribute'] }).bars
    expect(bar).toMatchObject({ action: 'redistribute', term: null })
  })

  it('name an action that no clause speaks of', () => {
    const { unmet } = ask(MEMBER, { ...RESEARCH, actions: ['useInPlace'] })
    expect(unmet).toMatchObject([{ fact: 'action', have: 'useInPlace', resolver: 'none' }])
    expect(unmet[0]?.needed.values).toContain('download')
  })
})

describe('duties', () => {
  it('come with the permission that holds, not with those that do not', () => {
    const research = { ...RESEARCHER, councilApproval: 'approved' } as const
    const staged = template('staged-release')
    const kinds = (now: number) =>
      evaluate(staged, research, RESEARCH, now).duties.map(({ kind }) => kind)
    expect(kinds(NOW)).toEqual(['attribute', 'reportBack'])
    expect(kinds(OPEN)).toEqual(['attribute', 'reportBack'])
    expect(evaluate(staged, { acceptedDuties: ['attribute'] }, RESEARCH, OPEN).duties).toHaveLength(
      1,
    )
  })

  it('say within how many days they fall due', () => {
    const [, report] = ask(MEMBER).duties
    expect(report).toMatchObject({ kind: 'reportBack', withinDays: 180 })
  })

  it('are listed once for a licence, with the earliest deadline', () => {
    expect(dutiesOf(template('tiered-benefit')).map(({ kind }) => kind)).toEqual([
      'attribute',
      'shareAlike',
      'benefitShare',
    ])
  })
})

describe('a use', () => {
  it('without an action is not evaluated', () => {
    const empty: Use = { actions: [], purposes: ['learning'] }
    expect(() => evaluate(guardianship, MEMBER, empty, NOW)).toThrow(TypeError)
    expect(() => decide(guardianship, MEMBER, empty, NOW)).toThrow(TypeError)
  })

  it.each([
    [{ actions: [], purposes: [] }, '/actions', 'missing'],
    [{ purposes: ['learning'] }, '/actions', 'missing'],
    [{ actions: ['print'], purposes: [] }, '/actions/0', 'unknown-value'],
    [{ actions: ['download'], purposes: ['fun'] }, '/purposes/0', 'unknown-value'],
    [{ actions: ['download'], purposes: [], for: 'me' }, '/for', 'unknown-key'],
    [{ actions: ['download'], purposes: 'learning' }, '/purposes', 'unknown-key'],
    [null, '/actions', 'missing'],
  ])('%j is refused at %s', (json, path, code) => {
    const parsed = parseUse(json)
    expect(parsed.ok ? [] : parsed.problems).toContainEqual(expect.objectContaining({ path, code }))
  })

  it('is read with each word once', () => {
    expect(parseUse({ actions: ['train', 'train'], purposes: ['learning', 'learning'] })).toEqual({
      ok: true,
      use: { actions: ['train'], purposes: ['learning'] },
    })
  })

  it('of an action outside the vocabulary is denied', () => {
    const strange = { actions: ['print'], purposes: ['learning'] } as unknown as Use
    expect(decide(template('open'), MEMBER, strange, NOW)).toBe('deny')
  })

  it('at a time that is no number is referred where dates matter', () => {
    expect(decide(guardianship, MEMBER, RESEARCH, Number.NaN)).toBe('refer')
    expect(decide(template('open'), MEMBER, RESEARCH, Number.NaN)).toBe('permit')
  })

  it('is not helped by a count of overdue duties that is no count', () => {
    for (const overdueDuties of [-1, 0.5, Number.NaN])
      expect(decide(guardianship, { ...MEMBER, overdueDuties }, RESEARCH, NOW)).toBe('refer')
  })
})

describe('a clause for people', () => {
  const clause = {
    uid: `${PARTS.licence}#season`,
    target: PARTS.target,
    action: ['sov:download'],
    'sov:statement': { '@value': 'Only when the elders find it fitting.', '@language': 'en' },
  }
  const licence = licenceOf({ ...templateDocument('guardianship'), 'sov:humanOnly': [clause] })

  it('refers what would otherwise be permitted', () => {
    const decision = evaluate(licence, MEMBER, RESEARCH, NOW)
    expect(decision).toMatchObject({ decision: 'refer', mightBar: [{ clause: clause.uid }] })
    expect(ways(decision)).toEqual([['humanOnly']])
    expect(decision.needs.council).toBe(true)
  })

  it('refers even what the council has approved', () => {
    const approved: Facts = { ...MEMBER, councilApproval: 'approved' }
    expect(decide(licence, approved, RESEARCH, NOW)).toBe('refer')
  })

  it('does not touch the actions it does not cover', () => {
    expect(decide(licence, MEMBER, { ...RESEARCH, actions: ['train'] }, NOW)).toBe('permit')
  })

  it('does not soften a denial', () => {
    expect(decide(licence, { ...MEMBER, commercialTie: 'yes' }, RESEARCH, NOW)).toBe('deny')
  })

  it('can be left to the council once nothing else is open', () => {
    expect(onlyPeopleCanSettle(evaluate(licence, MEMBER, RESEARCH, NOW))).toBe(true)
    expect(onlyPeopleCanSettle(evaluate(licence, RESEARCHER, RESEARCH, NOW))).toBe(false)
    expect(onlyPeopleCanSettle(ask(MEMBER))).toBe(false)
  })
})

describe('labels', () => {
  const labelled = (code: string, name: Parameters<typeof template>[0] = 'open') =>
    licenceOf({ ...templateDocument(name), 'sov:labels': [{ 'sov:code': code }] })
  const anybody: Facts = { acceptedDuties: ['attribute'] }
  const outcome = (code: string, facts: Facts, use: Use) => decide(labelled(code), facts, use, NOW)
  const sell: Use = { actions: ['download'], purposes: ['commercialProduct'] }
  const learn: Use = { actions: ['download'], purposes: ['learning'] }

  it('are thirty and four notices', () => {
    const families = Object.values(LABELS).map(({ family }) => family)
    expect(families.filter((family) => family === 'tk')).toHaveLength(20)
    expect(families.filter((family) => family === 'bc')).toHaveLength(10)
    expect(families.filter((family) => family === 'notice')).toHaveLength(4)
    expect(isLabelCode('tknc')).toBe(true)
    expect(isLabelCode('toString')).toBe(false)
  })

  it.each(['tknc', 'bcnc'])('%s bars commercial purposes and nothing else', (code) => {
    expect(outcome(code, anybody, sell)).toBe('deny')
    expect(outcome(code, anybody, learn)).toBe('permit')
  })

  it.each(['tkoc', 'bcoc'])('%s refers commercial purposes and nothing else', (code) => {
    expect(outcome(code, { ...anybody, councilApproval: 'approved' }, sell)).toBe('refer')
    expect(outcome(code, anybody, learn)).toBe('permit')
  })

  it('tkco keeps to members', () => {
    expect(outcome('tkco', { ...anybody, membership: 'member' }, learn)).toBe('permit')
    expect(outcome('tkco', anybody, learn)).toBe('deny')
  })

  it.each(['tko', 'bco'])('%s keeps to community use and learning', (code) => {
    expect(outcome(code, anybody, learn)).toBe('permit')
    expect(outcome(code, anybody, RESEARCH)).toBe('deny')
  })

  it('bcr keeps to research', () => {
    expect(outcome('bcr', anybody, RESEARCH)).toBe('permit')
    expect(outcome('bcr', anybody, learn)).toBe('deny')
  })

  it.each(['tkf', 'tkcl', 'bccl', 'tkwg', 'tkmg', 'tkwr', 'tkmr', 'tkmc', 'bcmc'])(
    '%s leaves it to the council',
    (code) => {
      expect(outcome(code, anybody, learn)).toBe('refer')
      expect(outcome(code, { ...anybody, councilApproval: 'approved' }, learn)).toBe('permit')
      expect(outcome(code, { ...anybody, councilApproval: 'rejected' }, learn)).toBe('deny')
    },
  )

  it('tkss lets nothing leave, and leaves the rest to the council', () => {
    const here: Use = { ...learn, actions: ['useInPlace'] }
    const approved: Facts = { ...anybody, councilApproval: 'approved' }
    expect(outcome('tkss', approved, learn)).toBe('deny')
    expect(outcome('tkss', anybody, here)).toBe('refer')
    expect(outcome('tkss', approved, here)).toBe('permit')
  })

  it.each(['tka', 'tkcr', 'bcp'])('%s adds the duty to attribute', (code) => {
    const document = templateDocument('open')
    const [see, allow] = document.permission as Record<string, unknown>[]
    const { duty: _duty, ...dutiless } = allow ?? {}
    const bare = { ...document, permission: [see, dutiless] }
    expect(decide(licenceOf(bare), {}, learn, NOW)).toBe('permit')
    const marked = licenceOf({ ...bare, 'sov:labels': [{ 'sov:code': code }] })
    expect(decide(marked, {}, learn, NOW)).toBe('deny')
    expect(decide(marked, anybody, learn, NOW)).toBe('permit')
  })

  it.each(['tkv', 'tkcs', 'bccv', 'attribution_incomplete'])(
    '%s is shown, not enforced',
    (code) => {
      expect(outcome(code, anybody, sell)).toBe('permit')
    },
  )
})

describe('the month', () => {
  const winter = (months: readonly number[]) => {
    const document = templateDocument('open')
    const [see, allow] = document.permission as Record<string, unknown>[]
    const constraint = [
      {
        uid: `${PARTS.licence}#season`,
        leftOperand: 'sov:month',
        operator: 'isAnyOf',
        rightOperand: months.map((month) => ({
          '@value': String(month),
          '@type': 'xsd:integer',
        })),
      },
    ]
    return licenceOf({ ...document, permission: [see, { ...allow, constraint }] })
  }
  const anybody: Facts = { acceptedDuties: ['attribute'] }

  it('opens and closes a licence by itself', () => {
    const licence = winter([12, 1])
    expect(decide(licence, anybody, RESEARCH, Date.UTC(2026, 11, 1) - 1)).toBe('deny')
    expect(decide(licence, anybody, RESEARCH, Date.UTC(2026, 11, 1))).toBe('permit')
    expect(decide(licence, anybody, RESEARCH, Date.UTC(2027, 1, 1) - 1)).toBe('permit')
    expect(decide(licence, anybody, RESEARCH, Date.UTC(2027, 1, 1))).toBe('deny')
  })

  it('says when it opens again and when it closes', () => {
    const licence = winter([12, 1])
    const closed = evaluate(licence, anybody, RESEARCH, Date.UTC(2026, 5, 15))
    expect(closed.needs.time).toBe(Date.UTC(2026, 11, 1))
    const open = evaluate(licence, anybody, RESEARCH, Date.UTC(2026, 11, 24))
    expect(open.nextChangeAt).toBe(Date.UTC(2027, 1, 1))
  })
})

describe('meet', () => {
  const open = template('open', { ...PARTS, licence: 'urn:example:licence:open' })
  it('takes the least outcome and every reason for it', () => {
    const both = meet([ask(RESEARCHER), evaluate(open, RESEARCHER, RESEARCH, NOW)])
    expect(both.decision).toBe('refer')
    expect(ways(both)).toEqual([['councilApproval']])
    expect(both.needs.council).toBe(true)
  })

  it('takes every duty, each at its earliest deadline', () => {
    const research = template('research-only', {
      ...PARTS,
      licence: 'urn:example:licence:research',
    })
    const both = meet([evaluate(research, MEMBER, RESEARCH, NOW), ask(MEMBER)])
    expect(both.decision).toBe('permit')
    expect(both.duties).toMatchObject([
      { kind: 'attribute' },
      { kind: 'reportBack', withinDays: 180 },
      { kind: 'shareBack' },
    ])
    expect(both.nextChangeAt).toBe(EXPIRY)
  })

  it('waits for the licence that opens last', () => {
    const early = Date.UTC(2025, 0, 1)
    const later = {
      ...PARTS,
      licence: 'urn:example:licence:later',
      embargo: '2027-01-01T00:00:00Z',
    }
    const both = meet([
      ask(MEMBER, RESEARCH, early),
      evaluate(template('guardianship', later), MEMBER, RESEARCH, early),
    ])
    expect(both.needs.time).toBe(Date.UTC(2027, 0, 1))
    expect(both.nextChangeAt).toBe(EMBARGO)
  })

  it('leaves no way where one licence has none', () => {
    const closed = template('community-only', { ...PARTS, licence: 'urn:example:licence:closed' })
    const both = meet([ask(RESEARCHER), evaluate(closed, RESEARCHER, RESEARCH, NOW)])
    expect(both).toMatchObject({ decision: 'deny', ways: [] })
  })
})
