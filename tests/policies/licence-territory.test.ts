import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ECONOMY_TABLES, isCountry, territoriesOf } from '../../policies/index.ts'
import { dayOf, nextMonthStart, parseInstant } from '../../policies/rules/instant.ts'
import { operandOf } from '../../policies/rules/operands.ts'
import { countryOfEach } from '../../policies/rules/territory.ts'

const LISTS = { home: ['GH'], region: ['TG', 'SC'], economyTable: 'worldBankFY26' } as const

describe('territoriesOf', () => {
  it.each([
    ['GH', ['home']],
    ['TG', ['region']],
    // Seychelles is a high-income economy; the region of the licence comes first.
    ['SC', ['region']],
    ['IN', ['nonHighIncome']],
    ['DE', ['other']],
    ['CR', ['other']],
    ['VE', ['nonHighIncome', 'other']],
    ['ET', ['nonHighIncome', 'other']],
    ['AQ', ['nonHighIncome', 'other']],
    ['ZZ', []],
    ['gh', []],
    ['', []],
  ])('places %s in %j', (country, classes) => {
    expect(territoriesOf(country, LISTS)).toEqual(classes)
  })

  it('knows nothing of income without a table', () => {
    expect(territoriesOf('DE', { home: [], region: [] })).toEqual(['nonHighIncome', 'other'])
  })

  it('lets home win over region', () => {
    expect(territoriesOf('GH', { ...LISTS, region: ['GH'] })).toEqual(['home'])
  })
})

describe('a country to stand for each class', () => {
  it('is the first that is in no other class', () => {
    expect([...countryOfEach(LISTS)]).toEqual([
      ['other', 'AD'],
      ['nonHighIncome', 'AF'],
      ['home', 'GH'],
      ['region', 'SC'],
    ])
  })

  it('is missing where every country may be in another class too', () => {
    expect([...countryOfEach({ home: ['GH'], region: [] })]).toEqual([['home', 'GH']])
  })
})

describe('the operand of a fact', () => {
  it('is the one that tests it', () => {
    expect(operandOf('territory')).toMatchObject({ fact: 'territory', form: 'term' })
    expect(operandOf('month')).toMatchObject({ fact: 'month' })
    expect(operandOf('humanOnly')).toBeUndefined()
  })
})

describe('the tables of economies', () => {
  it.each(Object.entries(ECONOMY_TABLES))('%s names countries, each once', (_, table) => {
    const codes = [...table.highIncome, ...table.unclassified]
    expect(codes.filter((code) => !isCountry(code))).toEqual([])
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('has the 87 high-income economies of fiscal year 2026, Channel Islands as two', () => {
    expect(ECONOMY_TABLES.worldBankFY26.highIncome.size).toBe(88)
  })
})

describe('instants', () => {
  const anyInstant = fc
    .date({ min: new Date('1000-01-01'), max: new Date('9998-12-31'), noInvalidDate: true })
    .map((date) => date.getTime())

  it('are read as the Date object reads them', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        expect(parseInstant(new Date(instant).toISOString())).toBe(instant)
      }),
    )
  })

  it('lie on the day that the Date object says', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const date = new Date(instant)
        expect(dayOf(instant)).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        })
        const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
        expect(nextMonthStart(instant)).toBe(next)
      }),
    )
  })

  it.each([
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00',
    '2026-01-01T00:00:00+01:00',
    '2026-01-01',
    ' 2026-01-01T00:00:00Z',
  ])('%s is none', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  it('know leap years', () => {
    expect(parseInstant('2024-02-29T00:00:00Z')).toBe(Date.UTC(2024, 1, 29))
    expect(parseInstant('2000-02-29T00:00:00Z')).toBe(Date.UTC(2000, 1, 29))
    expect(parseInstant('1900-02-29T00:00:00Z')).toBeUndefined()
  })
})
