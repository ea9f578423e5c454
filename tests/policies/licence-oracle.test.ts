import { describe, expect, it } from 'vitest'
import {
  ACTIONS,
  ACTOR_KINDS,
  type Action,
  type ActorKind,
  type DutyKind,
  decide,
  type Facts,
  type Outcome,
  PURPOSES,
  type Purpose,
} from '../../policies/index.ts'
import { EMBARGO, EXPIRY, NOW, template } from './licence-support.ts'

/** Everything known about one request, said without the words of the kernel. */
interface Asked {
  readonly action: Action
  readonly purpose: Purpose
  readonly actorKind: ActorKind
  readonly companyBehind: boolean
  readonly country: 'GH' | 'TG' | 'DE'
  readonly ethics: boolean
  readonly vote: 'approved' | 'rejected' | 'lapsed'
  readonly refused: boolean
  readonly member: boolean
  readonly identity: 0 | 1 | 2 | 3
  readonly overdue: number
  readonly promised: readonly DutyKind[]
  readonly now: number
}

/**
 * Guardianship, from its description: members at home or in the region may preview, download,
 * derive and train for six purposes; others and elsewhere need a vote; embargo and expiry; checked
 * identity, no overdue promise; attribution, report and share-back promised; never commercial by
 * actor, tie or purpose, never watched, profiled, advertised to, imitated or collected; never
 * passed on; not for those the council turned down. Anybody may see that it exists.
 */
function guardianship(asked: Asked): Outcome {
  if (asked.action === 'discover') return 'permit'
  const named = ['preview', 'download', 'derive', 'train'].includes(asked.action)
  const commercial = asked.actorKind === 'commercial' || asked.companyBehind
  if (!named || commercial || asked.refused) return 'deny'
  if (asked.identity < 2 || asked.overdue > 0) return 'deny'
  if (asked.now < EMBARGO || asked.now >= EXPIRY) return 'deny'
  const duties: DutyKind[] = ['attribute', 'reportBack', 'shareBack']
  if (!duties.every((duty) => asked.promised.includes(duty))) return 'deny'
  const insider = asked.member && asked.country !== 'DE'
  if (!insider && asked.vote !== 'approved') return 'deny'
  if (asked.purpose === 'unlisted') return 'refer'
  const welcome = ['communityUse', 'learning', 'revitalisation', 'linguisticResearch']
  const alsoWelcome = ['languageTechnologyResearch', 'preservation']
  return [...welcome, ...alsoWelcome].includes(asked.purpose) ? 'permit' : 'deny'
}

/**
 * Research only, from its description: universities, public bodies and non-profits with ethics
 * approval and no company behind them, for research, testing and preservation; anything but passing
 * on; embargo and expiry; checked identity, no overdue promise; attribution and report promised.
 */
function researchOnly(asked: Asked): Outcome {
  switch (asked.action) {
    case 'discover':
      return 'permit'
    case 'redistribute':
      return 'deny'
    default:
  }
  if (!['academic', 'publicBody', 'nonprofit'].includes(asked.actorKind)) return 'deny'
  if (asked.companyBehind || !asked.ethics || asked.refused) return 'deny'
  if (asked.identity < 2 || asked.overdue !== 0) return 'deny'
  if (!(asked.now >= EMBARGO && asked.now < EXPIRY)) return 'deny'
  if (!asked.promised.includes('attribute') || !asked.promised.includes('reportBack')) return 'deny'
  switch (asked.purpose) {
    case 'linguisticResearch':
    case 'languageTechnologyResearch':
    case 'evaluation':
    case 'preservation':
      return 'permit'
    case 'unlisted':
      return 'refer'
    default:
      return 'deny'
  }
}

const PROMISES: readonly (readonly DutyKind[])[] = [
  ['attribute', 'reportBack', 'shareBack'],
  ['reportBack', 'shareBack'],
  ['attribute', 'shareBack'],
  ['attribute', 'reportBack'],
]

const SMALL = {
  action: ACTIONS,
  purpose: PURPOSES,
  actorKind: ['academic', 'commercial'],
  companyBehind: [false, true],
  country: ['GH', 'TG', 'DE'],
  ethics: [true, false],
  vote: ['approved', 'rejected'],
  refused: [false, true],
  member: [true, false],
  identity: [2, 1],
  overdue: [0, 1],
  promised: PROMISES,
  now: [EMBARGO, EMBARGO - 1, EXPIRY],
} as const satisfies { readonly [K in keyof Asked]: readonly Asked[K][] }

const LARGE = {
  ...SMALL,
  actorKind: ACTOR_KINDS,
  vote: ['approved', 'rejected', 'lapsed'],
  identity: [0, 1, 2, 3],
  overdue: [0, 1, 7],
  promised: [...PROMISES, [], ['attribute', 'reportBack', 'shareBack', 'shareAlike']],
  now: [EMBARGO - 1, EMBARGO, NOW, EXPIRY - 1, EXPIRY],
} as const satisfies { readonly [K in keyof Asked]: readonly Asked[K][] }

const factsOf = (asked: Asked): Facts => ({
  actorKind: asked.actorKind,
  commercialTie: asked.companyBehind ? 'yes' : 'no',
  country: asked.country,
  ethicsApproval: asked.ethics ? 'yes' : 'no',
  councilApproval: asked.vote,
  councilRefused: asked.refused ? 'yes' : undefined,
  membership: asked.member ? 'member' : undefined,
  identityAssurance: asked.identity,
  overdueDuties: asked.overdue,
  acceptedDuties: asked.promised,
})

type Domain = { readonly [K in keyof Asked]: readonly Asked[K][] }

/** Repeatable random numbers (mulberry32), so that a failure can be run again. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function pick(domain: Domain, next: () => number, favoured: number): Asked {
  const entries = Object.entries(domain).map(([key, values]) => {
    const index = next() < favoured ? 0 : Math.floor(next() * values.length)
    return [key, values[index]]
  })
  return Object.fromEntries(entries) as Asked
}

function* product(domain: Domain): Generator<Asked> {
  const entries = Object.entries(domain)
  const total = entries.reduce((count, [, values]) => count * values.length, 1)
  for (let index = 0; index < total; index++) {
    let rest = index
    const asked = entries.map(([key, values]) => {
      const value = values[rest % values.length]
      rest = Math.floor(rest / values.length)
      return [key, value]
    })
    yield Object.fromEntries(asked) as Asked
  }
}

function compare(
  name: 'guardianship' | 'research-only',
  oracle: (asked: Asked) => Outcome,
  cases: Iterable<Asked>,
) {
  const licence = template(name)
  const seen: Record<Outcome, number> = { permit: 0, refer: 0, deny: 0 }
  for (const asked of cases) {
    const use = { actions: [asked.action], purposes: [asked.purpose] }
    const outcome = decide(licence, factsOf(asked), use, asked.now)
    if (outcome !== oracle(asked))
      expect({ asked, outcome }).toEqual({ asked, outcome: oracle(asked) })
    seen[outcome] += 1
  }
  return seen
}

describe.each([
  ['guardianship', guardianship],
  ['research-only', researchOnly],
] as const)('%s', (name, oracle) => {
  // Facts that the licence does not speak of are held still in the product.
  const silent =
    name === 'guardianship' ? { ethics: [false] } : { country: ['DE'], member: [false] }

  it('agrees with its description on every case of the small product', () => {
    const seen = compare(name, oracle, product({ ...SMALL, ...silent } as Domain))
    expect(seen.permit).toBeGreaterThan(100)
    expect(seen.refer).toBeGreaterThan(10)
  }, 120_000)

  it('agrees with its description on random cases of the large product', () => {
    const next = random(20_261_122)
    const cases = Array.from({ length: 50_000 }, (_, index) =>
      pick(
        index % 2 === 0 ? (SMALL as Domain) : (LARGE as Domain),
        next,
        index % 3 === 0 ? 0.8 : 0.4,
      ),
    )
    const seen = compare(name, oracle, cases)
    expect(seen.permit).toBeGreaterThan(500)
    expect(seen.deny).toBeGreaterThan(500)
  }, 60_000)
})
