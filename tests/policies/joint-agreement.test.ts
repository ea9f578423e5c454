import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ACTIONS,
  type Action,
  type AgreedPart,
  CONTEXT,
  DUTY_KINDS,
  decide,
  evaluateTerms,
  type Facts,
  licenceAgreement,
  licenceAgreements,
  PURPOSES,
  type Use,
} from '../../policies/index.ts'
import { asOffer } from './as-offer.ts'
import {
  completeFacts,
  document,
  MOMENTS,
  moment,
  openFacts,
  use,
  without,
} from './licence-arbitraries.ts'
import {
  EXPIRY,
  licenceOf,
  MEMBER,
  NOW,
  PARTS,
  TEMPLATES,
  type TemplateName,
  template,
  templateDocument,
} from './licence-support.ts'
import { plainDecide } from './plain-evaluator.ts'

type Doc = Readonly<Record<string, unknown>>

const GRANTED = {
  uid: 'urn:commonhold:grant:g_1',
  assignee: 'urn:commonhold:holder:s_1',
  target: 'urn:commonhold:dataset:d_1:1.0.0',
  actions: ACTIONS,
  purposes: PURPOSES,
  issuedAt: MOMENTS[0],
  expiresAt: EXPIRY + 1,
}

const list = (value: unknown): readonly Doc[] => (value ?? []) as Doc[]
const graphOf = (exported: Doc): readonly Doc[] =>
  list(exported['@graph']).map((one) => ({ '@context': CONTEXT, ...one }))

const speaksOfOthers = (constraint: Doc): boolean =>
  constraint.leftOperand === 'sov:permittedUnder' ||
  [...list(constraint.and), ...list(constraint.or)].some(speaksOfOthers)

/** An agreement to a reader who takes what it does not know as met: no standard allows it that. */
const careless = (agreement: Doc): Doc => ({
  ...agreement,
  permission: list(agreement.permission).map((rule) => ({
    ...rule,
    constraint: list(rule.constraint).filter((one) => !speaksOfOthers(one)),
  })),
})

/** An agreement to a reader who takes what it does not know as not met. */
const unknowing = (agreement: Doc): Doc => ({
  ...agreement,
  permission: list(agreement.permission).filter(
    (rule) => !list(rule.constraint).some(speaksOfOthers),
  ),
})

/** What the constraints between agreements come to, by what each agreement permits without them. */
const agreesBeside = (constraint: Doc, permits: ReadonlyMap<string, boolean>): boolean => {
  if (constraint.and) return list(constraint.and).every((one) => agreesBeside(one, permits))
  if (constraint.or) return list(constraint.or).some((one) => agreesBeside(one, permits))
  const named = constraint.rightOperand as { '@id': string }
  const known = permits.get(named['@id'])
  if (known === undefined) throw new Error(`${named['@id']} is not in the document`)
  return known
}

interface Asked {
  /** In the order of the agreements: each community knows a person in its own way. */
  readonly facts: readonly Facts[]
  readonly use: Use
  readonly now: number
}

const withPermission = (agreement: Doc): boolean => list(agreement.permission).length > 0

type Reads = (agreement: Doc, facts: Facts, use: Use, now: number) => boolean

/** Whether the profile lets a licence be as large as an agreement is. */
const fits = (agreement: Doc): boolean => {
  try {
    return asOffer(careless(agreement)).permissions.length > 0
  } catch {
    return false
  }
}

/** The compiled evaluator. */
const compiled: Reads = (agreement, facts, asked, now) =>
  withPermission(agreement) && decide(asOffer(agreement), facts, asked, now) === 'permit'

const plainly: Reads = (agreement, facts, asked, now) =>
  plainDecide(agreement, facts, asked, now) === 'permit'

/** Whether one of the agreements permits, for a reader who knows the whole profile. */
const knowing = (
  agreements: readonly Doc[],
  { facts, use: asked, now }: Asked,
  reads: Reads,
): boolean => {
  const alone = agreements.map((one, nth) => reads(careless(one), facts[nth] ?? {}, asked, now))
  const permits = new Map(agreements.map(({ uid }, nth) => [String(uid), alone[nth] ?? false]))
  return agreements.some((one, nth) => {
    const standing = list(one.permission).filter(({ constraint }) =>
      list(constraint)
        .filter(speaksOfOthers)
        .every((between) => agreesBeside(between, permits)),
    )
    return reads(careless({ ...one, permission: standing }), facts[nth] ?? {}, asked, now)
  })
}

const registry = (parts: readonly AgreedPart[], { facts, use: asked, now }: Asked): boolean => {
  let nth = 0
  const judged = parts.map(({ rule, custodians }) => ({
    rule,
    custodians: custodians.map(({ licences }) => {
      const mine = facts[nth] ?? {}
      nth += licences.length
      return { licences: licences.map(({ licence }) => licence), facts: mine }
    }),
  }))
  return evaluateTerms(judged, asked, now).decision === 'permit'
}

const digestOf = (nth: number): string => `sha256-${String(nth).padStart(64, '0')}`

const RELATIONS = ['membership', 'councilApproval', 'councilRefused', 'overdueDuties'] as const

/** One person, seen by several communities: what they declare is the same everywhere. */
const seenBy = (person: Facts, relations: readonly Facts[], hidden: readonly string[]) =>
  relations.map((relation) => {
    const own = Object.fromEntries(RELATIONS.map((name) => [name, relation[name]]))
    return without({ ...person, ...own }, hidden)
  })

const licences = fc.oneof(
  document.map(licenceOf),
  fc.constantFrom(...TEMPLATES.map((name) => template(name))),
)

const shape = fc.array(
  fc.record({
    rule: fc.constantFrom('all' as const, 'any' as const),
    custodians: fc.array(fc.array(licences, { minLength: 1, maxLength: 2 }), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
  { minLength: 1, maxLength: 2 },
)

const partsFrom = (
  shaped: readonly {
    rule: 'all' | 'any'
    custodians: readonly (readonly ReturnType<typeof licenceOf>[])[]
  }[],
): readonly AgreedPart[] => {
  let nth = 0
  return shaped.map(({ rule, custodians }) => ({
    rule,
    custodians: custodians.map((several) => ({
      licences: several.map((licence) => ({ licence, digest: digestOf(nth++) })),
    })),
  }))
}

/** Facts by agreement: the licences of one custodian are asked by what that custodian knows. */
const byAgreement = (parts: readonly AgreedPart[], seen: readonly Facts[]): readonly Facts[] => {
  let nth = 0
  return parts.flatMap(({ custodians }) =>
    custodians.flatMap(({ licences: several }) => {
      const mine = seen[nth++] ?? {}
      return several.map(() => mine)
    }),
  )
}

/** An unlisted purpose is left to people: an agreement that grants it refers it back to them. */
const listedUse = use
  .map((asked) => ({ ...asked, purposes: asked.purposes.filter((one) => one !== 'unlisted') }))
  .filter(({ purposes }) => purposes.length > 0)

const situation = fc.record({
  parts: shape.map(partsFrom),
  person: completeFacts,
  relations: fc.array(completeFacts, { minLength: 4, maxLength: 4 }),
  hidden: fc.oneof(fc.constant([]), openFacts),
  use: listedUse,
  now: moment,
})

const named = (name: TemplateName, licence: string) =>
  template(name, {
    ...PARTS,
    licence: `urn:example:licence:${licence}`,
    assigner: `urn:example:community:${licence}`,
  })

const heldBy = (rule: 'all' | 'any', ...names: readonly TemplateName[]): readonly AgreedPart[] => [
  {
    rule,
    custodians: names.map((name, nth) => ({
      licences: [{ licence: named(name, String(nth)), digest: digestOf(nth) }],
    })),
  },
]

describe('agreements under several licences', () => {
  it('permit what the registry permits to who knows the profile, and nothing else', () => {
    const seen = { permitted: 0, refused: 0 }
    fc.assert(
      fc.property(situation, ({ parts, person, relations, use: asked, now }) => {
        const facts = byAgreement(parts, seenBy(person, relations, []))
        const question = { facts, use: asked, now }
        const agreements = graphOf(licenceAgreements(parts, GRANTED))
        const permitted = registry(parts, question)
        expect(knowing(agreements, question, plainly)).toBe(permitted)
        seen[permitted ? 'permitted' : 'refused'] += 1
      }),
      { numRuns: 120 },
    )
    expect(seen.permitted).toBeGreaterThan(2)
    expect(seen.refused).toBeGreaterThan(50)
  })

  it('do so as well where some facts are not known', () => {
    const few = fc.array(document.map(licenceOf), { minLength: 2, maxLength: 2 })
    let permitted = 0
    fc.assert(
      fc.property(few, situation, (together, { person, relations, hidden, use: asked, now }) => {
        const parts = partsFrom([{ rule: 'all', custodians: together.map((one) => [one]) }])
        const facts = byAgreement(parts, seenBy(person, relations, hidden))
        const agreements = graphOf(licenceAgreements(parts, GRANTED))
        const question = { facts, use: asked, now }
        // An agreement may be larger than the profile lets a licence be: then nothing here can read it.
        fc.pre(agreements.every((one) => !withPermission(one) || fits(one)))
        const right = registry(parts, question)
        expect(knowing(agreements, question, compiled)).toBe(right)
        permitted += right ? 1 : 0
      }),
      { numRuns: 120 },
    )
    expect(permitted).toBeGreaterThan(0)
  })

  it('permit no more than the registry to a plain evaluator that does not know the term', () => {
    let permitted = 0
    fc.assert(
      fc.property(situation, ({ parts, person, relations, use: asked, now }) => {
        const facts = byAgreement(parts, seenBy(person, relations, []))
        const agreements = graphOf(licenceAgreements(parts, GRANTED)).map(unknowing)
        const reads = agreements.some(
          (one, nth) => plainDecide(one, facts[nth] ?? {}, asked, now) === 'permit',
        )
        if (!reads) return
        permitted += 1
        expect(registry(parts, { facts, use: asked, now })).toBe(true)
      }),
      { numRuns: 120 },
    )
    // A part where the word of one is enough leaves something to read.
    expect(permitted).toBeGreaterThan(0)
  })

  it('permit no more to who leaves out what it does not know, where nothing is asked of a community', () => {
    const askedOfOthers =
      /"sov:(territory|councilApproval|councilRefused|membership|identityAssurance|overdueDuties|benefitAgreement)"/
    const plain = document.map((json) => {
      const kept = (node: Doc): readonly Doc[] => {
        const [group] = ['and', 'or'].filter((key) => node[key] !== undefined)
        if (group === undefined)
          return askedOfOthers.test(JSON.stringify(node.leftOperand)) ? [] : [node]
        const parts = list(node[group]).flatMap(kept)
        return parts.length === 0 ? [] : [{ ...node, [group]: parts }]
      }
      const rules = (key: string) =>
        list(json[key]).map((rule) => ({
          ...rule,
          constraint: list(rule.constraint).flatMap(kept),
        }))
      return licenceOf({
        ...json,
        permission: rules('permission'),
        prohibition: rules('prohibition'),
      })
    })
    const several = fc.array(plain, { minLength: 2, maxLength: 3 })
    let [permitted, tooMuch] = [0, 0]
    fc.assert(
      fc.property(several, completeFacts, listedUse, moment, (together, person, asked, now) => {
        const parts = partsFrom([{ rule: 'all', custodians: together.map((one) => [one]) }])
        const facts = together.map(() => ({ ...person, acceptedDuties: DUTY_KINDS }))
        const question = { facts, use: asked, now }
        const reads = (agreements: readonly Doc[]) =>
          agreements.some((one, nth) => plainly(careless(one), facts[nth] ?? {}, asked, now))
        const right = registry(parts, question)
        const alone = together.map((licence) =>
          licenceAgreement(licence, { ...GRANTED, licence: digestOf(0) }),
        )
        expect(reads(graphOf(licenceAgreements(parts, GRANTED)))).toBe(right)
        permitted += right ? 1 : 0
        tooMuch += reads(alone) && !right ? 1 : 0
      }),
      { numRuns: 120 },
    )
    // What one agreement with one of the licences said, and the registry refuses.
    expect(tooMuch).toBeGreaterThan(5)
    expect(permitted).toBeGreaterThan(0)
  })

  it('name each its licence, the community that gives it, the holder, the version and the others', () => {
    const parts = heldBy('all', 'open', 'research-only')
    const agreements = graphOf(licenceAgreements(parts, GRANTED))
    expect(agreements.map(({ uid }) => uid)).toEqual(
      [0, 1].map((nth) => `${GRANTED.uid}:${digestOf(nth)}`),
    )
    for (const [nth, one] of agreements.entries()) {
      const community = `urn:example:community:${nth}`
      expect(one).toMatchObject({
        '@type': 'Agreement',
        conflict: 'prohibit',
        'dct:source': { '@id': `urn:example:licence:${nth}` },
        'sov:licenceDigest': digestOf(nth),
        'sov:holdsTogetherWith': [{ '@id': agreements[1 - nth]?.uid }],
      })
      expect(withPermission(one)).toBe(true)
      for (const rule of list(one.permission))
        expect(rule).toMatchObject({
          assigner: community,
          assignee: GRANTED.assignee,
          target: GRANTED.target,
        })
    }
    const dutiesOf = (one: Doc | undefined) =>
      list(one?.permission).flatMap(({ duty }) => list(duty).map(({ action }) => action))
    expect(dutiesOf(agreements[0])).not.toContain('sov:reportBack')
    expect(dutiesOf(agreements[1])).toContain('sov:reportBack')
  })

  it('carry the bars of the others and none of the actions they never permit', () => {
    const [open] = graphOf(licenceAgreements(heldBy('all', 'open', 'guardianship'), GRANTED))
    const actions = list(open?.permission).flatMap(({ action }) => action)
    expect(actions).toContain('sov:download')
    expect(actions).not.toContain('sov:redistribute')
    expect(JSON.stringify(open?.prohibition)).toContain('urn:example:licence:1#no-commercial-actor')
  })

  it('are read whole by who does not know the term, where a licence has a newer version', () => {
    const newer = templateDocument('guardianship', {
      ...PARTS,
      licence: 'urn:example:licence:newer',
    })
    const bar = { uid: 'urn:x:bar', target: PARTS.target, action: 'sov:train' }
    const narrower = licenceOf({ ...newer, prohibition: [...list(newer.prohibition), bar] })
    const licences = [template('guardianship'), narrower].map((licence, nth) => ({
      licence,
      digest: digestOf(nth),
    }))
    const exported = licenceAgreements([{ rule: 'all', custodians: [{ licences }] }], GRANTED)
    expect(JSON.stringify(exported)).not.toContain('sov:permittedUnder')
    for (const one of graphOf(exported)) {
      const may = (action: Action) =>
        decide(asOffer(one), MEMBER, { actions: [action], purposes: ['learning'] }, NOW)
      expect([may('derive'), may('train')]).toEqual(['permit', 'deny'])
      expect(one['sov:holdsTogetherWith']).toHaveLength(1)
    }
  })

  it('need nothing of each other where the word of one community is enough', () => {
    const parts = heldBy('any', 'open', 'community-only')
    const agreements = graphOf(licenceAgreements(parts, GRANTED))
    expect(agreements).toHaveLength(2)
    for (const one of agreements) {
      expect(one['sov:holdsTogetherWith']).toBeUndefined()
      expect(
        list(one.permission)
          .flatMap(({ constraint }) => list(constraint))
          .some(speaksOfOthers),
      ).toBe(false)
    }
    const [origin] = heldBy('all', 'open-with-credit')
    const [, , made] = graphOf(licenceAgreements([...parts, ...(origin ? [origin] : [])], GRANTED))
    const others = list(list(made?.permission)[0]?.constraint).filter(speaksOfOthers)
    expect(others).toHaveLength(1)
    expect(list(others[0]?.or).map(({ rightOperand }) => rightOperand)).toEqual(
      agreements.map(({ uid }) => ({ '@id': uid })),
    )
  })

  it('are called apart when one licence binds twice', () => {
    const [part] = heldBy('all', 'open')
    const both = part ? [part, part] : []
    const names = graphOf(licenceAgreements(both, GRANTED)).map(({ uid }) => uid)
    expect(names).toEqual([`${GRANTED.uid}:${digestOf(0)}`, `${GRANTED.uid}:${digestOf(0)}:2`])
  })

  it('give every clause a name of its own within the document', () => {
    const text = JSON.stringify(
      licenceAgreements(heldBy('all', 'guardianship', 'guardianship'), GRANTED),
    )
    const names = [...text.matchAll(/"uid":"([^"]+)"/g)].map((match) => match[1])
    expect(names.length).toBeGreaterThan(50)
    expect(new Set(names).size).toBe(names.length)
  })

  it('are none where nobody keeps a part any more', () => {
    expect(licenceAgreements([], GRANTED)['@graph']).toEqual([])
    const parts = [...heldBy('all', 'open'), { rule: 'any', custodians: [] } as const]
    expect(licenceAgreements(parts, GRANTED)['@graph']).toEqual([])
  })
})
