import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DUTY_KINDS,
  type DutyEvent,
  dutyForm,
  dutyState,
  evidenceProblems,
  verifiesItself,
} from '../../policies/index.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 0, 1)
const at = (day: number): number => START + day * DAY
const REPORT = { kind: 'reportBack', withinDays: 100, from: START } as const
const event = (type: DutyEvent['type'], day: number): DutyEvent => ({ type, at: at(day) })
const phase = (
  events: readonly DutyEvent[],
  day: number,
  terms: Parameters<typeof dutyState>[0] = REPORT,
) => dutyState(terms, events, at(day)).phase

describe('the state of a duty', () => {
  it('runs from due through overdue to breached at half-open instants', () => {
    const at = (ms: number) => dutyState(REPORT, [], ms).phase
    expect([at(START), at(START + 100 * DAY - 1)]).toEqual(['due', 'due'])
    expect([at(START + 100 * DAY), at(START + 130 * DAY - 1)]).toEqual(['overdue', 'overdue'])
    expect(at(START + 130 * DAY)).toBe('breached')
  })

  it('is scheduled while nothing has been used, and where there is no date', () => {
    expect(phase([], 5_000, { ...REPORT, from: null })).toBe('scheduled')
    expect(phase([], 5_000, { ...REPORT, withinDays: null })).toBe('scheduled')
  })

  it('stands still while evidence waits', () => {
    const events = [event('submitted', 90)]
    expect(phase(events, 900)).toBe('submitted')
    expect(dutyState(REPORT, events, at(900)).late).toBe(false)
    const returned = [...events, event('returned', 900)]
    expect(phase(returned, 909)).toBe('returned')
    expect(phase(returned, 910)).toBe('grace')
    expect(phase(returned, 940)).toBe('breached')
  })

  it('stays late while late evidence waits, and is made good when it is accepted', () => {
    const late = [event('submitted', 120)]
    expect(dutyState(REPORT, late, at(200))).toMatchObject({ phase: 'submitted', late: true })
    const accepted = [...late, event('accepted', 201)]
    expect(dutyState(REPORT, accepted, at(202))).toMatchObject({
      phase: 'accepted',
      late: false,
      metAt: at(201),
    })
  })

  it('takes nothing after the cure but a waiver', () => {
    const tooLate = [event('submitted', 131), event('accepted', 132)]
    expect(phase(tooLate, 140)).toBe('breached')
    expect(phase([...tooLate, event('waived', 150)], 160)).toBe('waived')
  })

  it('accepts by itself what nobody has to look at', () => {
    const terms = { ...REPORT, kind: 'deleteOnEnd' } as const
    expect(phase([event('submitted', 10)], 11, terms)).toBe('accepted')
    expect(phase([event('submitted', 10)], 11)).toBe('submitted')
  })
})

const days = fc.integer({ min: 0, max: 400 })
const types = fc.constantFrom('submitted', 'accepted', 'returned', 'waived' as const)
const histories = fc
  .array(fc.record({ type: types, at: days.map(at) }), { maxLength: 8 })
  .map((events) => events.sort((a, b) => a.at - b.at))
const terms = fc.record({
  kind: fc.constantFrom(...DUTY_KINDS),
  withinDays: fc.option(fc.integer({ min: 0, max: 200 })),
  from: fc.option(days.map(at)),
})

describe('whatever happens to a duty', () => {
  const check = (
    holds: (t: Parameters<typeof dutyState>[0], e: DutyEvent[], now: number) => boolean,
  ) => fc.assert(fc.property(terms, histories, days.map(at), holds), { numRuns: 2_000 })

  it('acceptance and waiver are final', () => {
    check((duty, events, now) => {
      const { phase: first } = dutyState(duty, events, now)
      const { phase: then } = dutyState(duty, events, now + 1_000 * DAY)
      return first !== 'accepted' && first !== 'waived' ? true : then === first
    })
  })

  it('what is still to come changes nothing', () => {
    check((duty, events, now) => {
      const past = events.filter((one) => one.at <= now)
      return (
        JSON.stringify(dutyState(duty, events, now)) === JSON.stringify(dutyState(duty, past, now))
      )
    })
  })

  it('late is exactly past its date and neither accepted nor waived', () => {
    check((duty, events, now) => {
      const { dueAt, late, phase: is } = dutyState(duty, events, now)
      const open = is !== 'accepted' && is !== 'waived'
      return late === (open && dueAt !== null && now >= dueAt)
    })
  })

  it('breached is late, and only a waiver leads out of it', () => {
    check((duty, events, now) => {
      const before = dutyState(duty, events, now)
      if (before.phase !== 'breached') return true
      const past = events.filter((one) => one.at <= now)
      const tried = [
        ...past,
        { type: 'submitted', at: now },
        { type: 'accepted', at: now + 1 },
      ] as const
      const waived = [...past, { type: 'waived', at: now }] as const
      return (
        before.late &&
        dutyState(duty, tried, now + 2).phase === 'breached' &&
        dutyState(duty, waived, now + 2).phase === 'waived'
      )
    })
  })

  it('handing something in that is returned at once gains no time', () => {
    check((duty, events, now) => {
      const past = events.filter((one) => one.at <= now)
      const tried = [
        ...past,
        { type: 'submitted', at: now },
        { type: 'returned', at: now },
      ] as const
      if (dutyState(duty, past, now).phase === 'submitted' || verifiesItself(duty.kind)) return true
      return dutyState(duty, tried, now).curableUntil === dutyState(duty, past, now).curableUntil
    })
  })
})

describe('the form of a duty', () => {
  it('asks for something of every kind', () => {
    for (const kind of DUTY_KINDS)
      expect(dutyForm(kind).some(({ required }) => required)).toBe(true)
  })

  it('names each line that is missing, strange or in the wrong form', () => {
    const wrong = [
      { field: 'link', text: 'ftp://river' },
      { field: 'colour', text: 'blue' },
    ]
    expect(evidenceProblems('shareBack', wrong)).toEqual([
      { field: 'colour', problem: 'unknown' },
      { field: 'what', problem: 'missing' },
      { field: 'link', problem: 'shape' },
    ])
    const right = [
      { field: 'what', text: 'A word list' },
      { field: 'link', text: 'https://example.org/list' },
    ]
    expect(evidenceProblems('shareBack', right)).toEqual([])
  })
})
