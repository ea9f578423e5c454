import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IssueGrant } from '../../../api/src/governance/effect.ts'
import type { EnactedDecision } from '../../../api/src/governance/governance.ts'
import { openHouse } from '../../../api/src/wire.ts'
import {
  attest,
  castBallot,
  type Published,
  publish,
  requestAccess,
  requestInput,
} from '../../support/journey.ts'
import { DAY, type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'
import { eventsSince, sizeOf, TEXT } from './held.ts'

describe('carrying out a decision to grant', () => {
  let registry: Registry
  let village: Village
  let published: Published
  const { now: wall } = Date

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    published = await publish(village, { 'words.txt': TEXT })
    await attest(village)
  }, 120_000)
  afterAll(() => registry.close())

  const services = () => registry.house.services

  /** A request the council has said yes to, at the instant at which it can be enacted. */
  const won = async (choice = 'yes'): Promise<{ proposal: string; from: number }> => {
    const { request } = await requestAccess(village.researcher, requestInput(published.dataset))
    const proposal = request?.proposal?.id ?? ''
    for (const person of village.council) await castBallot(person, proposal, choice)
    services().clock.advance(22 * DAY)
    return { proposal, from: await sizeOf(registry) }
  }

  const issuedSince = (from: number) => eventsSince(registry, from, 'grant.issued')

  const decisionOf = async (proposal: string): Promise<EnactedDecision<IssueGrant>> => {
    const decided = await services().governance.enacted(proposal)
    if (decided?.effect.kind !== 'grant.issue') throw new Error('no such decision')
    return { ...decided, effect: decided.effect }
  }

  const issue = (decision: EnactedDecision<IssueGrant>) =>
    services().grants.executors['grant.issue'](decision)

  it('issues one grant however many ticks run at once', async () => {
    const { from, proposal } = await won()
    await Promise.all([0, 1, 2, 3, 4].map(() => registry.house.tick()))
    const [event, ...others] = await issuedSince(from)
    expect(others).toEqual([])
    expect(event?.data.decision).toMatchObject({ proposal })
  })

  it('gives back the same grant when the same decision is carried out again', async () => {
    const { from, proposal } = await won()
    await registry.house.tick()
    const decision = await decisionOf(proposal)
    const again = await Promise.all([0, 1, 2].map(() => issue(decision)))
    const [event, ...others] = await issuedSince(from)
    expect(others).toEqual([])
    expect(again.map(({ idx }) => idx)).toEqual([event?.idx, event?.idx, event?.idx])
  })

  it('finishes after a crash between the decision and the grant', async () => {
    const { from } = await won()
    const { log } = services()
    const { append } = log
    log.append = (event, options) =>
      event.type === 'grant.issued'
        ? Promise.reject(new Error('the machine stopped'))
        : append(event, options)
    await registry.house.tick().finally(() => {
      log.append = append
    })
    expect(await issuedSince(from)).toEqual([])
    expect(await eventsSince(registry, from, 'proposal.enacted')).toHaveLength(1)
    expect(registry.faults.splice(0)).toEqual([new Error('the machine stopped')])
    await registry.house.tick()
    await registry.house.tick()
    expect(await issuedSince(from)).toHaveLength(1)
  })

  it('issues one grant when two houses share one store', async () => {
    const { from } = await won()
    const { config, clock } = services()
    const faults: unknown[] = []
    const other = await openHouse({
      config,
      clock,
      report: (error) => void faults.push(error),
    })
    try {
      const ticks = [registry.house, other, registry.house, other].map((house) => house.tick())
      await Promise.all(ticks)
      expect(await issuedSince(from)).toHaveLength(1)
      expect(faults).toEqual([])
    } finally {
      await other.close()
    }
  })

  it('issues nothing for a vote that was lost, and nothing before its time', async () => {
    const { from } = await won('no')
    await registry.house.tick()
    expect(await issuedSince(from)).toEqual([])
    services().clock.advance(40 * DAY)
    const { request } = await requestAccess(village.researcher, requestInput(published.dataset))
    const proposal = request?.proposal?.id ?? ''
    for (const person of village.council) await castBallot(person, proposal, 'yes')
    services().clock.advance(20 * DAY)
    await registry.house.tick()
    expect(await issuedSince(from)).toEqual([])
    services().clock.advance(2 * DAY)
    await registry.house.tick()
    expect(await issuedSince(from)).toHaveLength(1)
  })

  it('takes no decision that governance does not hold', async () => {
    const { proposal, from } = await won()
    const { governance } = services()
    const open = await governance.proposal(proposal)
    if (open?.effect.kind !== 'grant.issue') throw new Error('no such proposal')
    const { effect } = open
    const forged = { proposal: open, effect, effectId: 'x'.repeat(64), enactedIdx: 0 }
    await expect(issue(forged)).rejects.toThrow(`proposal ${proposal} has not been enacted`)
    await registry.house.tick()
    const decision = await decisionOf(proposal)
    await expect(issue({ ...decision, effectId: forged.effectId })).rejects.toThrow(
      'not been enacted',
    )
    expect(await issuedSince(from)).toHaveLength(1)
  })

  it('does not let whoever carries it out make it say more', async () => {
    const { proposal, from } = await won()
    await registry.house.tick()
    const decision = await decisionOf(proposal)
    const wider = { ...decision.effect, days: 36_500, purposes: ['commercialProduct'] }
    const event = await issue({ ...decision, effect: wider })
    const [issued] = await issuedSince(from)
    expect(event.idx).toBe(issued?.idx)
    expect(issued?.data.purposes).toEqual(['linguisticResearch'])
  })

  it('keeps the first date when a grant is revoked twice', async () => {
    const [event] = await issuedSince(0)
    const grant = String(event?.data.grant)
    const { log, grants } = services()
    const revoke = (cmd: string) =>
      log.append({
        stream: `grant/${grant}`,
        type: 'grant.revoked',
        cmd,
        data: { grant, dataset: published.dataset, proposal: 'p_0000000000000000' },
      })
    await revoke('once')
    const first = (await grants.grant(grant))?.revokedAt
    services().clock.advance(DAY)
    await revoke('twice')
    expect((await grants.grant(grant))?.revokedAt).toBe(first)
  })

  it('counts a download as covered only where its grant names the entry that enacted it', async () => {
    const { log, grants } = services()
    const [event] = await issuedSince(0)
    const grant = String(event?.data.grant)
    const download = (of: string, cmd: string) =>
      log.append({
        stream: `download/${of}`,
        type: 'download.authorised',
        cmd,
        data: {
          grant: of,
          dataset: published.dataset,
          community: village.community,
          from: 0,
          to: 1,
        },
      })
    await download(grant, 'covered')
    expect(await grants.counts(village.community)).toEqual({ downloads: 1, covered: 1 })
    await download('g_0000000000000000', 'without a grant')
    const forged = { ...event?.data, grant: 'g_1111111111111111' }
    await log.append({
      stream: 'grant/g_1111111111111111',
      type: 'grant.issued',
      cmd: 'forged',
      data: { ...forged, basis: 'licence', decision: { proposal: published.proposal, entry: 0 } },
      secret: { account: null, facts: {} },
    })
    await download('g_1111111111111111', 'on a decision that is none')
    expect(await grants.counts(village.community)).toEqual({ downloads: 3, covered: 1 })
  })

  it('runs on a clock that only goes forward and reports no fault', () => {
    expect(services().log.now()).toBeGreaterThan(wall())
    expect(registry.faults).toEqual([])
  })
})
