import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '../../api/src/clock.ts'
import { verifyCommand } from '../../api/src/log/verify-command.ts'
import type { Actor } from '../../api/src/people/people.ts'
import { PROJECTIONS } from '../../api/src/projections.ts'
import { withStoreCopy } from '../../api/src/storage/store-copy.ts'
import { newDevice } from '../support/device.ts'
import { attest, publish, requestInput } from '../support/journey.ts'
import { type MortalStore, openMortalStore } from '../support/mortal-store.ts'
import { DAY, type Registry, startRegistry } from '../support/registry.ts'
import { found } from '../support/village.ts'
import { disorder, eventsOf, unboundEffects } from './stored.ts'

/** What can be told apart in an outcome without ids, digests and times. */
type Outcome = readonly string[]

/** A step of a decision: what leads up to it, and what the process may die in. */
interface Step {
  readonly name: string
  /** Gives the proposal, or the name of what has yet to be proposed. */
  readonly prepare: () => Promise<string>
  /** Also what the client, or the clock, does again after the restart. */
  readonly act: (about: string) => Promise<void>
  /** What came of it, where that is not told by its proposal. */
  readonly outcome?: (about: string) => Promise<Outcome>
  /** At least so many points to die at, or the test looks at nothing. */
  readonly points: number
}

const BODY = 14 * DAY
const WINDOWS = 8 * DAY

describe('a process that dies between two steps of a decision', () => {
  let folder: string
  let store: MortalStore
  let registry: Registry
  let dataset: string
  let files: string[]
  let community: string
  const clock = createClock()
  const council = ['one', 'two', 'three'].map((name) => `${name}@village.example`)

  const house = () => registry.house.services
  const start = async (): Promise<void> => {
    store = await openMortalStore(join(folder, 'registry.db'))
    registry = await startRegistry({
      dataDir: folder,
      keep: true,
      clock,
      env: { MONGODB_URI: store.uri },
      logFiles: store.logFiles,
    })
  }
  const end = async (): Promise<void> => {
    await registry.close().catch(() => undefined)
    await store.close()
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'points-'))
    await start()
    const village = await found(registry)
    community = village.community
    const words = Array.from({ length: 22 }, (_, nth) => [
      `${nth}.txt`,
      Buffer.from(`He kupu ${nth}.\n`),
    ])
    const published = await publish(village, Object.fromEntries(words))
    dataset = published.dataset
    files = published.files.map(({ path }) => path)
    await attest(village)
    await handOver()
  }, 240_000)
  afterAll(async () => {
    await end()
    await rm(folder, { recursive: true, force: true })
  })

  const actorOf = async (email: string): Promise<Actor> => {
    const account = await house().people.accountByEmail(email)
    if (!account) throw new Error(`nobody is called ${email}`)
    return { account, session: 's', scopes: null }
  }
  let names = 0
  const nextName = (): string => {
    names += 1
    return `t_${names}`
  }

  const propose = async (cmd: string): Promise<string> => {
    const sponsor = await actorOf(council[0] ?? '')
    const made = await house().governance.propose({
      community,
      title: 'Vouch for facts about a person',
      text: 'We have met them.',
      effect: { kind: 'member.attest', facts: { identityAssurance: 2 } },
      secret: { account: 'a_somebody', name: 'Somebody' },
      sponsor,
      cmd,
    })
    if (!made.ok) throw new Error(made.message)
    return made.proposal.id
  }
  const vote = async (proposal: string, email: string): Promise<void> => {
    const ballot = { type: 'ballot', choice: 'yes', reason: '' } as const
    const cast = await house().governance.act(await actorOf(email), proposal, ballot, email)
    if (!cast.ok) throw new Error(cast.message)
  }
  const boxes = new Map<string, readonly string[]>()
  /** A vote in which the council has signed; the box has yet to come to the line. */
  const sign = async (): Promise<string> => {
    const proposal = await propose(nextName())
    const text = (await house().governance.proposal(proposal))?.frozen?.textDigest ?? ''
    const ballots: string[] = []
    for (const email of council) {
      const device = newDevice()
      const { key, opens } = device
      await house().governance.addBallotKey(await actorOf(email), { proposal, key, opens })
      ballots.push(device.write({ proposal, text, number: 1, choice: 'yes' }))
    }
    boxes.set(proposal, ballots)
    return proposal
  }
  const handIn = async (proposal: string): Promise<void> => {
    const carrier = await actorOf('contributor@village.example')
    const box = { proposal, ballots: boxes.get(proposal) }
    const cast = await house().governance.castSigned(carrier, box)
    if (!cast.ok || cast.answers.some(({ ok }) => !ok)) throw new Error(JSON.stringify(cast))
  }
  const voteAll = async (proposal: string): Promise<string> => {
    for (const email of council) await vote(proposal, email)
    return proposal
  }
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms)
    await registry.house.tick()
  }
  const ask = async (): Promise<string> => {
    const who = await actorOf('researcher@university.example')
    const asked = await house().grants.requestAccess(who, {
      ...requestInput(dataset),
      key: nextName(),
    })
    if (!asked.ok || !asked.request.proposal) throw new Error(JSON.stringify(asked))
    return asked.request.proposal
  }

  const handOver = async (): Promise<void> => {
    const made = await house().grants.proposeDelegation(await actorOf(council[0] ?? ''), {
      community,
      purposes: ['learning'],
      actions: ['download'],
      noCommercialTie: false,
      longestDays: 30,
      largestTeam: 0,
      until: new Date(clock.now() + 360 * DAY).toISOString(),
      reason: 'We always say yes.',
    })
    if (!made.ok) throw new Error(made.message)
    await voteAll(made.proposal.id)
    await pass(BODY)
    await pass(WINDOWS)
  }
  const learn = async (key: string): Promise<void> => {
    const who = await actorOf('researcher@university.example')
    const use = { purposes: ['learning'], actions: ['download'] }
    const input = { ...requestInput(dataset), use, days: 30, key }
    const asked = await house().grants.requestAccess(who, input)
    if (!asked.ok || !asked.grant) throw new Error(JSON.stringify(asked))
  }
  const outcomeOfRequest = async (key: string): Promise<Outcome> => {
    const events = await house().log.read(0, 100_000)
    const made = events.find(({ cmd }) => cmd.endsWith(`:${key}`))
    const id = String(made?.data.request)
    const mine = events.filter(({ data }) => data.request === id)
    const request = await house().grants.request(id)
    return [
      ...mine.map(({ type }) => type),
      JSON.stringify([Boolean(request?.standing), Boolean(request?.grant), request?.proposal]),
    ]
  }

  const holder = () => actorOf('researcher@university.example')
  /** A file of which a holder has a copy is destroyed; gives the log index that says so. */
  const destroy = async (): Promise<string> => {
    if (!files.some((path) => had.has(path))) await download()
    const path = files.pop() ?? ''
    const giver = await actorOf('contributor@village.example')
    const [given] = await house().datasets.contributionsTo(dataset)
    const taken = await house().datasets.withdraw(giver, given?.id ?? '', [path])
    if (!taken.ok) throw new Error(JSON.stringify(taken))
    clock.advance(8 * DAY)
    await house().datasets.eraseDue()
    return String((await house().datasets.goneForGood()).at(-1)?.entry)
  }
  const had = new Set<string>()
  const download = async (): Promise<void> => {
    await voteAll(await ask())
    await pass(BODY)
    await pass(WINDOWS)
    for (const path of files) {
      const pass = await house().grants.pass(await holder(), { dataset, version: '1.0.0', path })
      if (!pass.ok) throw new Error(pass.message)
      await house().grants.open(pass, { from: 0, to: 4 })
      had.add(path)
    }
    await house().log.settled()
  }
  const taskOf = async (because: string) => {
    const grants = await house().grants.grantsOf((await holder()).account.id, dataset)
    const tasks = grants.flatMap(({ id, deletions }) =>
      deletions.map((one) => ({ grant: id, one })),
    )
    return tasks.filter(({ one }) => one.because === Number(because))
  }
  const outcomeOfDeletion = async (because: string): Promise<Outcome> =>
    (await taskOf(because)).map(({ one }) => {
      const { cause, units, attestedAt, evidence } = one
      return JSON.stringify([cause, units?.length, attestedAt !== null, evidence])
    })
  const attestOne = async (because: string): Promise<void> => {
    const [task] = await taskOf(because)
    const lines = { deleted: 'Two disks.', date: '2026-11-20' }
    const input = { grant: task?.grant, task: task?.one.id, ...lines }
    const told = await house().grants.attestDeletion(await holder(), input)
    if (!told.ok) throw new Error(JSON.stringify(told))
  }

  const tick = () => registry.house.tick()
  const steps: readonly Step[] = [
    {
      name: 'answer under a standing decision',
      prepare: async () => nextName(),
      act: learn,
      outcome: outcomeOfRequest,
      points: 6,
    },
    {
      name: 'open',
      prepare: async () => nextName(),
      act: async (cmd) => void (await propose(cmd)),
      points: 4,
    },
    {
      name: 'cast',
      prepare: () => propose(nextName()),
      act: (proposal) => vote(proposal, council[0] ?? ''),
      points: 4,
    },
    {
      name: 'hand in signed ballots',
      prepare: sign,
      act: handIn,
      points: 4,
    },
    {
      name: 'close',
      prepare: async () => {
        const proposal = await voteAll(await propose(nextName()))
        clock.advance(BODY)
        return proposal
      },
      act: tick,
      points: 4,
    },
    {
      name: 'enact',
      prepare: async () => {
        const proposal = await voteAll(await propose(nextName()))
        await pass(BODY)
        clock.advance(WINDOWS)
        return proposal
      },
      act: tick,
      points: 8,
    },
    {
      name: 'issue',
      prepare: async () => {
        const proposal = await voteAll(await ask())
        await pass(BODY)
        clock.advance(WINDOWS)
        return proposal
      },
      act: tick,
      points: 8,
    },
    {
      name: 'ask a holder to delete',
      prepare: destroy,
      act: () => house().grants.askDeletions(),
      outcome: outcomeOfDeletion,
      points: 4,
    },
    {
      name: 'attest that it is deleted',
      prepare: async () => {
        const because = await destroy()
        await house().grants.askDeletions()
        return because
      },
      act: attestOne,
      outcome: outcomeOfDeletion,
      points: 4,
    },
  ]

  /** The proposal as the log and the pages tell of it, and what came of it. */
  const outcomeOf = async (about: string): Promise<Outcome> => {
    const { log, governance } = house()
    const events = await log.read(0, 100_000)
    const made = events.find(({ cmd, data }) => cmd === about || data.proposal === about)
    const id = String(made?.data.proposal)
    const mine = events.filter(({ data }) => data.proposal === id)
    const proposal = await governance.proposal(id)
    const view = proposal && governance.view(proposal)
    const granted = events.filter(({ type, data }) => {
      return type === 'grant.issued' && JSON.stringify(data.decision).includes(id)
    })
    const { yes, no, abstain } = view?.tally ?? {}
    return [
      ...mine.map(({ type, seq }) => `${type} ${type.startsWith('proposal') ? seq : ''}`),
      ...granted.map(({ type, seq }) => `${type} ${seq}`),
      JSON.stringify([proposal?.stage, view?.phase, yes, no, abstain]),
      JSON.stringify([proposal?.closedIdx !== null, proposal?.enactedIdx !== null]),
    ]
  }

  it.each(steps)(
    '$name: comes to the same, whichever step was its last',
    async (step) => {
      const interrupted: Outcome[] = []
      for (let point = 0; ; point += 1) {
        const about = await step.prepare()
        store.dieAfter(point)
        await step.act(about).catch(() => undefined)
        if (!store.isDead()) {
          store.dieAfter(Number.POSITIVE_INFINITY)
          const whole = await (step.outcome ?? outcomeOf)(about)
          expect(interrupted).toEqual(interrupted.map(() => whole))
          break
        }
        await end()
        await start()
        await step.act(about)
        interrupted.push(await (step.outcome ?? outcomeOf)(about))
      }
      expect(interrupted.length).toBeGreaterThanOrEqual(step.points)
      console.log(`${step.name}: ${interrupted.length} points to die at`)
    },
    300_000,
  )

  it('leaves a log without gaps, each effect there once, and nothing that verify objects to', async () => {
    await registry.house.services.log.checkpoint()
    const events = await eventsOf(folder)
    expect(disorder(events)).toEqual([])
    expect(unboundEffects(events)).toEqual([])
    const lines: string[] = []
    const say = (line: string) => lines.push(line)
    const code = await verifyCommand([folder], {
      say,
      withStore: withStoreCopy,
      projections: PROJECTIONS,
    })
    expect(lines.filter((line) => line.startsWith('NOT RIGHT'))).toEqual([])
    expect(code).toBe(0)
  }, 60_000)
})
