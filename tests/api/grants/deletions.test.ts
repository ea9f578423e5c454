import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decide, requestAccess, requestInput } from '../../support/journey.ts'
import { mailsTo } from '../../support/mailbox.ts'
import { join, visitor } from '../../support/person.ts'
import { DAY } from '../../support/registry.ts'
import { ask, eventsSince, type Held, hold, TEXT, urlOf } from './held.ts'

const GRANT = `query ($id: ID!) { grant(id: $id) { deletions {
  id cause units phase overdue dueAt attestedAt viewerCanAttest evidence { field text } } } }`

const BOARD = `{ community(slug: "village") { dutyBoard {
  counts { kind open late kept } open { title kind phase evidence { text } } } } }`

interface Task {
  readonly id: string
  readonly cause: string
  readonly units: readonly string[] | null
  readonly phase: string
  readonly viewerCanAttest: boolean
}

interface Board {
  readonly community: {
    readonly dutyBoard: {
      readonly counts: readonly { kind: string; open: number; late: number; kept: number }[]
      readonly open: readonly { kind: string; evidence: unknown }[]
    }
  }
}

const OTHER = Buffer.from('words of somebody else\n')

describe('copies of what is gone', () => {
  let held: Held
  const later = (days: number) => held.registry.house.services.clock.advance(days * DAY)
  const tasks = async (who = held.village.researcher): Promise<readonly Task[]> => {
    const { grant } = await who.run<{ grant: { deletions: readonly Task[] } | null }>(GRANT, {
      id: held.grant,
    })
    return grant?.deletions ?? []
  }
  const fetchOther = async () => {
    const answer = await held.village.researcher.fetch(urlOf(held.published, 'other.txt'))
    await held.registry.house.services.log.settled()
    return answer.ok ? 'ok' : ((await answer.json()) as { code: string }).code
  }
  const attest = async (task: string, changes: object = {}, who = held.village.researcher) => {
    const input = { grant: held.grant, task, deleted: 'Two disks.', date: '2026-11-20', ...changes }
    const { attestDeletion } = await who.run<{
      attestDeletion: { refused: { code: string; field: string | null } | null }
    }>(
      'mutation ($input: AttestDeletionInput!) { attestDeletion(input: $input) { grant { id } refused { code field } } }',
      { input },
    )
    return attestDeletion.refused?.code ?? 'ok'
  }
  const board = async (who: { run: <T>(query: string) => Promise<T> }) =>
    (await who.run<Board>(BOARD)).community.dutyBoard
  const deletionsIn = (counts: Board['community']['dutyBoard']['counts']) =>
    counts.find(({ kind }) => kind === 'deletion')

  const takeBack = async () => {
    const { viewer } = await held.village.contributor.run<{
      viewer: { contributions: readonly { id: string }[] }
    }>('{ viewer { contributions { id } } }')
    await held.village.contributor.run(
      'mutation ($id: ID!) { withdrawContribution(id: $id, files: ["words.txt", "never.txt"]) { refused { code } } }',
      { id: viewer.contributions[0]?.id },
    )
  }

  beforeAll(async () => {
    const never = Buffer.from('words that nobody has fetched\n')
    held = await hold({ 'words.txt': TEXT, 'other.txt': OTHER, 'never.txt': never })
    const fetched = await held.village.researcher.fetch(urlOf(held.published, 'words.txt'))
    expect((await fetched.arrayBuffer()).byteLength).toBe(TEXT.length)
    expect(await fetchOther()).toBe('ok')
  }, 120_000)
  afterAll(() => held.registry.close())

  it('of what was fetched are asked for once it is destroyed, not while that can be undone', async () => {
    await takeBack()
    await held.registry.house.tick()
    expect(await tasks()).toEqual([])
    await held.registry.days(8)
    const [file] = held.published.files.filter(({ path }) => path === 'words.txt')
    expect(await tasks()).toMatchObject([
      { cause: 'withdrawal', units: [file?.sha256], phase: 'due', viewerCanAttest: true },
    ])
  })

  it('are asked for once, however often it is looked for', async () => {
    await held.registry.house.tick()
    await held.registry.house.services.grants.askDeletions()
    expect(await eventsSince(held.registry, 0, 'deletion.asked')).toHaveLength(1)
    await held.registry.house.post()
    await held.registry.house.post()
    const mails = (await mailsTo(held.registry, 'researcher@university.example')).map(
      ({ subject }) => subject,
    )
    expect(mails.filter((subject) => subject.startsWith('Delete your copies'))).toEqual([
      'Delete your copies: Words by the river',
    ])
  })

  it('concern the holder and those who sit in a body, and nobody else', async () => {
    const stranger = await join(held.registry, 'other@university.example')
    expect(await tasks(stranger)).toEqual([])
    expect(await tasks(held.village.steward)).toMatchObject([{ viewerCanAttest: false }])
    const [task] = await tasks()
    expect(await attest(task?.id ?? '', {}, stranger)).toBe('NOT_FOUND')
    expect(await attest('k_0')).toBe('NO_SUCH_TASK')
    expect(await attest(task?.id ?? '', { deleted: ' ' })).toBe('BAD_INPUT')
    for (const date of ['yesterday', '2026-02-30', '2999-01-01'])
      expect(await attest(task?.id ?? '', { date })).toBe('BAD_INPUT')
  })

  it('bar downloads and new grants once they are late', async () => {
    expect(await fetchOther()).toBe('ok')
    later(31)
    expect((await tasks())[0]?.phase).toBe('overdue')
    expect(await fetchOther()).toBe('LICENCE_REFUSES')
    const again = requestInput(held.published.dataset, {
      project: 'We study how nouns are used in stories told by the sea.',
    })
    const { refused } = await requestAccess(held.village.researcher, again)
    expect(refused?.code).toBe('NOT_PERMITTED')
    expect(deletionsIn((await board(visitor(held.registry))).counts)).toMatchObject({
      open: 1,
      late: 1,
    })
  })

  it('are settled by a statement, and with it the door opens', async () => {
    const [task] = await tasks()
    expect(await attest(task?.id ?? '', { models: 'One, trained anew.' })).toBe('ok')
    expect(await attest(task?.id ?? '', { deleted: 'Again.' })).toBe('ok')
    expect(await tasks()).toMatchObject([
      {
        phase: 'accepted',
        viewerCanAttest: false,
        evidence: [
          { field: 'deleted', text: 'Two disks.' },
          { field: 'date', text: '2026-11-20' },
          { field: 'models', text: 'One, trained anew.' },
        ],
      },
    ])
    expect(await fetchOther()).toBe('ok')
    expect(deletionsIn((await board(visitor(held.registry))).counts)).toMatchObject({
      open: 0,
      kept: 1,
    })
  })

  it('stand before everybody without a name or a word of the holder', async () => {
    later(170)
    const guest = await board(visitor(held.registry))
    const member = await board(held.village.steward)
    expect(guest.open.map(({ kind, evidence }) => [kind, evidence])).toContainEqual([
      'reportBack',
      null,
    ])
    expect(member.open[0]?.evidence).toEqual([])
    expect(JSON.stringify(guest)).not.toMatch(/Two disks|researcher/)
  })

  it('are asked for again when all of it is taken down', async () => {
    const input = { dataset: held.published.dataset, reason: 'It should never have been here.' }
    const proposal = await ask(held.village.steward, 'proposeTakedown', 'DatasetVoteInput', input)
    await decide(held.village, proposal)
    expect((await tasks()).map(({ cause, units }) => [cause, units])).toContainEqual([
      'takedown',
      null,
    ])
  })

  it('bring about no fault', () => {
    expect(held.registry.faults).toEqual([])
  })
})
