import { afterAll, describe, expect, it } from 'vitest'
import {
  ACTIONS,
  ACTOR_KINDS,
  type DutyKind,
  decide,
  type Facts,
  type Licence,
  type Outcome,
  PURPOSES,
} from '../../policies/index.ts'
import {
  EMBARGO,
  EXPIRY,
  NOW,
  OPEN,
  TEMPLATES,
  type TemplateName,
  template,
} from './licence-support.ts'
import { type Asked, PROSE } from './prose-oracle.ts'
import { random } from './random.ts'
import { READ_FROM_SUMMARY } from './summary-oracle.ts'

type Domain = { readonly [K in keyof Asked]: readonly Asked[K][] }

function subsets([first, ...rest]: readonly DutyKind[]): readonly (readonly DutyKind[])[] {
  if (first === undefined) return [[]]
  return subsets(rest).flatMap((set) => [set, [first, ...set]])
}

/** What is held still where a template does not speak of it. */
const STILL: Domain = {
  action: ACTIONS,
  purpose: PURPOSES,
  actorKind: ['academic'],
  companyBehind: [false],
  country: ['GH'],
  headOffice: ['region'],
  ethics: [false],
  vote: ['rejected'],
  refused: [false],
  member: [false],
  identity: [0],
  overdue: [0],
  benefitSigned: [false],
  promised: subsets(['attribute']),
  now: [NOW],
}

const WHOLE = {
  actorKind: ACTOR_KINDS,
  companyBehind: [false, true],
  country: ['GH', 'TG', 'IN', 'DE'],
  headOffice: ['region', 'elsewhere'],
  ethics: [true, false],
  vote: ['approved', 'rejected', 'lapsed'],
  refused: [false, true],
  member: [true, false],
  identity: [0, 1, 2, 3],
  overdue: [0, 1],
  benefitSigned: [false, true],
} as const satisfies Partial<Domain>

const { actorKind, companyBehind, country, headOffice, ethics, vote } = WHOLE
const { refused, member, identity, overdue, benefitSigned } = WHOLE
const term = [EMBARGO - 1, EMBARGO, EXPIRY - 1, EXPIRY]

/** Every fact a template speaks of, with all its values; instants are the two sides of each date. */
const DOMAINS: Readonly<Record<TemplateName, Partial<Domain>>> = {
  guardianship: {
    ...{ actorKind, companyBehind, country, vote, refused, member, identity, overdue, now: term },
    promised: subsets(['attribute', 'reportBack', 'shareBack']),
  },
  'tiered-benefit': {
    ...{ country, headOffice, refused, identity, overdue, benefitSigned },
    promised: subsets(['attribute', 'shareAlike', 'benefitShare']),
  },
  reinvest: {
    ...{ actorKind, companyBehind, country, headOffice, identity, overdue, benefitSigned },
    promised: subsets(['attribute', 'shareAlike', 'benefitShare']),
  },
  'open-with-credit': {},
  'research-only': {
    ...{ actorKind, companyBehind, ethics, refused, identity, overdue, now: term },
    promised: subsets(['attribute', 'reportBack']),
  },
  'community-only': {
    ...{ actorKind, companyBehind, vote, refused, member, identity, overdue },
    promised: subsets(['attribute', 'noticeLabels']),
  },
  'staged-release': {
    ...{ actorKind, companyBehind, vote, refused, member, identity, overdue },
    promised: subsets(['attribute', 'reportBack']),
    now: [EMBARGO - 1, EMBARGO, OPEN - 1, OPEN],
  },
  open: {},
}

const factsOf = (asked: Asked): Facts => ({
  actorKind: asked.actorKind,
  commercialTie: asked.companyBehind ? 'yes' : 'no',
  country: asked.country,
  control: asked.headOffice,
  ethicsApproval: asked.ethics ? 'yes' : 'no',
  councilApproval: asked.vote,
  councilRefused: asked.refused ? 'yes' : undefined,
  membership: asked.member ? 'member' : undefined,
  identityAssurance: asked.identity,
  overdueDuties: asked.overdue,
  benefitAgreement: asked.benefitSigned ? 'signed' : undefined,
  acceptedDuties: asked.promised,
})

/** Calls `visit` with every request of the product; the object is used again for the next. */
function everyRequest(domain: Domain, visit: (asked: Asked) => void): void {
  const entries = Object.entries(domain)
  const asked: Record<string, unknown> = {}
  const choose = (depth: number) => {
    const entry = entries[depth]
    if (entry === undefined) return visit(asked as unknown as Asked)
    for (const value of entry[1]) {
      asked[entry[0]] = value
      choose(depth + 1)
    }
  }
  choose(0)
}

/** Each so many of the product are put to the second reader; 1 asks all, which takes minutes. */
const SECOND_EVERY = Number(process.env.ORACLE_EVERY ?? 11)

const totals = { requests: 0, second: 0, ms: 0 }

type Seen = Record<Outcome, number>

function compare(name: TemplateName, licence: Licence, asked: Asked, seen: Seen): void {
  const use = { actions: [asked.action], purposes: [asked.purpose] }
  const outcome = decide(licence, factsOf(asked), use, asked.now)
  const wanted = PROSE[name](asked)
  if (outcome !== wanted) expect({ ...asked, outcome }).toEqual({ ...asked, outcome: wanted })
  seen[outcome] += 1
  if (totals.requests++ % SECOND_EVERY > 0) return
  const second = READ_FROM_SUMMARY[name](asked)
  if (outcome !== second) expect({ ...asked, outcome }).toEqual({ ...asked, outcome: second })
  totals.second += 1
}

afterAll(() => {
  const seconds = (totals.ms / 1000).toFixed(1)
  process.stdout.write(
    `prose oracle: ${totals.requests} requests compared, ${totals.second} read twice, ${seconds} s\n`,
  )
})

describe.each(TEMPLATES)('%s', (name) => {
  const licence = template(name)

  it('agrees with its description on the full product of the facts it speaks of', () => {
    const seen: Seen = { permit: 0, refer: 0, deny: 0 }
    const started = performance.now()
    everyRequest({ ...STILL, ...DOMAINS[name] }, (asked) => compare(name, licence, asked, seen))
    const count = seen.permit + seen.refer + seen.deny
    totals.ms += performance.now() - started
    process.stdout.write(`${name}: ${count} requests, ${JSON.stringify(seen)}\n`)
    expect(Math.min(seen.permit, seen.deny)).toBeGreaterThan(0)
    expect(seen.refer > 0).toBe(name !== 'open')
  }, 300_000)

  it('agrees with its description whatever is true of what it does not speak of', () => {
    const next = random(20_261_122)
    const domain: Domain = {
      ...STILL,
      ...WHOLE,
      overdue: [0, 1, 7],
      promised: subsets(['attribute', 'reportBack', 'shareBack', 'shareAlike', 'noticeLabels']),
      now: [...term, NOW, OPEN - 1, OPEN],
    }
    const seen: Seen = { permit: 0, refer: 0, deny: 0 }
    for (let count = 0; count < 20_000; count++) {
      const asked = Object.entries(domain).map(([key, values]) => [
        key,
        values[Math.floor(next() * values.length)],
      ])
      compare(name, licence, Object.fromEntries(asked), seen)
    }
    expect(seen.deny).toBeGreaterThan(100)
  }, 60_000)
})
