import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Claim, decide, type Example, proveClaim } from '../../../policies/index.ts'
import { FALSE_CLAIMS } from '../../policies/false-claims.ts'
import {
  EMBARGO,
  EXPIRY,
  OPEN,
  TEMPLATES,
  type TemplateName,
  template,
  templateDocument,
} from '../../policies/licence-support.ts'
import {
  castBallot,
  contribute,
  createDataset,
  proposePublication,
  requestAccess,
  tryToAssemble,
} from '../../support/journey.ts'
import { join, type Person, visitor } from '../../support/person.ts'
import { DAY, type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

const START = Date.UTC(2024, 9, 1)
const MINUTE = 60_000
const MONTH = 30 * DAY

interface Refuted {
  readonly template: TemplateName
  readonly verdict: string
  readonly example: Example
  /** The request is refused for nothing but an earlier no of the council. */
  readonly isForNo: boolean
}

/** What a council can say no to: within a claim, a request for this refutes it as well. */
const VOTED = {
  purposes: ['linguisticResearch'],
  actorKind: ['academic'],
  commercialTie: ['no'],
  membership: ['none'],
  identityAssurance: [2],
} as const

const refute = (name: TemplateName, claim: Claim): Refuted => {
  const licence = template(name)
  const { example } = proveClaim(licence, claim)
  if (example === null) throw new Error(`${name} ${claim.id} is not refuted`)
  const { councilRefused, ...others } = example.facts
  const isForNo =
    councilRefused === 'yes' && decide(licence, others, example.use, example.now) === 'permit'
  const isNarrow = claim.scope.purposes !== undefined
  return isForNo && !isNarrow
    ? refute(name, { ...claim, scope: { ...VOTED, ...claim.scope } })
    : { template: name, verdict: claim.verdict, example, isForNo }
}

const refuted = TEMPLATES.flatMap((name) =>
  FALSE_CLAIMS[name].map((body, nth) => refute(name, { id: `urn:example:${nth}`, ...body })),
)

/** Instants that no licence of these tells from the one in the example, in the order of the clock. */
const MOMENTS = [START, EMBARGO + MINUTE, OPEN + MINUTE, EXPIRY - 30 * MINUTE] as const

const momentOf = ({ example: { now } }: Refuted): number =>
  now === 0 ? START : (MOMENTS.findLast((at) => at - MINUTE <= now) ?? START)

/** The proof took a yes of the council for granted. */
const isApproved = ({ verdict, example }: Refuted): boolean =>
  verdict !== 'always' && example.facts.councilApproval === 'approved'

const PRECHECK = `query ($input: PrecheckInput!) {
  precheck(input: $input) { decision }
}`

describe('a request that refutes a claim', () => {
  let registry: Registry
  let village: Village
  const datasets = new Map<TemplateName, string>()
  const people = new Map<string, Person>()

  const now = () => registry.house.services.clock.now()
  const goTo = (at: number) => registry.house.services.clock.advance(at - now())

  /** What a proposing mutation answers with. */
  const propose = async (mutation: string, type: string, input: object): Promise<string> => {
    const answer = await village.steward.run<
      Record<string, { proposal: { id: string } | null; refused: unknown }>
    >(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { proposal { id } refused { code message } } }`,
      { input: { community: village.community, reason: 'We agreed.', ...input } },
    )
    const { proposal, refused } = answer[mutation] ?? {}
    if (!proposal) throw new Error(JSON.stringify(refused))
    return proposal.id
  }

  const decideAll = async (proposals: readonly string[], choice = 'yes'): Promise<void> => {
    for (const person of village.council)
      await Promise.all(
        proposals.map((proposal) => castBallot(person, proposal, choice, 'We talked about it.')),
      )
    // One look at the end is enough: what has become due by then is written down in one go.
    registry.house.services.clock.advance(23 * DAY)
    await registry.house.tick()
  }

  const publishUnder = async (name: TemplateName, licence: string): Promise<string> => {
    const dataset = await createDataset(village)
    const file = { 'words.txt': Buffer.from(`${name}\n`) }
    const contributions = [await contribute(village, dataset, file)]
    const { version } = await tryToAssemble(village, { dataset, contributions, licence })
    datasets.set(name, dataset)
    return proposePublication(village, { dataset, manifestDigest: version.manifestDigest })
  }

  /** Whoever the registry knows as the example says: by a seat, and by what the council vouches for. */
  const keyOf = ({ example: { facts }, isForNo }: Refuted): string =>
    [
      facts.membership ?? 'none',
      facts.identityAssurance ?? 0,
      facts.benefitAgreement ?? 'none',
      isForNo,
    ].join(' ')

  const seat = async (key: string): Promise<readonly string[]> => {
    const [membership, assurance, benefitAgreement] = key.split(' ')
    const seated = [...people.keys()].filter((one) => one.startsWith('member')).length
    const member = [...village.council, village.steward, village.contributor][seated]
    if (!member) throw new Error('there are more kinds of members than seats')
    const person =
      membership === 'member' ? member : await join(registry, `p${people.size}@example.org`)
    people.set(key, person)
    const vouched = { email: person.email, identityAssurance: Number(assurance), benefitAgreement }
    // Whoever has an account has shown an address: that much is known without a vote.
    if (Number(assurance) === 1) return []
    return [await propose('proposeAttestation', 'ProposeAttestationInput', vouched)]
  }

  const input = ({ template: name, example: { facts, use } }: Refuted) => ({
    dataset: datasets.get(name) ?? '',
    use,
    facts: {
      actorKind: facts.actorKind,
      commercialTie: facts.commercialTie,
      country: facts.country,
      control: facts.control,
      ethicsApproval: facts.ethicsApproval,
    },
    acceptedDuties: facts.acceptedDuties ?? [],
  })

  const personOf = (one: Refuted): Person => {
    const person = people.get(keyOf(one))
    if (!person) throw new Error(`nobody is like ${keyOf(one)}`)
    return person
  }

  const ask = async (one: Refuted): Promise<string> => {
    const { precheck } = await personOf(one).run<{ precheck: { decision: string } }>(PRECHECK, {
      input: input(one),
    })
    return precheck.decision
  }

  const request = (one: Refuted, facts: object = {}) => {
    const asked = input(one)
    return requestAccess(personOf(one), {
      ...asked,
      facts: { ...asked.facts, ...facts },
      project: 'What the proof found out about us.',
      days: 30,
    })
  }

  /** The council says no to what it is asked a month before, while it still is asked. */
  const sayNo = async (some: readonly Refuted[]): Promise<void> => {
    const answers = await Promise.all(some.map((one) => request(one)))
    await decideAll(
      answers.map((answer) => answer.request?.proposal?.id ?? ''),
      'no',
    )
  }

  beforeAll(async () => {
    registry = await startRegistry()
    registry.house.services.clock.advance(START - Date.now())
    village = await found(registry)
    people.set('none 0 none false', visitor(registry))
    const licences = await Promise.all(
      TEMPLATES.map((name) => {
        const document = { ...templateDocument(name), uid: `urn:example:licence:${name}:1` }
        return propose('proposeLicence', 'ProposeLicenceInput', { document })
      }),
    )
    const seats: string[] = []
    for (const key of new Set(refuted.map(keyOf)))
      if (!people.has(key)) seats.push(...(await seat(key)))
    await decideAll([...licences, ...seats])
    const adopted = await registry.house.services.licences.adoptedBy(village.community)
    const published = await Promise.all(
      TEMPLATES.map((name, nth) => {
        const licence = adopted.find(({ proposal }) => proposal === licences[nth])
        return publishUnder(name, licence?.digest ?? '')
      }),
    )
    await decideAll(published)
  }, 120_000)
  afterAll(() => registry.close())

  it('is there for each of over forty false claims', () => {
    expect(refuted.length).toBeGreaterThanOrEqual(40)
    expect(new Set(datasets.keys())).toEqual(new Set(TEMPLATES))
  })

  describe.each(MOMENTS)('at the instant %s', (moment) => {
    const here = refuted.filter((one) => momentOf(one) === moment)

    it(`is decided as the proof says (${here.length})`, async () => {
      const refused = here.filter(({ isForNo }) => isForNo)
      if (refused.length > 0) goTo(moment - MONTH)
      if (refused.length > 0) await sayNo(refused)
      goTo(Math.max(moment, now()))
      for (const one of here.filter((each) => !isApproved(each))) {
        const { facts, use, now: at } = one.example
        const decided = decide(template(one.template), facts, use, at)
        expect([one, decided]).toEqual([one, one.verdict === 'always' ? 'deny' : 'permit'])
        expect([one, await ask(one)]).toEqual([one, decided])
      }
    })

    it('is put to the council where the proof took its yes for granted, which then is enough', async () => {
      for (const one of here.filter(isApproved)) {
        expect([one, await ask(one)]).toEqual([one, 'refer'])
        // Nothing is put to a vote that could not be granted after it.
        expect([one, (await request(one)).refused]).toEqual([one, null])
        const tied = await request(one, { commercialTie: 'yes' })
        expect([one, tied.refused?.code]).toEqual([one, 'NOT_PERMITTED'])
      }
    })
  })

  it('reports no fault', () => {
    expect(registry.faults).toEqual([])
  })
})
