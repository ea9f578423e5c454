import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Registry, startRegistry } from '../support/registry.ts'
import { growSeed, type Seeded } from './seeded.ts'
import { verifyFolder } from './stored.ts'

/** An entry as anybody gets it. */
interface Entry {
  readonly index: number
  readonly type: string
  readonly stream: string
  readonly slot?: string
  readonly seal?: string
  readonly slots?: readonly [string, string, string][] | null
  readonly groupsShown?: boolean
  readonly ballots?: readonly [number, string, string][] | null
  readonly frozen?: { readonly rule: Rule }
  readonly [name: string]: unknown
}

interface Rule {
  readonly approveOfRoll: string
  readonly approveOfCast: string
  readonly minDeciders: number
  readonly groups: { readonly need: string; readonly minYes: number } | null
  readonly objection: string
}

const readAll = async (url: string): Promise<readonly Entry[]> => {
  const all: Entry[] = []
  for (;;) {
    const response = await fetch(`${url}/log/entries?from=${all.length}`)
    const page: { entries: { index: number; leaf: string }[] } = await response.json()
    if (page.entries.length === 0) return all
    for (const { index, leaf } of page.entries) all.push({ ...JSON.parse(leaf), index })
  }
}

const seal = (nonce: string, choice: string): string =>
  createHash('sha256').update(`["ballot","${nonce}","${choice}"]`).digest('base64url')

/** part of whole is at least share, in whole numbers. */
const reaches = (part: number, whole: number, share: string): boolean => {
  const [num = 0, den = 1] = share.split('/').map(Number)
  return part * den >= num * whole
}

/** What somebody finds who reads the rule and counts: nothing of the registry's own code. */
const countByHand = (entries: readonly Entry[], closed: Entry) => {
  const own = entries.filter(({ stream }) => stream === closed.stream)
  const opening = own.find(({ type }) => type === 'proposal.opened')
  const rule = opening?.frozen?.rule
  if (!rule || !opening?.slots || !closed.ballots) throw new Error('nothing to count')
  const aside = own.flatMap(({ type, slot }) => (type === 'member.recused' ? [slot] : []))
  const deciders = opening.slots.filter(([slot]) => !aside.includes(slot))
  const cast = own.filter(({ type, slot }) => type === 'ballot.cast' && !aside.includes(slot))
  const last = new Map(cast.map((ballot) => [ballot.slot, ballot]))
  const choices = new Map<string, string>()
  for (const [entry, choice, nonce] of closed.ballots) {
    const ballot = [...last.values()].find(({ index }) => index === entry)
    if (ballot?.seal !== seal(nonce, choice)) throw new Error(`entry ${entry} is not ${choice}`)
    choices.set(String(ballot.slot), choice)
  }
  if (choices.size !== last.size) throw new Error('not every last ballot was opened')
  const of = (...wanted: string[]) => [...choices.values()].filter((c) => wanted.includes(c)).length
  const [yes, no] = [of('yes'), of('no', 'object')]
  const groups = [...new Set(opening.slots.map(([, group]) => group))].filter((one) => one !== '')
  const agreeing = groups.filter((group) => {
    const there = deciders.filter(([slot, g]) => g === group && choices.get(slot) === 'yes')
    return there.length >= (rule.groups?.minYes ?? 0)
  })
  const groupsAgree = !rule.groups || reaches(agreeing.length, groups.length, rule.groups.need)
  const pass =
    deciders.length >= rule.minDeciders &&
    yes > no &&
    reaches(yes, deciders.length, rule.approveOfRoll) &&
    reaches(yes, yes + no, rule.approveOfCast) &&
    groupsAgree &&
    (rule.objection === 'none' || of('object') === 0)
  const counted = { deciders: deciders.length, yes, no, abstain: of('abstain') }
  return rule.groups && !opening.groupsShown ? counted : { ...counted, pass }
}

describe('an outsider with nothing but the public log of the demonstration', () => {
  let seeded: Seeded
  let registry: Registry
  let entries: readonly Entry[]
  const closed = () => entries.filter(({ type }) => type === 'proposal.closed')

  beforeAll(async () => {
    seeded = await growSeed()
    registry = await startRegistry({ dataDir: await seeded.copy(), keep: true })
    entries = await readAll(registry.url)
  }, 240_000)
  afterAll(async () => {
    await registry.close()
    await seeded.remove()
  })

  it('finds every closed vote as it was recorded', () => {
    expect(closed().length).toBeGreaterThan(20)
    for (const one of closed()) expect(one).toMatchObject(countByHand(entries, one))
  })

  it('finds the result that the registry shows', async () => {
    const query = `{ proposals(first: 100) { nodes { id phase tally { yes no abstain deciders pass } ballots { entry choice } } } }`
    const response = await fetch(`${registry.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
    const { data } = (await response.json()) as {
      data: {
        proposals: { nodes: { id: string; phase: string; tally: object; ballots: unknown }[] }
      }
    }
    const shown = new Map(data.proposals.nodes.map((one) => [`proposal/${one.id}`, one]))
    for (const one of closed()) {
      expect(shown.get(one.stream)?.tally).toMatchObject(countByHand(entries, one))
      expect(shown.get(one.stream)?.ballots).toHaveLength(one.ballots?.length ?? -1)
    }
    const open = [...shown.values()].filter(({ phase }) => phase === 'open')
    expect(open.length).toBeGreaterThan(0)
    expect(open.every(({ ballots, tally }) => ballots === null && tally === null)).toBe(true)
  })

  it('learns of nobody who they are or how they voted while a vote is open', () => {
    const opened = new Set(entries.flatMap((e) => (e.type === 'proposal.opened' ? [e.stream] : [])))
    for (const { stream } of closed()) opened.delete(stream)
    const running = entries.filter(({ stream }) => opened.has(stream))
    expect(running.some(({ type }) => type === 'ballot.cast')).toBe(true)
    for (const entry of running) expect(Object.keys(entry)).not.toContain('choice')
    expect(JSON.stringify(running)).not.toMatch(/"m_[0-9a-z]/)
  })

  it('is told the same by verify', async () => {
    const { code, output } = await verifyFolder(registry.dataDir)
    expect(output).toContain(`votes      ${closed().length} counted again`)
    expect(code).toBe(0)
  }, 60_000)
})
