import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Charter, canonicalJson } from '../../../policies/index.ts'
import { castBallot } from '../../support/journey.ts'
import type { Person } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

interface InForce {
  readonly digest: string
  readonly version: number
  readonly document: Charter
}

interface Refused {
  readonly code: string
  readonly message: string
  readonly field: string | null
  readonly reasons: readonly { readonly clause: string; readonly text: string }[]
}

const digestOf = (charter: object): string =>
  `sha256-${createHash('sha256').update(canonicalJson(charter)).digest('hex')}`

describe('changing the charter', () => {
  let registry: Registry
  let village: Village

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
  }, 120_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    // The days went by faster than a checkpoint is due.
    await registry.house.services.log.checkpoint()
    expect(await registry.house.audit()).toEqual([])
    await registry.close()
  })

  const inForce = async (): Promise<InForce> => {
    const { community } = await village.researcher.run<{ community: { charter: InForce } }>(
      '{ community(slug: "village") { charter { digest version document } } }',
    )
    return community.charter
  }
  /** The charter in force, but for giving access: so many days to carry a decision out. */
  const next = async (days: number, changes: Partial<Charter> = {}): Promise<Charter> => {
    const { digest, version, document } = await inForce()
    const grant = document.matters['access.grant']
    if (!grant) throw new Error('nothing says who gives access')
    return {
      ...document,
      version: version + 1,
      previous: digest,
      matters: { ...document.matters, 'access.grant': { ...grant, execWithin: `P${days}D` } },
      ...changes,
    }
  }
  const propose = async (
    document: unknown,
    by: Person | undefined = village.council[0],
    reason = 'We have learnt.',
  ): Promise<{ proposal: { id: string } | null; refused: Refused | null }> => {
    const input = { community: village.community, document, reason }
    const answer = await by?.run<{ proposeCharter: never }>(
      'mutation ($input: ProposeCharterInput!) { proposeCharter(input: $input) { proposal { id } refused { code message field reasons { clause text } } } }',
      { input },
    )
    if (!answer) throw new Error('nobody proposes')
    return answer.proposeCharter
  }
  const proposed = async (document: unknown): Promise<string> => {
    const { proposal, refused } = await propose(document)
    if (!proposal) throw new Error(JSON.stringify(refused))
    return proposal.id
  }
  const everyoneSaysYes = async (proposal: string): Promise<void> => {
    const all = [...village.council, village.steward, village.contributor]
    for (const person of all) await castBallot(person, proposal, 'yes')
  }
  const ask = async <T>(proposal: string, fields: string): Promise<T> =>
    (
      await village.researcher.run<{ proposal: T }>(
        `query ($id: ID!) { proposal(id: $id) { ${fields} } }`,
        { id: proposal },
      )
    ).proposal

  const refusals: readonly (readonly [string, (sound: Charter) => unknown, string, string])[] = [
    ['no charter at all', () => 3, 'CHARTER_UNREADABLE', 'document'],
    [
      'a rule the format does not know',
      (sound) => ({ ...sound, quorum: '1/2' }),
      'CHARTER_UNREADABLE',
      'document/quorum',
    ],
    [
      'a version that skips one',
      (sound) => ({ ...sound, version: sound.version + 1 }),
      'CHARTER_UNSOUND',
      'document/version',
    ],
    [
      'another charter before it than the one in force',
      (sound) => ({ ...sound, previous: 'sha256-another' }),
      'CHARTER_STALE',
      'document/previous',
    ],
    [
      'a day that is still to come',
      (sound) => ({ ...sound, effectiveFrom: '2999-01-01T00:00:00Z' }),
      'CHARTER_NOT_YET',
      'document/effectiveFrom',
    ],
    [
      'the community of others',
      (sound) => ({ ...sound, community: 'c_others' }),
      'CHARTER_UNSOUND',
      'document/community',
    ],
    [
      'texts longer than an entry of the log',
      (sound) => ({ ...sound, text: { en: 'word '.repeat(9000) } }),
      'CHARTER_TOO_LONG',
      'document/text',
    ],
    [
      'more deciders than the council has',
      (sound) => ({
        ...sound,
        matters: {
          ...sound.matters,
          'member.admit': { ...sound.matters['member.admit'], minDeciders: 4 },
          'charter.amend': { ...sound.matters['charter.amend'], minDeciders: 4 },
        },
      }),
      'CHARTER_UNSOUND',
      'document/matters/member.admit/minDeciders',
    ],
  ]
  it.each(refusals)('is refused for %s', async (_what, spoil, code, field) => {
    const sound = await next(11)
    const { refused, proposal } = await propose(spoil(sound))
    expect(proposal).toBeNull()
    expect(refused).toMatchObject({ code, field })
  })

  it('is refused for what the charter in force says already', async () => {
    const { digest, version, document } = await inForce()
    const same = { ...document, version: version + 1, previous: digest }
    expect((await propose(same)).refused?.code).toBe('CHARTER_UNCHANGED')
  })

  it('is refused to outsiders and without a reason', async () => {
    const sound = await next(11)
    expect((await propose(sound, village.researcher)).refused?.code).toBe('NOT_A_MEMBER')
    expect((await propose(sound, village.council[0], ' ')).refused?.field).toBe('reason')
  })

  it('names every finding with its rule, its field and the way out', async () => {
    const { matters, ...rest } = await next(11)
    const revoke = matters['access.revoke']
    if (!revoke) throw new Error('nothing says who takes access back')
    const bad = {
      ...revoke,
      approveOfCast: '1/3',
      veto: { body: 'council', window: 'PT0S', overridable: false },
    }
    const { refused } = await propose({ ...rest, matters: { ...matters, 'access.revoke': bad } })
    const clauses = refused?.reasons.map(({ clause }) => clause)
    expect(clauses).toContain('L4 /matters/access.revoke/veto/window')
    expect(clauses).toContain('L9 /matters/access.revoke/approveOfCast')
    for (const { text } of refused?.reasons ?? []) {
      expect(text).toMatch(/give|ask for|leave|raise|lower/i)
    }
  })

  it('is voted on under the charter in force, shows its changes in words and takes effect once', async () => {
    const before = await inForce()
    const document = await next(11)
    const id = await proposed(document)
    const open = await ask<{
      matter: string
      subject: {
        charter: { digest: string; adoptedAt: string | null }
        charterChanges: { matter: string; removed: string[]; added: string[] }[]
      }
    }>(
      id,
      'matter subject { charter { digest adoptedAt } charterChanges { matter removed added } }',
    )
    expect(open.matter).toBe('charter.amend')
    expect(open.subject.charter).toEqual({ digest: digestOf(document), adoptedAt: null })
    expect(open.subject.charterChanges.map(({ matter }) => matter)).toEqual(['access.grant'])

    await everyoneSaysYes(id)
    await registry.days(60)
    const after = await inForce()
    expect(after).toEqual({ digest: digestOf(document), version: before.version + 1, document })
    expect(await ask(id, 'phase')).toEqual({ phase: 'enacted' })

    await registry.days(3)
    const { community } = await village.researcher.run<{
      community: { charters: { version: number; digest: string; proposal: string | null }[] }
    }>('{ community(slug: "village") { charters { version digest proposal } } }')
    expect(community.charters).toEqual([
      { version: 2, digest: after.digest, proposal: id },
      { version: 1, digest: before.digest, proposal: null },
    ])
    const { charter } = await village.researcher.run<{ charter: { document: object } }>(
      'query ($digest: ID!) { charter(digest: $digest) { document } }',
      { digest: before.digest },
    )
    expect(charter.document).toEqual(before.document)
  })

  it('leaves the votes that are open under the charter they were opened under', async () => {
    const amendment = await proposed(await next(12))
    await everyoneSaysYes(amendment)
    await registry.days(20)
    // Opened while the old charter still holds, and open when the new one comes.
    const { proposal: member } = (
      await village.council[0]?.run<{ proposeMember: { proposal: { id: string } } }>(
        'mutation ($input: ProposeMemberInput!) { proposeMember(input: $input) { proposal { id } } }',
        {
          input: {
            community: village.community,
            email: 'researcher@university.example',
            name: 'A neighbour',
            bodies: [],
            reason: 'They have worked with us for years.',
          },
        },
      )
    )?.proposeMember ?? { proposal: { id: '' } }
    const rule = () => ask<{ rule: string[]; closesAt: string }>(member.id, 'rule closesAt')
    const [charterBefore, ruleBefore] = [await inForce(), await rule()]
    for (let day = 0; day < 30 && (await inForce()).digest === charterBefore.digest; day += 1) {
      await registry.days(1)
    }
    expect((await inForce()).version).toBe(charterBefore.version + 1)
    expect(await rule()).toEqual(ruleBefore)
  })

  it('gives way to another that was adopted first: one of two is carried out', async () => {
    const [first, second] = [await proposed(await next(13)), await proposed(await next(14))]
    const { version } = await inForce()
    for (const id of [first, second]) await everyoneSaysYes(id)
    await registry.days(60)
    const after = await inForce()
    expect(after.version).toBe(version + 1)
    expect(after.document.matters['access.grant']?.execWithin).toBe('P13D')
    const adopted = await ask<{ subject: { charter: { adoptedAt: string | null } } }>(
      second,
      'subject { charter { adoptedAt } }',
    )
    expect(adopted.subject.charter.adoptedAt).toBeNull()
    const { entries } = await ask<{ entries: number[] }>(second, 'entries')
    const leaf = await (await fetch(`${registry.url}/log/proof?index=${entries.at(-1)}`)).json()
    expect(JSON.parse(leaf.leaf)).toMatchObject({ type: 'charter.declined', why: 'CHARTER_STALE' })
  })

  it('that was talked over cannot be opened once another has been adopted', async () => {
    const [one] = village.council
    const input = (document: Charter) => ({
      community: village.community,
      document,
      reason: 'To be talked over.',
      deliberate: true,
    })
    const MADE =
      'mutation ($input: ProposeCharterInput!) { proposeCharter(input: $input) { proposal { id phase } } }'
    const OPEN = 'mutation ($id: ID!) { openProposal(proposal: $id) { refused { code field } } }'
    const talked = async (days: number) =>
      (
        await one?.run<{ proposeCharter: { proposal: { id: string; phase: string } } }>(MADE, {
          input: input(await next(days)),
        })
      )?.proposeCharter.proposal
    const opened = async (id: string | undefined) =>
      (await one?.run<{ openProposal: { refused: object | null } }>(OPEN, { id }))?.openProposal
        .refused
    const [left, taken] = [await talked(21), await talked(22)]
    expect(left?.phase).toBe('deliberation')
    expect(await opened(taken?.id)).toBeNull()
    await everyoneSaysYes(taken?.id ?? '')
    await registry.days(5)
    const stale = await talked(23)
    await registry.days(40)
    expect((await inForce()).document.matters['access.grant']?.execWithin).toBe('P22D')
    const phases = await Promise.all(
      [left, stale].map((made) => ask<{ phase: string }>(made?.id ?? '', 'phase')),
    )
    for (const [index, made] of [left, stale].entries()) {
      if (phases[index]?.phase !== 'deliberation') continue
      expect(await opened(made?.id)).toEqual({ code: 'CHARTER_STALE', field: 'document/previous' })
    }
    expect(phases.some(({ phase }) => phase === 'deliberation')).toBe(true)
  })
})
