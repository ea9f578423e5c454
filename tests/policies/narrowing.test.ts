import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DUTY_KINDS, evaluate, type Facts, narrowing, type Use } from '../../policies/index.ts'
import { completeFacts, document as documents, use as uses } from './licence-arbitraries.ts'
import { licenceOf, NOW, templateDocument } from './licence-support.ts'

type Document = Record<string, unknown> & {
  permission: { duty?: Record<string, unknown>[] }[]
}
const document = (): Document => structuredClone(templateDocument('guardianship')) as Document
const changed = (change: (document: Document) => void) => {
  const next = document()
  change(next)
  return licenceOf(next)
}

const FACTS: Facts = {
  actorKind: 'academic',
  commercialTie: 'no',
  country: 'GH',
  membership: 'member',
  identityAssurance: 2,
}
const USE: Use = { actions: ['download'], purposes: ['linguisticResearch'] }
const HELD = {
  facts: FACTS,
  use: USE,
  duties: [{ kind: 'attribute' }, { kind: 'reportBack', withinDays: 180 }, { kind: 'shareBack' }],
}

describe('what a newer version means for a grant', () => {
  it('is nothing when it says the same or asks for less', () => {
    expect(
      narrowing(
        changed(() => {}),
        HELD,
        NOW,
      ),
    ).toEqual({ kind: 'none' })
    const less = changed(({ permission }) => permission[1]?.duty?.pop())
    expect(narrowing(less, HELD, NOW)).toEqual({ kind: 'none' })
  })

  it('is acceptance when it asks for one more duty, and names that one alone', () => {
    const more = changed(({ permission }) =>
      permission[1]?.duty?.push({ uid: 'urn:x#secure', action: 'sov:secureStorage' }),
    )
    expect(narrowing(more, HELD, NOW)).toMatchObject({
      kind: 'reaccept',
      duties: [{ kind: 'secureStorage' }],
    })
  })

  it('is acceptance when a duty was promised for a later day or without one', () => {
    const newer = changed(() => {})
    for (const withinDays of [181, null])
      expect(
        narrowing(
          newer,
          {
            ...HELD,
            duties: [
              ...HELD.duties.filter(({ kind }) => kind !== 'reportBack'),
              { kind: 'reportBack', withinDays },
            ],
          },
          NOW,
        ),
      ).toMatchObject({ kind: 'reaccept', duties: [{ kind: 'reportBack', withinDays: 180 }] })
  })

  it('is closed when no promise would do, and the decision says why', () => {
    const held = { ...HELD, facts: { ...FACTS, commercialTie: 'yes' as const } }
    const found = narrowing(
      changed(() => {}),
      held,
      NOW,
    )
    expect(found.kind).toBe('closed')
    expect(found.kind === 'closed' && found.decision.bars.length).toBeGreaterThan(0)
  })
})

describe('whatever the newer version says', () => {
  const kinds = fc.subarray([...DUTY_KINDS])
  const each = (
    holds: (...args: [ReturnType<typeof licenceOf>, Facts, Use, readonly string[]]) => boolean,
  ) =>
    fc.assert(fc.property(documents.map(licenceOf), completeFacts, uses, kinds, holds), {
      numRuns: 300,
    })

  it('nothing to do means that it permits the use on the promises made', () => {
    each((licence, facts, use, duties) => {
      const acceptedDuties = DUTY_KINDS.filter((kind) => duties.includes(kind))
      const held = { facts, use, duties: duties.map((kind) => ({ kind, withinDays: 0 })) }
      const permits =
        evaluate(licence, { ...facts, acceptedDuties }, use, NOW).decision === 'permit'
      return (narrowing(licence, held, NOW).kind === 'none') === permits
    })
  })

  it('taking on what it names leaves nothing to do', () => {
    each((licence, facts, use, duties) => {
      const held = { facts, use, duties: duties.map((kind) => ({ kind, withinDays: null })) }
      const found = narrowing(licence, held, NOW)
      if (found.kind !== 'reaccept') return true
      const taken = new Set<string>(found.duties.map(({ kind }) => kind))
      const after = [...held.duties.filter(({ kind }) => !taken.has(kind)), ...found.duties]
      return narrowing(licence, { ...held, duties: after }, NOW).kind === 'none'
    })
  })
})
