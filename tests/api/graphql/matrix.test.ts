import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSchema } from 'graphql'
import { globSync } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCESS, type Rule, type Seat } from '../../../api/src/graphql/access.ts'
import { typeDefs } from '../../../api/src/graphql/generated.ts'
import type { Actor } from '../../../api/src/people/people.ts'
import { buildDoors } from '../../../api/src/serve.ts'
import { join, type Person, signIn, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { seatAll } from '../../support/seats.ts'
import { operation } from './plausible.ts'

const schema = buildSchema(String(typeDefs))
const MUTATIONS = Object.values(schema.getMutationType()?.getFields() ?? {})
const QUERIES = Object.values(schema.getQueryType()?.getFields() ?? {})
const ENTRIES: readonly (readonly [string, unknown])[] = Object.entries(ACCESS)
const NOT_ROUTED = ['ANY /uploads', 'POST /graphql', 'GET /healthz', 'GET /readyz', 'GET /{*path}']

const isRule = (entry: unknown): entry is Rule =>
  typeof entry === 'object' && entry !== null && 'phases' in entry
const byOf = (name: string): unknown => {
  const entry = ENTRIES.find(([one]) => one === name)?.[1]
  return isRule(entry) ? entry.by : entry
}
/** A minute takes two stewards, a signed ballot a device: assisted.test.ts and signed.test.ts of governance. */
const ELSEWHERE = new Set([
  ...['enterMinute', 'confirmMinute'],
  ...['addBallotKey', 'endBallotKey', 'castSigned'],
])
const RULES = ENTRIES.flatMap(([name, entry]) =>
  isRule(entry) && entry.of === 'proposal' && !ELSEWHERE.has(name) ? [{ name, ...entry }] : [],
)

/** Everybody there is, with the seats they have in a proposal of the sponsor. */
const SEATS = {
  anonymous: [],
  registered: [],
  operator: [],
  contributor: ['member'],
  steward: ['member', 'steward'],
  councillor: ['member', 'council'],
  guardian: ['member', 'guardian'],
  sponsor: ['member', 'council', 'sponsor'],
} as const satisfies Record<string, readonly Seat[]>
type Role = keyof typeof SEATS
const ROLES = Object.keys(SEATS).filter((role): role is Role => role in SEATS)
const SCOPES = ['read', 'download', 'contribute'] as const

const STATES = [
  'deliberation',
  'withdrawn',
  'open',
  'standstill',
  'vetoed',
  'appealed',
  'annulled',
  'rejected',
  'enacted',
] as const
type State = (typeof STATES)[number]

const FOUNDERS = [
  ['councillor', ['council'], 'river'],
  ['sponsor', ['council'], 'sea'],
  ['third', ['council'], 'hill'],
  ['guardian', ['guardians'], 'sea'],
  ['steward', ['stewards'], 'sea'],
  ['contributor', [], 'sea'],
] as const
const mailOf = (name: string) => `${name}@village.example`

/** The refusal at the gate, written down here a second time and more simply. */
const gate = (by: unknown, caller: string): string | null => {
  const [kind, scope] = caller.split(' ')
  if (by === 'anyone') return null
  if (kind === 'token') return tokenGate(by, scope)
  if (by === 'read') return null
  if (caller === 'anonymous') return 'SIGN_IN'
  return by === 'operator' && caller !== 'operator' ? 'OPERATOR_ONLY' : null
}

const tokenGate = (by: unknown, scope: string | undefined): string | null => {
  if (by === 'operator') return 'OPERATOR_ONLY'
  if (by === 'session') return 'BROWSER_ONLY'
  return scope === by ? null : 'SCOPE_MISSING'
}

const GATES = ['SIGN_IN', 'BROWSER_ONLY', 'SCOPE_MISSING', 'OPERATOR_ONLY', 'FALSE']

/** Whether an answer is what the gate has to say; some only say false. */
const fitsGate = (code: string | null, expected: string | null): boolean => {
  if (code === 'FALSE') return true
  return expected === null ? !GATES.includes(code ?? '') : code === expected
}

/** The refusal of an answer, null when it was permitted, whatever its form. */
interface Answer {
  readonly code: string | null
}

describe('who may do what', () => {
  let registry: Registry
  let community: string
  const people = new Map<string, Person>()
  const tokens = new Map<string, Person>()

  const who = (name: string): Person => {
    const person = people.get(name)
    if (!person) throw new Error(`nobody is called ${name}`)
    return person
  }
  const size = () => registry.house.services.log.size()

  const seat = async (): Promise<void> => {
    const founders = FOUNDERS.map(([name, bodies, group]) => ({
      email: mailOf(name),
      name,
      bodies,
      group,
    }))
    const seated = await seatAll(registry, founders, 'council-with-groups')
    community = seated.community
    for (const [email, person] of Object.entries(seated.people))
      people.set(email.split('@')[0] ?? '', person)
    people.set('operator', await signIn(registry, mailOf('operator')))
    people.set('registered', await join(registry, 'registered@elsewhere.example'))
    people.set('anonymous', visitor(registry))
  }

  /** The councillor's own token: what it may not do is for the lack of its scope alone. */
  const tokenOf = async (scope: string): Promise<Person> => {
    const { createToken } = await who('councillor').run<{ createToken: { secret: string } }>(
      'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
      { input: { name: scope, scopes: [scope], days: 9 } },
    )
    const nobody = visitor(registry)
    const authorization = `Bearer ${createToken.secret}`
    const send: Person['fetch'] = (path, init = {}) =>
      nobody.fetch(path, { ...init, headers: { ...init.headers, authorization } })
    return {
      ...nobody,
      fetch: send,
      raw: async (query, variables) => {
        const response = await send('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query, variables }),
        })
        return { status: response.status, ...((await response.json()) as object) }
      },
    }
  }

  beforeAll(async () => {
    registry = await startRegistry({ env: { DEMO: '1' } })
    await seat()
    for (const scope of SCOPES) tokens.set(scope, await tokenOf(scope))
  }, 240_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  describe('the table', () => {
    it('lists every field of GraphQL', () => {
      const listed = ENTRIES.map(([name]) => name).filter((name) => !name.includes(' '))
      const fields = [...MUTATIONS, ...QUERIES].map(({ name }) => name)
      expect(listed.toSorted()).toEqual(fields.toSorted())
    })

    interface Layer {
      readonly route?: {
        readonly path: string
        readonly methods: Readonly<Record<string, boolean>>
      }
      readonly handle?: { readonly stack?: readonly Layer[] }
    }
    const routesIn = (stack: readonly Layer[]): readonly string[] =>
      stack.flatMap(({ route, handle }) => {
        if (!route) return routesIn(handle?.stack ?? [])
        return Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`)
      })

    it('lists every route, and none that is not there', async () => {
      const { app } = await buildDoors(registry.house, () => undefined)
      const router: { stack: readonly Layer[] } = Reflect.get(app, 'router')
      const found = routesIn(router.stack)
      expect(found.length).toBeGreaterThan(30)
      const listed = ENTRIES.map(([name]) => name).filter((name) => name.includes(' '))
      const routed = listed.filter((name) => !NOT_ROUTED.includes(name))
      expect([...new Set(found)].filter((name) => !NOT_ROUTED.includes(name)).toSorted()).toEqual(
        routed.toSorted(),
      )
    })

    it('is what the page about permissions shows', async () => {
      const page = await (await fetch(`${registry.url}/docs/permissions`)).text()
      for (const [name] of ENTRIES) expect(page).toContain(`<th scope="row">${name}</th>`)
    })
  })

  const codeOf = (answer: Awaited<ReturnType<Person['raw']>>, field: string): string | null => {
    const [error] = answer.errors ?? []
    if (error) return error.extensions?.code ?? 'FAULT'
    const value = answer.data?.[field]
    if (value === false) return 'FALSE'
    const refused =
      typeof value === 'object' && value !== null ? Reflect.get(value, 'refused') : null
    return refused?.code ?? null
  }

  const callers = () => [
    ...ROLES.map((role) => [role, who(role)] as const),
    ...SCOPES.map((scope) => [`token ${scope}`, tokens.get(scope) ?? who('anonymous')] as const),
  ]
  /** These end the session or the account of whoever calls them. */
  const ENDING = new Set(['signOut', 'signOutEverywhere'])

  it('is decided at the gate for every operation and everybody, and a refusal records nothing', async () => {
    const wrong: string[] = []
    const fields = [
      ...MUTATIONS.map((field) => ({ kind: 'mutation' as const, field })),
      ...QUERIES.map((field) => ({ kind: 'query' as const, field })),
    ].filter(({ field }) => !ENDING.has(field.name))
    const tryOne = async ({ kind, field }: (typeof fields)[number], name: string, who: Person) => {
      const { query, variables } = operation(kind, field, 'p_0000000000000000')
      const before = await size()
      const code = codeOf(await who.raw(query, variables), field.name)
      const expected = gate(byOf(field.name), name)
      if (!fitsGate(code, expected))
        wrong.push(`${field.name} by ${name}: ${code} instead of ${expected}`)
      if (expected !== null && (await size()) !== before) wrong.push(`${field.name}: recorded`)
    }
    for (const one of fields) for (const [name, who] of callers()) await tryOne(one, name, who)
    expect(wrong).toEqual([])
  }, 240_000)

  it('lets nobody vote by the plain form who may not vote otherwise', async () => {
    const form = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'choice=yes',
      redirect: 'manual',
    } as const
    const proposal = await make('open')
    for (const scope of SCOPES) {
      const response = await tokens.get(scope)?.fetch(`/decisions/${proposal}/ballot`, form)
      expect([response?.status, await response?.json()]).toMatchObject([
        403,
        { code: 'BROWSER_ONLY' },
      ])
    }
    const stored = await registry.house.services.governance.proposal(proposal)
    expect(stored?.events).toEqual([])
    const cast = await who('councillor').fetch(`/decisions/${proposal}/ballot`, form)
    expect(cast.headers.get('location')).toBe(`/decisions/${proposal}/ballot#ballot`)
    expect((await registry.house.services.governance.proposal(proposal))?.events).toHaveLength(1)
  })

  // ---- proposals in every state -------------------------------------------------------------

  const actorOf = async (name: string): Promise<Actor> => {
    const account = await registry.house.services.people.accountByEmail(mailOf(name))
    if (!account) throw new Error(`nobody is called ${name}`)
    return { account, session: 's', scopes: null }
  }
  const act = async (name: string, proposal: string, what: object): Promise<void> => {
    const { governance } = registry.house.services
    const done = await governance.act(await actorOf(name), proposal, what as never)
    if (!done.ok) throw new Error(`${name}: ${done.message}`)
  }
  let made = 0
  /** A fresh proposal; only those in deliberation are not open yet. */
  const make = async (state: State): Promise<string> => {
    const sponsor = await actorOf('sponsor')
    made += 1
    const done = await registry.house.services.governance.propose({
      community,
      title: 'Vouch for facts about a person',
      text: 'We have met them.',
      effect: { kind: 'member.attest', facts: { identityAssurance: 2 } },
      secret: { account: 'a_somebody', name: 'x' },
      sponsor,
      cmd: `made_${made}`,
      open: state !== 'deliberation' && state !== 'withdrawn',
    })
    if (!done.ok) throw new Error(done.message)
    return done.proposal.id
  }
  const seats = new Map<string, string>()
  const seatOf = (name: string): string => {
    const member = seats.get(name)
    if (!member) throw new Error(`${name} has no seat`)
    return member
  }
  const findSeats = async (): Promise<void> => {
    const { people: register } = registry.house.services
    for (const { id, account } of await register.members(community)) {
      const email = account ? (await register.account(account))?.email : null
      if (email) seats.set(email.split('@')[0] ?? '', id)
    }
  }
  const COUNCIL = ['councillor', 'sponsor', 'third'] as const
  const REASON = 'It is not right.'

  const NEEDED: readonly (Rule & { readonly name: string })[] = RULES
  const allows = (rule: Rule, role: Role, state: State): boolean =>
    (rule.phases.length === 0 || rule.phases.includes(state)) &&
    rule.seats.some((one) => SEATS[role].some((mine) => mine === one))
  const cells = (state: State) =>
    NEEDED.flatMap((rule) =>
      ROLES.map((role) => ({ rule, role, allowed: allows(rule, role, state) })),
    )

  /** What an act takes beside its proposal; one that is not here takes nothing else. */
  const besides = (): Readonly<Record<string, object>> => {
    const reason = REASON
    const other = seatOf('third')
    return {
      castBallot: { choice: 'yes' },
      appeal: { grounds: 'procedure', reason },
      decideAppeal: { upheld: true },
      recuse: { reason },
      veto: { reason },
      reviseProposal: { title: 'Vouch for a person', text: 'We have met them twice.' },
      returnProposal: { reason },
      comment: { text: REASON, private: false },
      requireRecusal: { member: other, reason },
    }
  }
  const variablesFor = (name: string, proposal: string): object => {
    const more = besides()[name]
    return more ? { input: { proposal, ...more } } : { proposal }
  }
  const attempt = async (name: string, role: Role, proposal: string): Promise<Answer> => {
    const field = MUTATIONS.find((one) => one.name === name)
    if (!field) throw new Error(`there is no mutation ${name}`)
    const { query } = operation('mutation', field, '')
    const before = await size()
    const answer = await who(role).raw(query, variablesFor(name, proposal))
    const grown = (await size()) > before
    const code = codeOf(answer, name)
    // What is said about a proposal is no event.
    const silent = code === null && !grown && name !== 'comment'
    return { code: silent ? 'NOTHING_NEW' : code }
  }

  /** What leads a fresh proposal into a state, while its vote is open and after its close. */
  const early: Partial<Record<State, (id: string) => Promise<void>>> = {
    withdrawn: async (id) => {
      await registry.house.services.governance.withdraw(await actorOf('sponsor'), id)
    },
    rejected: async (id) => {
      for (const name of COUNCIL) await act(name, id, { type: 'ballot', choice: 'no', reason: '' })
    },
  }
  const pass = async (id: string): Promise<void> => {
    for (const name of COUNCIL) await act(name, id, { type: 'ballot', choice: 'yes', reason: '' })
  }
  const appeal = (id: string) =>
    act('contributor', id, { type: 'appeal', grounds: 'procedure', reason: REASON })
  const late: Partial<Record<State, (id: string) => Promise<void>>> = {
    vetoed: (id) => act('guardian', id, { type: 'veto', reason: REASON }),
    appealed: appeal,
    annulled: async (id) => {
      await appeal(id)
      for (const name of ['contributor', 'steward', 'guardian', 'councillor'])
        await act(name, id, { type: 'decide-appeal', upheld: true })
    },
  }

  const keyOf = (state: State, name: string, role: Role) => `${state} ${name} ${role}`
  /** By state for what is refused, which changes nothing; by state, act and person for what is not. */
  const proposals = new Map<string, string>()
  const STAY_OPEN: readonly State[] = ['deliberation', 'withdrawn', 'open', 'rejected']

  const prepareOne = async (state: State, key: string): Promise<void> => {
    const id = await make(state)
    proposals.set(key, id)
    await early[state]?.(id)
    if (!STAY_OPEN.includes(state)) await pass(id)
    const [, name, role = ''] = key.split(' ')
    if (name === 'withdrawObjection')
      await act(role, id, { type: 'ballot', choice: 'object', reason: REASON })
  }
  const prepare = async (state: State): Promise<void> => {
    const wanted = cells(state).filter(({ allowed }) => allowed)
    const keys = wanted.map(({ rule, role }) => keyOf(state, rule.name, role))
    for (const key of [state, ...keys]) await prepareOne(state, key)
  }
  const afterClose = async (): Promise<void> => {
    for (const state of STATES)
      for (const [key, id] of proposals) if (key.split(' ')[0] === state) await late[state]?.(id)
  }
  const phaseOf = async (state: State): Promise<string | undefined> => {
    const { governance } = registry.house.services
    const proposal = await governance.proposal(proposals.get(state) ?? '')
    return (proposal && governance.view(proposal)?.phase) ?? proposal?.stage
  }

  it('follows the table for every act, everybody and every state of a proposal', async () => {
    const wrong: string[] = []
    let permitted = 0
    let refused = 0
    const tryOne = async (
      state: State,
      { rule, role, allowed }: ReturnType<typeof cells>[number],
    ) => {
      const key = allowed ? keyOf(state, rule.name, role) : state
      const { code } = await attempt(rule.name, role, proposals.get(key) ?? '')
      if ((code === null) !== allowed)
        wrong.push(`${rule.name} by ${role} in ${state}: ${code ?? 'permitted'}`)
      if (allowed) permitted += 1
      else refused += 1
    }
    const tryAll = async (states: readonly State[]): Promise<void> => {
      for (const state of states) {
        expect(await phaseOf(state)).toBe(state)
        for (const cell of cells(state)) await tryOne(state, cell)
      }
    }
    await findSeats()
    for (const state of STATES) await prepare(state)
    await tryAll(['deliberation', 'withdrawn', 'open'])
    await registry.days(15)
    await afterClose()
    await tryAll(['standstill', 'vetoed', 'appealed', 'annulled', 'rejected'])
    await registry.days(8)
    await tryAll(['enacted'])
    expect(wrong).toEqual([])
    expect(permitted).toBeGreaterThan(30)
    expect(refused).toBeGreaterThan(500)
  }, 480_000)

  it('lets the commands of the operator record nothing but keys and what was erased', () => {
    const root = fileURLToPath(new URL('../../..', import.meta.url))
    const sources = globSync('api/src/*.ts', { cwd: root }).map((file) => ({
      file,
      text: readFileSync(`${root}/${file}`, 'utf8'),
    }))
    const commands = sources.filter(({ text }) => /process\.(argv|exitCode)|parseArgs\(/.test(text))
    expect(commands.map(({ file }) => file).toSorted()).toEqual([
      'api/src/erase.ts',
      'api/src/keys.ts',
      'api/src/rebuild.ts',
    ])
    const types = sources.flatMap(({ text }) => text.match(/type: '[a-z]+\.[a-z]+'/g) ?? [])
    expect(new Set(types)).toEqual(
      new Set(["type: 'key.published'", "type: 'key.compromised'", "type: 'disclosure.erased'"]),
    )
  })

  it('gives the operator what every registered person has, and the founding of communities', () => {
    const differing = [...MUTATIONS, ...QUERIES].filter(
      ({ name }) => gate(byOf(name), 'operator') !== gate(byOf(name), 'registered'),
    )
    expect(differing.map(({ name }) => name)).toEqual(['foundCommunity'])
    for (const rule of RULES)
      for (const state of STATES) expect(allows(rule, 'operator', state)).toBe(false)
  })
})
