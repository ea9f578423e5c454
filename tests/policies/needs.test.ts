import { describe, expect, it } from 'vitest'
import type { Resolver, Way } from '../../policies/index.ts'
import { NOTHING_NEEDED, needsOf, questionFor } from '../../policies/rules/needs.ts'

type Asked = readonly [fact: string, resolver: Resolver, value?: string]

const way = (...terms: readonly Asked[]): Way =>
  terms.map(([fact, resolver, value]) => ({
    fact,
    resolver,
    needed: { values: value === undefined ? [] : [value] },
  })) as unknown as Way

const needs = (...ways: readonly Way[]) => needsOf(ways, [], undefined)

describe('what the ways to a permit ask for', () => {
  it('is nothing where there is no way', () => {
    expect(needs()).toEqual(NOTHING_NEEDED)
    expect(needs().council).toBe(false)
  })

  it('names every duty that has to be agreed to once, a signed agreement as the shared benefit', () => {
    const attribute = ['acceptedDuties', 'agreement', 'attribute'] as const
    expect(needs(way(attribute, ['benefitAgreement', 'agreement', 'signed'])).agreement).toEqual([
      'attribute',
      'benefitShare',
    ])
    expect(needs(way(attribute), way(attribute)).agreement).toEqual(['attribute'])
  })

  it('names as agreements neither what people tell nor what is no duty', () => {
    const told = way(['purpose', 'facts', 'attribute'], ['membership', 'agreement', 'member'])
    expect(needs(told).agreement).toEqual([])
    expect(needs(told).facts).toEqual(['purposes'])
  })

  it('asks the council only if no way goes without it', () => {
    const voted = way(['actorKind', 'facts'], ['councilApproval', 'council'])
    const plain = way(['actorKind', 'facts'])
    expect(needs(voted).council).toBe(true)
    expect(needs(voted, plain).council).toBe(false)
  })

  it('waits for no time where nothing is known of the request', () => {
    expect(needs(way(['date', 'time' as Resolver])).time).toBeNull()
  })
})

describe('the question that settles a term', () => {
  it('asks for a country, for purposes, and else for the fact itself', () => {
    const asked = (fact: string) => way([fact, 'facts']).map(questionFor)[0]
    expect(['territory', 'purpose', 'actorKind'].map(asked)).toEqual([
      'country',
      'purposes',
      'actorKind',
    ])
  })
})
