import { buildSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCESS, type Rule, type Seat } from '../../../api/src/graphql/access.ts'
import { typeDefs } from '../../../api/src/graphql/generated.ts'
import { decide, requestAccess, requestInput } from '../../support/journey.ts'
import { join, type Person, signIn, visitor } from '../../support/person.ts'
import { DAY } from '../../support/registry.ts'
import { ask, type Held, hold, reopen, revoke, suspend, TEXT } from '../grants/held.ts'
import { operation } from './plausible.ts'

const FIELDS = buildSchema(String(typeDefs)).getMutationType()?.getFields() ?? {}
const ENTRIES: readonly (readonly [string, unknown])[] = Object.entries(ACCESS)
const isRule = (entry: unknown): entry is Rule =>
  typeof entry === 'object' && entry !== null && 'phases' in entry

/** Acts on a proposal are tried by matrix.test.ts, what is given by tests/api/datasets. */
const RULES = ENTRIES.flatMap(([name, entry]) =>
  isRule(entry) && entry.of !== 'proposal' && entry.of !== 'contribution' && name !== 'contribute'
    ? [{ name, ...entry }]
    : [],
)

/** Everybody there is, with the seats they have towards the village and what the researcher holds. */
const SEATS = {
  anonymous: [],
  registered: ['anyone'],
  operator: ['anyone'],
  contributor: ['anyone', 'member'],
  steward: ['anyone', 'member', 'steward', 'body'],
  councillor: ['anyone', 'member', 'council', 'body'],
  researcher: ['anyone', 'requester', 'holder'],
  mate: ['anyone', 'named'],
} as const satisfies Record<string, readonly Seat[]>
type Role = keyof typeof SEATS
const ROLES = Object.keys(SEATS).filter((role): role is Role => role in SEATS)

/** What somebody hears who has not the seat, whatever else they send. */
const NO_SEAT = ['SIGN_IN', 'NOT_FOUND', 'NOT_A_MEMBER', 'NOT_STEWARD', 'NOT_COUNCIL']

const REASON = 'We have talked about it for long enough.'
const DUTIES = ['attribute', 'reportBack', 'shareBack']

describe('who may do what to a community, a dataset, a request, a grant and a standing decision', () => {
  let held: Held
  let request = ''
  let standing = ''
  let grant = ''
  let member = ''
  let charter: object = {}
  let licence: { readonly id: string; readonly document: object }
  const people = new Map<Role, Person>()

  const who = (role: Role): Person => {
    const person = people.get(role)
    if (!person) throw new Error(`nobody plays ${role}`)
    return person
  }
  const size = () => held.registry.house.services.log.size()
  const asks = (person: Person, changes: object) =>
    requestAccess(person, requestInput(held.published.dataset, changes))
  const handed = () => ({
    community: held.village.community,
    purposes: ['learning'],
    actions: ['download'],
    noCommercialTie: false,
    longestDays: 30,
    largestTeam: 0,
    until: new Date(held.registry.house.services.log.now() + 360 * DAY).toISOString(),
    reason: REASON,
  })
  const handOver = async (): Promise<string> => {
    const input = handed()
    const made = await ask(who('councillor'), 'proposeDelegation', 'ProposeDelegationInput', input)
    await decide(held.village, made)
    const [newest] = await held.registry.house.services.grants.delegationsOf(held.village.community)
    return newest?.id ?? ''
  }

  const cast = async (): Promise<void> => {
    const { registry, village } = held
    const [councillor] = village.council
    if (!councillor) throw new Error('nobody sits in the council')
    people.set('anonymous', visitor(registry))
    people.set('registered', await join(registry, 'registered@elsewhere.example'))
    people.set('operator', await signIn(registry, 'operator@village.example'))
    people.set('contributor', village.contributor)
    people.set('steward', village.steward)
    people.set('councillor', councillor)
    people.set('researcher', village.researcher)
    people.set('mate', await join(registry, 'mate@university.example'))
  }

  beforeAll(async () => {
    held = await hold({ 'words.txt': TEXT })
    await cast()
    const { village } = held
    const team = await asks(village.researcher, { team: [who('mate').email] })
    await decide(village, team.request?.proposal?.id ?? '')
    const found = await held.registry.house.services.grants.request(team.request?.id ?? '')
    grant = found?.grant ?? ''
    standing = await handOver()
    request = (await asks(village.researcher, { days: 100 })).request?.id ?? ''
    const known = await village.steward.run<{
      community: {
        members: readonly { id: string; name: string }[]
        charter: { document: object }
        licences: readonly { id: string; document: object }[]
      }
    }>(
      '{ community(slug: "village") { members { id name } charter { document } licences { id document } } }',
    )
    member = known.community.members.find(({ name }) => name === 'contributor')?.id ?? ''
    charter = known.community.charter.document
    licence = known.community.licences[0] ?? { id: '', document: {} }
  }, 240_000)
  afterAll(async () => {
    expect(held.registry.faults).toEqual([])
    await held.registry.close()
  })

  /** What each act is sent with; of the right form, so that only the seat can stand in its way. */
  const inputs = (): Readonly<Record<string, object>> => {
    const { community } = held.village
    const { dataset, manifestDigest } = held.published
    const { email } = held.village.researcher
    const { use, facts, project } = requestInput(dataset)
    return {
      proposeMember: { community, email, name: 'R', bodies: [], reason: REASON },
      proposeAttestation: { community, email, actorKind: 'academic', reason: REASON },
      proposeCharter: { community, document: charter, reason: REASON },
      proposeMembershipEnd: { community, member, reason: REASON },
      proposeElection: { community, body: 'stewards', members: [member], reason: REASON },
      proposeLicence: {
        community,
        replaces: licence.id,
        document: licence.document,
        reason: REASON,
      },
      createDataset: { community, title: 'T', description: 'D', kind: 'text', languages: ['mi'] },
      nameProxy: { community },
      proposeDelegation: handed(),
      proposeTakedown: { dataset, reason: REASON },
      proposeFingerprint: { dataset, on: true, reason: REASON },
      proposeCustody: { dataset, step: 'leave', community, reason: REASON },
      assembleVersion: {
        dataset,
        version: '9.0.0',
        licence: held.village.licence,
        contributions: ['k_0000000000000000'],
        statement: [],
        parents: [],
      },
      proposePublication: { dataset, manifestDigest, stage: 3, reason: REASON },
      suspendDataset: { dataset, reason: REASON },
      proposeReopening: { dataset, reason: REASON },
      requestAccess: requestInput(dataset, { days: 99 }),
      reviseRequest: { request, use, facts, project, days: 98, acceptedDuties: DUTIES },
      renewAccess: {
        grant,
        changes: `${REASON} Nothing else has changed.`,
        days: 9,
        acceptedDuties: DUTIES,
      },
      reportDuty: {
        grant,
        duty: 'reportBack',
        evidence: [
          { field: 'done', text: 'A talk.' },
          { field: 'learnt', text: 'A word.' },
        ],
      },
      answerDuty: { grant, duty: 'reportBack', accepted: true },
      proposeWaiver: { grant, duty: 'shareBack', reason: REASON },
      attestDeletion: { grant, task: 'k_0', deleted: 'Two disks.', date: '2026-11-20' },
      acceptLicence: { grant, licence: held.village.licence },
      nameTeamMember: { grant, email: 'third@university.example' },
      acceptTeamPlace: { grant, licence: held.village.licence, facts, acceptedDuties: DUTIES },
      endTeamPlace: { grant, member: 't_0000000000000000' },
      proposeRevocation: { grant, reason: REASON },
      proposeDelegationEnd: { delegation: standing, reason: REASON },
      proposeDelegationResume: { delegation: standing, reason: REASON },
    }
  }
  const variablesFor = (name: string): object => {
    if (name === 'withdrawRequest') return { id: request }
    if (name === 'pauseDelegation') return { delegation: standing }
    const input = inputs()[name]
    if (!input) throw new Error(`nothing to send with ${name}`)
    return { input }
  }
  const attempt = async (name: string, role: Role) => {
    const field = FIELDS[name]
    if (!field) throw new Error(`there is no mutation ${name}`)
    const before = await size()
    const { query } = operation('mutation', field, '')
    const answer = await who(role).raw(query, variablesFor(name))
    if (answer.errors) throw new Error(`${name} by ${role}: ${JSON.stringify(answer.errors)}`)
    const value = answer.data?.[name]
    const refused =
      typeof value === 'object' && value !== null ? Reflect.get(value, 'refused') : null
    const code: string | null = refused?.code ?? null
    return { code, recorded: (await size()) > before }
  }
  const has = ({ seats }: Rule, role: Role): boolean =>
    seats.some((one) => SEATS[role].some((mine) => mine === one))

  it('refuses whoever lacks the seat, for every act, and records nothing', async () => {
    const wrong: string[] = []
    let tried = 0
    for (const rule of RULES)
      for (const role of ROLES.filter((one) => !has(rule, one))) {
        tried += 1
        const { code, recorded } = await attempt(rule.name, role)
        if (recorded || !NO_SEAT.includes(code ?? ''))
          wrong.push(`${rule.name} by ${role}: ${code ?? 'permitted'}`)
      }
    expect(wrong).toEqual([])
    expect(tried).toBeGreaterThan(100)
  }, 240_000)

  /** What ends or changes its subject comes last. */
  const LAST = ['withdrawRequest', 'suspendDataset', 'proposeReopening', 'pauseDelegation']
  const order = (name: string): number => LAST.indexOf(name)

  it('hears whoever has it: what stands in their way then is something else', async () => {
    const wrong: string[] = []
    const rules = RULES.toSorted((a, b) => order(a.name) - order(b.name))
    for (const rule of rules)
      for (const role of ROLES.filter((one) => has(rule, one))) {
        const { code } = await attempt(rule.name, role)
        // A contribution and a place in the team that are not there are told of as such.
        const absent = ['assembleVersion', 'endTeamPlace'].includes(rule.name)
        const no = absent ? NO_SEAT.filter((one) => one !== 'NOT_FOUND') : NO_SEAT
        if (no.includes(code ?? '')) wrong.push(`${rule.name} by ${role}: ${code}`)
      }
    expect(wrong).toEqual([])
  }, 240_000)

  /** By whom each act is tried in each state of its subject. */
  const inState = async (
    wanted: Readonly<Record<string, readonly (readonly [string, Role])[]>>,
  ) => {
    const wrong: string[] = []
    for (const [state, tries] of Object.entries(wanted))
      for (const [name, role] of tries) {
        const rule = RULES.find((one) => one.name === name)
        const allowed = rule?.phases.includes(state) ?? false
        const { code } = await attempt(name, role)
        if (allowed !== (code === null)) wrong.push(`${name} in ${state}: ${code ?? 'permitted'}`)
      }
    return wrong
  }

  it('follows the states of a standing decision', async () => {
    standing = await handOver()
    expect(
      await inState({
        inForce: [
          ['proposeDelegationEnd', 'contributor'],
          ['proposeDelegationResume', 'councillor'],
          ['pauseDelegation', 'councillor'],
        ],
      }),
    ).toEqual([])
    const again = await signIn(held.registry, 'two@village.example')
    people.set('councillor', again)
    expect(
      await inState({
        paused: [
          ['pauseDelegation', 'councillor'],
          ['proposeDelegationResume', 'councillor'],
          ['proposeDelegationEnd', 'contributor'],
        ],
      }),
    ).toEqual([])
    await held.registry.days(380)
    expect(
      await inState({
        expired: [
          ['pauseDelegation', 'councillor'],
          ['proposeDelegationEnd', 'contributor'],
        ],
      }),
    ).toEqual([])
  }, 120_000)

  it('follows the states of a request', async () => {
    request = (await asks(who('researcher'), { days: 97 })).request?.id ?? ''
    expect(
      await inState({
        voting: [
          ['reviseRequest', 'researcher'],
          ['withdrawRequest', 'researcher'],
        ],
      }),
    ).toEqual([])
    const asked = await asks(who('researcher'), { days: 96 })
    await decide(held.village, asked.request?.proposal?.id ?? '')
    request = asked.request?.id ?? ''
    expect(
      await inState({
        granted: [
          ['reviseRequest', 'researcher'],
          ['withdrawRequest', 'researcher'],
        ],
      }),
    ).toEqual([])
    const found = await held.registry.house.services.grants.request(request)
    grant = found?.grant ?? ''
  }, 120_000)

  it('follows the states of a grant', async () => {
    expect(
      await inState({
        active: [
          ['acceptLicence', 'researcher'],
          ['proposeRevocation', 'contributor'],
        ],
      }),
    ).toEqual([])
    await revoke(held.village, grant)
    const acts = ['acceptLicence', 'renewAccess', 'nameTeamMember'] as const
    const revoked = [
      ...acts.map((name) => [name, 'researcher'] as const),
      ['proposeRevocation', 'contributor'] as const,
    ]
    expect(await inState({ revoked })).toEqual([])
  }, 120_000)

  it('follows the states of a dataset', async () => {
    const { dataset } = held.published
    const found = await held.registry.house.services.datasets.dataset(dataset)
    if (!found?.suspension) await suspend(held.village, dataset)
    expect(
      await inState({
        suspended: [
          ['suspendDataset', 'steward'],
          ['proposeReopening', 'steward'],
          ['proposeTakedown', 'contributor'],
        ],
      }),
    ).toEqual([])
    await reopen(held.village, dataset)
    expect(
      await inState({
        listed: [
          ['proposeReopening', 'steward'],
          ['proposeTakedown', 'contributor'],
        ],
      }),
    ).toEqual([])
  }, 120_000)
})
