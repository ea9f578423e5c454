import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Choice,
  type Frozen,
  noteVote,
  type PublicVote,
  publicRoll,
  recount,
  sealOf,
  slotOf,
} from '../../policies/index.ts'

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())

const RUNS = 3_000
const KEY = 'k_secret'
const MEMBERS = ['ana', 'bo', 'cy', 'di', 'eve']
const ROLL = Object.fromEntries(MEMBERS.map((member) => [member, '']))

const frozen = {
  rule: {
    body: 'council',
    approveOfRoll: '1/2',
    approveOfCast: '1/2',
    minDeciders: 2,
    groups: null,
    objection: 'none',
    effect: 'access.grant',
    vetoBody: null,
    appealBody: null,
  },
  maxRecusedShare: '1/2',
  proxyCarriesObjection: false,
  secrecy: { runningTally: 'sealed', rollCall: 'body', publicGroupCounts: 'min3' },
} as unknown as Frozen

const shown = publicRoll({ ...frozen, roll: ROLL, proxies: {} }, KEY, sha256)

interface Said {
  readonly by: string
  readonly choice: Choice | 'aside'
}

/** The entries of a vote as an honest registry would publish them. */
const entriesOf = (said: readonly Said[]): Record<string, unknown>[] => {
  const stream = 'proposal/p1'
  const opening = { type: 'proposal.opened', stream, frozen, ...shown }
  const acts = said.map(({ by, choice }, at) => {
    const slot = slotOf(KEY, by, sha256)
    if (choice === 'aside') return { type: 'member.recused', stream, slot }
    return { type: 'ballot.cast', stream, slot, seal: sealOf(`n${at}`, choice, sha256) }
  })
  return [opening, ...acts, closing(said)]
}

const closing = (said: readonly Said[]): Record<string, unknown> => {
  const last = new Map<string, { readonly at: number; readonly choice: Choice }>()
  const aside = new Set(said.flatMap(({ by, choice }) => (choice === 'aside' ? [by] : [])))
  said.forEach(({ by, choice }, at) => {
    if (choice !== 'aside' && !aside.has(by)) last.set(by, { at, choice })
  })
  const ballots = [...last.values()].sort((a, b) => a.at - b.at)
  const of = (...choices: Choice[]) => ballots.filter((one) => choices.includes(one.choice)).length
  const deciders = MEMBERS.length - aside.size
  const [yes, no] = [of('yes'), of('no', 'object')]
  const quorate = deciders >= 2 && aside.size * 2 <= MEMBERS.length
  return {
    type: 'proposal.closed',
    stream: 'proposal/p1',
    deciders,
    yes,
    no,
    abstain: of('abstain'),
    objections: of('object'),
    pass: quorate && yes > no && yes * 2 >= deciders,
    ballots: ballots.map(({ at, choice }) => [at + 1, choice, `n${at}`]),
  }
}

const countAgain = (entries: readonly object[]) => {
  const votes = new Map<string, PublicVote>()
  entries.forEach((entry, index) => {
    noteVote(votes, index, JSON.stringify(entry))
  })
  const [vote] = votes.values()
  return vote ? recount(vote, sha256) : null
}

const HONEST: readonly Said[] = [
  { by: 'ana', choice: 'no' },
  { by: 'bo', choice: 'yes' },
  { by: 'cy', choice: 'yes' },
  { by: 'ana', choice: 'yes' },
  { by: 'di', choice: 'no' },
]

const said = fc.record({
  by: fc.constantFrom(...MEMBERS),
  choice: fc.constantFrom<Said['choice']>('yes', 'no', 'abstain', 'object', 'aside'),
})

const voice = fc.record({
  by: fc.constantFrom(...MEMBERS),
  choice: fc.constantFrom<Choice>('yes', 'no', 'abstain', 'object'),
})

interface Closing {
  deciders: number
  yes: number
  no: number
  abstain: number
  objections: number
  pass: boolean
  ballots: [entry: number, choice: Choice, nonce: string][]
}

/** What a dishonest registry could write into the close of a vote; false where it changes nothing. */
const LIES: readonly (readonly [string, (close: Closing, drawn: number) => boolean])[] = [
  [
    'a number',
    (close, drawn) => {
      const names = ['deciders', 'yes', 'no', 'abstain', 'objections'] as const
      close[names[drawn % names.length] ?? 'yes'] += 1 + (drawn % 3)
      return true
    },
  ],
  [
    'the outcome',
    (close) => {
      close.pass = !close.pass
      return true
    },
  ],
  [
    'a choice',
    ({ ballots }, drawn) => {
      const ballot = ballots[drawn % ballots.length]
      if (ballot) ballot[1] = ballot[1] === 'yes' ? 'no' : 'yes'
      return ballot !== undefined
    },
  ],
  [
    'a ballot left out',
    ({ ballots }, drawn) => ballots.splice(drawn % ballots.length, 1).length > 0,
  ],
  [
    'a ballot twice',
    ({ ballots }, drawn) => {
      const ballot = ballots[drawn % ballots.length]
      if (ballot) ballots.push(ballot)
      return ballot !== undefined
    },
  ],
  [
    'another nonce',
    ({ ballots }, drawn) => {
      const ballot = ballots[drawn % ballots.length]
      if (ballot) ballot[2] += 'x'
      return ballot !== undefined
    },
  ],
]

describe('a vote counted again by outsiders', () => {
  it('agrees with whatever an honest registry has recorded', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 12 }), (all) => {
        // Whoever stands aside casts no ballot any more: the registry refuses it.
        const acts = all.filter(
          ({ by }, at) => !all.slice(0, at).some((one) => one.by === by && one.choice === 'aside'),
        )
        expect(countAgain(entriesOf(acts))?.problems).toEqual([])
      }),
      { numRuns: RUNS },
    )
  })

  it('disagrees with every record in which a number, a choice or a ballot was changed', () => {
    const lies: Record<string, number> = {}
    fc.assert(
      fc.property(
        fc.array(voice, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...LIES),
        fc.nat(),
        (all, [name, lie], drawn) => {
          const entries = entriesOf(all)
          if (!lie(entries.at(-1) as unknown as Closing, drawn)) return
          lies[name] = (lies[name] ?? 0) + 1
          expect(countAgain(entries)?.problems, name).not.toEqual([])
        },
      ),
      { numRuns: RUNS },
    )
    for (const [name] of LIES) expect(lies[name], name).toBeGreaterThan(RUNS / 10)
  })

  it('waits until the vote has closed', () => {
    expect(countAgain(entriesOf(HONEST).slice(0, -1))).toBeNull()
  })

  it('counts the last ballot of each', () => {
    expect(countAgain(entriesOf(HONEST))?.tally).toMatchObject({ yes: 3, no: 1, pass: true })
  })

  const tampered = (change: (entries: Record<string, unknown>[]) => void) => {
    const entries = entriesOf(HONEST)
    change(entries)
    return countAgain(entries)?.problems.join('\n')
  }
  const ballots = (entry: Record<string, unknown> | undefined) =>
    entry?.ballots as [number, string, string][]

  it.each<[string, (entries: Record<string, unknown>[]) => void, string]>([
    [
      'a result of its own',
      (e) => Object.assign(e[6] ?? {}, { pass: false }),
      '"pass" was recorded',
    ],
    ['one yes more', (e) => Object.assign(e[6] ?? {}, { yes: 4 }), '"yes" was recorded as 4'],
    [
      'a ballot opened as another choice',
      (e) => ballots(e[6]).splice(0, 1, [2, 'no', 'n1']),
      'entry 2 was opened as no',
    ],
    [
      'a ballot left out',
      (e) => ballots(e[6]).splice(0, 1),
      'the ballot in entry 2 was not counted',
    ],
    [
      'an earlier ballot in place of the last',
      (e) => ballots(e[6]).splice(2, 1, [1, 'no', 'n0']),
      'entry 1 was counted, but it is no last ballot',
    ],
    ['a ballot twice', (e) => ballots(e[6]).push([2, 'yes', 'n1']), 'entry 2 was counted twice'],
    [
      'a ballot that was never cast',
      (e) => ballots(e[6]).push([0, 'yes', 'n9']),
      'entry 0 was counted, but it is no last ballot',
    ],
    [
      'a ballot of nobody on the roll',
      (e) => Object.assign(e[2] ?? {}, { slot: slotOf(KEY, 'stranger', sha256) }),
      'entry 2 was counted, but it is of nobody on the roll',
    ],
    [
      'somebody who stood aside and is counted',
      (e) => {
        e.splice(6, 0, {
          type: 'member.recused',
          stream: 'proposal/p1',
          slot: slotOf(KEY, 'bo', sha256),
        })
      },
      'entry 2 was counted',
    ],
    [
      'words in place of ballots',
      (e) => Object.assign(e[6] ?? {}, { ballots: ['yes'] }),
      'cannot be read',
    ],
  ])('names %s', (_, change, problem) => {
    expect(tampered(() => undefined)).toBe('')
    expect(tampered(change)).toContain(problem)
  })

  it('says so when the roll was too long to be published', () => {
    const without = (missing: object) =>
      entriesOf(HONEST).map((entry) => ({ ...entry, ...missing }))
    const uncounted = { tally: null, problems: [], uncounted: expect.stringMatching(/too long/) }
    expect(countAgain(without({ slots: null, ballots: null }))).toMatchObject(uncounted)
    expect(countAgain(without({ slots: null }))).toMatchObject(uncounted)
    expect(countAgain(without({ ballots: null }))).toMatchObject(uncounted)
    expect(countAgain(entriesOf(HONEST).slice(1))).toMatchObject(uncounted)
  })

  it.each([
    ['no list', ['a', 'b', 'c'].join()],
    ['a slot of two parts', ['slot', 'group']],
    ['a slot with a number', ['slot', 'group', 1]],
    ['a number for a slot', [1, '', '']],
  ])('counts on no roll that holds %s', (_what, slot) => {
    const entries = entriesOf(HONEST)
    const [opening] = entries
    Object.assign(opening ?? {}, { slots: [...(shown?.slots ?? []), slot] })
    expect(countAgain(entries)).toMatchObject({ tally: null })
  })

  it.each([
    ['a word for its entry', ['2', 'yes', 'n1']],
    ['a choice nobody offered', [2, 'maybe', 'n1']],
    ['no nonce', [2, 'yes', null]],
    ['no list', { 0: 2, 1: 'yes', 2: 'n1' }],
  ])('reads no opened ballot with %s', (_what, ballot) => {
    expect(tampered((e) => ballots(e[6]).splice(0, 1, ballot as never))).toContain(
      '1 opened ballots cannot be read',
    )
  })

  it('lets the proxy of a member speak only while the member is silent', () => {
    const lent = publicRoll({ ...frozen, roll: ROLL, proxies: { eve: 'bo' } }, KEY, sha256)
    const [opening, ...rest] = entriesOf(HONEST)
    const close = { ...rest.at(-1), yes: 4 }
    const entries = [{ ...opening, ...lent }, ...rest.slice(0, -1), close]
    expect(countAgain(entries)).toMatchObject({ tally: { yes: 4 }, problems: [] })
    expect(tampered((e) => Object.assign(e[0] ?? {}, lent))).toContain('"yes" was recorded as 3')
  })

  it('judges the outcome only where it can count the groups that were asked', () => {
    const groups = { need: '1/1', minYes: 1 }
    const told = (groupsShown: boolean) =>
      tampered((e) => {
        Object.assign(e[0] ?? {}, {
          frozen: { ...frozen, rule: { ...frozen.rule, groups } },
          groupsShown,
        })
      })
    expect(told(false)).toBe('')
    expect(told(true)).toContain('"pass" was recorded as true; counted again it is false')
  })

  it('takes note of members whom their peers made stand aside', () => {
    const aside = { type: 'peers.recused', stream: 'proposal/p1', slot: slotOf(KEY, 'bo', sha256) }
    expect(tampered((e) => e.splice(6, 0, aside))).toContain('entry 2 was counted')
  })

  it('takes note of members about whom it is decided', () => {
    const asideSlots = [slotOf(KEY, 'bo', sha256)]
    expect(tampered((e) => Object.assign(e[0] ?? {}, { asideSlots }))).toContain(
      'entry 2 was counted',
    )
  })

  it('passes over what is no entry of a vote', () => {
    const votes = new Map<string, PublicVote>()
    for (const leaf of [
      '',
      '"proposal/',
      '[]',
      '{"stream":"proposal/"}',
      '{"stream":"grant/proposal/x"}',
      'null "proposal/',
      '{"about":"proposal/","stream":7}',
    ])
      noteVote(votes, 0, leaf)
    expect([...votes.keys()].filter((id) => id !== '')).toEqual([])
  })
})

describe('the public roll', () => {
  const grouped = (sizes: readonly number[], publicGroupCounts = 'min3') => {
    const roll = Object.fromEntries(
      sizes.flatMap((size, group) =>
        Array.from({ length: size }, (_, n) => [`m${group}-${n}`, `family ${group}`]),
      ),
    )
    const secrecy = { ...frozen.secrecy, publicGroupCounts } as Frozen['secrecy']
    return publicRoll({ roll, proxies: {}, secrecy }, KEY, sha256)
  }

  it('names neither members nor groups', () => {
    const text = JSON.stringify(grouped([3, 4]))
    expect(text).not.toMatch(/m\d-\d|family/)
    expect(new Set(grouped([3, 4])?.slots.map(([, group]) => group)).size).toBe(2)
  })

  it('gives away no name, whoever is on the roll and whoever speaks for whom', () => {
    const name = fc.stringMatching(/^[a-z]{6,10}$/)
    let shownGroups = 0
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 2, maxLength: 8 }),
        fc.uniqueArray(name, { minLength: 2, maxLength: 2 }),
        fc.constantFrom('min3', 'never', 'always'),
        (members, families, publicGroupCounts) => {
          const roll = Object.fromEntries(
            members.map((member, at) => [member, families[at % 2] ?? '']),
          )
          const proxies = { [members[0] ?? '']: members[1] ?? '' }
          const secrecy = { ...frozen.secrecy, publicGroupCounts } as Frozen['secrecy']
          const shownRoll = publicRoll({ roll, proxies, secrecy }, KEY, sha256)
          const text = JSON.stringify(shownRoll)
          for (const secret of [...members, ...families, KEY]) expect(text).not.toContain(secret)
          const told = shownRoll?.slots.some(([, group]) => group !== '')
          expect(told).toBe(shownRoll?.groupsShown)
          if (told) shownGroups += 1
          const small = publicGroupCounts === 'min3' && members.length < 6
          if (small || publicGroupCounts === 'never') expect(told).toBe(false)
        },
      ),
      { numRuns: RUNS },
    )
    expect(shownGroups).toBeGreaterThan(RUNS / 4)
  })

  it('hides the groups when one of them has fewer than three people', () => {
    expect(grouped([3, 2])).toMatchObject({ groupsShown: false })
    expect(grouped([3, 2])?.slots.every(([, group]) => group === '')).toBe(true)
    expect(grouped([3, 3])).toMatchObject({ groupsShown: true })
  })

  it('follows the charter where that says never or always', () => {
    expect(grouped([3, 3], 'never')?.groupsShown).toBe(false)
    expect(grouped([1, 1], 'always')?.groupsShown).toBe(true)
  })

  it('gives the same member another slot in every vote', () => {
    expect(slotOf('k1', 'ana', sha256)).not.toBe(slotOf('k2', 'ana', sha256))
  })

  it('tells people without a group from groups, which it hides for fewer than three of one', () => {
    const roll = { ana: 'hill', bo: 'hill', cy: 'hill', di: '', eve: '' }
    const slots = publicRoll({ roll, proxies: {}, secrecy: frozen.secrecy }, KEY, sha256)
    expect(slots?.groupsShown).toBe(true)
    expect(new Set(slots?.slots.map(([, group]) => group)).size).toBe(2)
    expect(slots?.slots.filter(([, group]) => group === '')).toHaveLength(2)
  })

  it('stands in the order of its slots, which tells nothing of the members', () => {
    const names = Array.from({ length: 40 }, (_one, at) => [`m${at}`, ''])
    const roll = Object.fromEntries(names)
    const slots =
      publicRoll({ roll, proxies: {}, secrecy: frozen.secrecy }, KEY, sha256)?.slots ?? []
    const order = slots.map(([slot]) => slot)
    expect(order).toEqual([...order].sort())
    expect(order).toHaveLength(40)
  })

  it('says of who speaks for themselves that nobody speaks for them', () => {
    const roll = publicRoll({ ...frozen, roll: ROLL, proxies: { ana: 'bo' } }, KEY, sha256)
    expect(roll?.slots.filter(([, , proxy]) => proxy === '')).toHaveLength(4)
  })

  it('names a group otherwise than a member of the same name, and otherwise in every vote', () => {
    const slotsOf = (key: string) =>
      publicRoll(
        { roll: { a: 'a', b: 'a', c: 'a' }, proxies: {}, secrecy: frozen.secrecy },
        key,
        sha256,
      )
    const groupsOf = (key: string) => new Set(slotsOf(key)?.slots.map(([, group]) => group))
    expect(groupsOf('k1')).not.toEqual(groupsOf('k2'))
    const [group = ''] = groupsOf('k1')
    expect(slotOf('k1', 'a', sha256).startsWith(group)).toBe(false)
  })

  it('keeps proxies', () => {
    const roll = publicRoll({ ...frozen, roll: ROLL, proxies: { ana: 'bo' } }, KEY, sha256)
    const lent = roll?.slots.find(([slot]) => slot === slotOf(KEY, 'ana', sha256))
    expect(lent?.[2]).toBe(slotOf(KEY, 'bo', sha256))
  })

  it('is left out when it does not fit into one entry', () => {
    expect(grouped([1_000])?.slots).toHaveLength(1_000)
    expect(JSON.stringify(grouped([500, 500])).length).toBeLessThan(60_000)
    expect(grouped([1_001])).toBeNull()
  })
})

describe('ballots of a meeting counted again by outsiders', () => {
  const stream = 'proposal/p1'
  const slot = (member: string) => slotOf(KEY, member, sha256)
  const assisted = { ...frozen, assisted: { stewards: [], maxShare: '1/2' } }
  const minute = (...said: readonly [string, Choice][]) => ({
    type: 'minute.entered',
    stream,
    minute: 'e1',
    slot: slot('ste'),
    ballots: said.map(([by, choice]) => [slot(by), sealOf(`n-${by}`, choice, sha256)]),
  })
  const confirmed = (by: string) => ({
    type: 'minute.confirmed',
    stream,
    minute: 'e1',
    slot: slot(by),
  })
  const own = (by: string, choice: Choice) => ({
    type: 'ballot.cast',
    stream,
    slot: slot(by),
    seal: sealOf(`n-${by}`, choice, sha256),
  })
  const closed = (counts: object, ballots: readonly (readonly [number, Choice, string])[]) => ({
    type: 'proposal.closed',
    stream,
    deciders: 5,
    no: 0,
    abstain: 0,
    objections: 0,
    pass: true,
    ballots: ballots.map(([entry, choice, by]) => [entry, choice, `n-${by}`]),
    ...counts,
  })
  const opening = { type: 'proposal.opened', stream, frozen: assisted, ...shown }
  const two = minute(['ana', 'yes'], ['bo', 'yes'])
  const told = closed({ yes: 3, assisted: 2 }, [
    [1, 'yes', 'ana'],
    [1, 'yes', 'bo'],
    [3, 'yes', 'cy'],
  ])
  const problems = (...entries: readonly object[]) =>
    countAgain([opening, ...entries])?.problems.join('\n')

  it('agree when two stewards vouch for them', () => {
    expect(problems(two, confirmed('wes'), own('cy', 'yes'), told)).toBe('')
  })

  it('are named when nobody confirmed them, or only who entered them', () => {
    expect(problems(two, own('x', 'no'), own('cy', 'yes'), told)).toContain('no last ballot')
    expect(problems(two, confirmed('ste'), own('cy', 'yes'), told)).toContain('who entered it')
  })

  it('are named when one is opened as something else, left out, or not said to be assisted', () => {
    const [first, ...rest] = told.ballots
    const lied = { ...told, ballots: [[1, 'no', first?.[2]], ...rest] }
    expect(problems(two, confirmed('wes'), own('cy', 'yes'), lied)).toContain('was sealed')
    const less = { ...told, ballots: rest }
    expect(problems(two, confirmed('wes'), own('cy', 'yes'), less)).toContain('was not counted')
    const silent = { ...told, assisted: 0 }
    expect(problems(two, confirmed('wes'), own('cy', 'yes'), silent)).toContain('"assisted"')
  })

  it('are named when they are more than the charter allows', () => {
    const three = minute(['ana', 'yes'], ['bo', 'yes'], ['cy', 'yes'])
    const all = closed({ yes: 3, assisted: 3 }, [
      [1, 'yes', 'ana'],
      [1, 'yes', 'bo'],
      [1, 'yes', 'cy'],
    ])
    expect(problems(three, confirmed('wes'), all)).toContain('allows at most 1/2')
  })

  it('give way to a ballot of one’s own', () => {
    const both = closed({ yes: 2, assisted: 1, pass: false }, [
      [1, 'yes', 'bo'],
      [3, 'yes', 'ana'],
    ])
    expect(problems(two, confirmed('wes'), own('ana', 'yes'), both)).toBe('')
  })
})
