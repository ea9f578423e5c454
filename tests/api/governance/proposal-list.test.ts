import fc from 'fast-check'
import { type Connection, createConnection } from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldProposal } from '../../../api/src/governance/history.ts'
import { resolvers } from '../../../api/src/governance/resolvers.ts'
import type { GovernanceStore } from '../../../api/src/governance/store.ts'
import { createGovernanceStore } from '../../../api/src/storage/governance-store.ts'
import { openEmbedded } from '../../support/embedded-store.ts'

interface Page {
  readonly nodes: readonly { readonly id: string }[]
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
}

describe('the list of proposals', () => {
  let store: GovernanceStore
  let connection: Connection
  let close: () => Promise<void>

  beforeAll(async () => {
    const opened = await openEmbedded()
    connection = await createConnection(opened.uri).asPromise()
    store = await createGovernanceStore(connection)
    close = async () => {
      await connection.close()
      await opened.close()
    }
  })
  afterAll(() => close())

  const page = (after: string | null, first: number): Promise<Page> => {
    const ask = resolvers.Query?.proposals
    if (typeof ask !== 'function') throw new Error('nothing lists the proposals')
    const governance = { proposals: store.proposals, view: () => null }
    const context = { governance } as unknown as Parameters<typeof ask>[2]
    const info = {} as Parameters<typeof ask>[3]
    return Promise.resolve(ask({}, { first, after }, context, info)) as unknown as Promise<Page>
  }

  const walk = async (first: number): Promise<readonly string[]> => {
    const seen: string[] = []
    for (let after: string | null = null, more = true; more && seen.length < 100; ) {
      const { nodes, pageInfo } = await page(after, first)
      seen.push(...nodes.map(({ id }) => id))
      after = pageInfo.endCursor
      more = pageInfo.hasNextPage
    }
    return seen
  }

  it('shows every one once on its pages, however many were made in one instant', async () => {
    const instants = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(instants, fc.integer({ min: 1, max: 4 }), async (made, first) => {
        const collection = connection.collection<{ _id: string }>('proposals')
        await collection.deleteMany({})
        const docs = made.map((madeAt, i) => ({ _id: `p_${(i * 7) % 13}`, madeAt, events: [] }))
        await collection.insertMany(docs)
        const seen = await walk(first)
        expect(seen).toHaveLength(docs.length)
        expect(new Set(seen)).toEqual(new Set(docs.map(({ _id }) => _id)))
      }),
      { numRuns: 40 },
    )
  })

  it('begins anew at a cursor that nobody gave out', async () => {
    const [first] = (await page(null, 1)).nodes
    for (const after of ['', 'x', Buffer.from('NaN p_1').toString('base64url')])
      expect((await page(after, 1)).nodes).toEqual([first])
  })
})

const event = (type: string, data: object = {}) =>
  ({ type, stream: 'proposal/p_1', idx: 1, at: 1, data, secret: {} }) as unknown as Parameters<
    typeof foldProposal
  >[1]
const fold = (...events: ReturnType<typeof event>[]) =>
  [event('proposal.made', { proposal: 'p_1' }), ...events].reduce<ReturnType<typeof foldProposal>>(
    foldProposal,
    null,
  )?.counted
const closed = (changes: object) =>
  event('proposal.closed', {
    phase: 'rejected',
    pass: false,
    yes: 0,
    no: 0,
    abstain: 0,
    ...changes,
  })

describe('the register', () => {
  const opened = event('proposal.opened', { frozen: {} })
  const won = closed({ phase: 'standstill', pass: true, yes: 1 })
  const silence = closed({})
  const cases: readonly (readonly [string, readonly ReturnType<typeof event>[], unknown])[] = [
    ['a proposal before its vote', [], null],
    ['a withdrawn one', [event('proposal.withdrawn')], null],
    ['an open vote', [opened], 'open'],
    ['a vote that was won', [opened, won], 'decided'],
    ['a no', [opened, closed({ no: 1 })], 'decided'],
    ['an abstention', [opened, closed({ abstain: 1 })], 'decided'],
    ['silence', [opened, silence], 'unanswered'],
    ['too few deciders', [opened, closed({ phase: 'inquorate', yes: 1 })], 'unanswered'],
    [
      'a yes nobody carried out',
      [opened, won, event('proposal.lapsed', { phase: 'expired' })],
      'unanswered',
    ],
    ['a veto', [opened, won, event('proposal.lapsed', { phase: 'vetoed' })], 'decided'],
    [
      'silence that an appeal annulled',
      [opened, silence, event('appeal.decided', { upheld: true })],
      'decided',
    ],
    [
      'silence that an appeal let stand',
      [opened, silence, event('appeal.decided', { upheld: false })],
      'unanswered',
    ],
  ]
  for (const [what, events, expected] of cases) {
    it(`counts ${what} as ${expected ?? 'nothing'}`, () => {
      expect(fold(...events) ?? null).toBe(expected)
    })
  }
})
