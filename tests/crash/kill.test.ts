import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256Of } from '../support/blob-store-contract.ts'
import { dice } from '../support/dice.ts'
import { type Crowd, decideAll, look, work } from './clients.ts'
import { gather, pause, someTurns, someWork } from './crowd.ts'
import { startMachine } from './machine.ts'
import { offsetOf, versionsOf } from './requests.ts'
import { disorder, eventsOf, lost, rebuildFolder, unboundEffects, verifyFolder } from './stored.ts'

const KILLS = Number(process.env.KILLS ?? 8)
const SEED = Number(process.env.SEED ?? 1)

/** Acknowledged bytes of uploads that the server no longer holds. */
const lostBytes = async ({ ledger }: Crowd, from: number): Promise<readonly string[]> => {
  const losses = ledger.uploads.slice(from).map(async (upload) => {
    const { held, id } = upload
    const offset = await offsetOf(upload)
    return offset < held ? [`upload ${id}: ${offset} of ${held} acknowledged bytes`] : []
  })
  return (await Promise.all(losses)).flat()
}

/** Entries that were given out and cannot be read from the log any more. */
const lostEntries = async (
  { ledger, machine }: Crowd,
  from: number,
): Promise<readonly string[]> => {
  const fresh = ledger.recorded.slice(from)
  const first = Math.min(...fresh.map(({ entry }) => entry))
  if (fresh.length === 0) return []
  const response = await fetch(`${machine.url}/log/entries?from=${first}`)
  const { entries }: { entries: readonly { index: number; leaf: string }[] } = await response.json()
  const leaves = new Map(entries.map(({ index, leaf }) => [index, leaf]))
  const reach = first + entries.length
  return fresh
    .filter(({ entry, type }) => !leaves.get(entry)?.includes(`"type":"${type}"`))
    .filter(({ entry }) => entry < reach || entries.length < 256)
    .map(({ entry, type }) => `entry ${entry} (${type}) is gone`)
}

describe(`a registry whose process is killed ${KILLS} times under load`, () => {
  let crowd: Crowd
  const losses: string[] = []

  beforeAll(async () => {
    crowd = await gather(await startMachine(), SEED)
    const { machine, ledger } = crowd
    const chance = dice(SEED)
    machine.letIn()
    const working = work(crowd)
    for (let kill = 0; kill < KILLS; kill += 1) {
      const [uploads, recorded] = [ledger.uploads.length, ledger.recorded.length]
      await someWork(crowd, 5 + chance.roll(40))
      // The slower clients get through as well now and then; the kill often follows at once.
      if (kill % 2 === 1) await someTurns(crowd, 'decisions', 1)
      if (kill % 6 === 5) await someTurns(crowd, 'looks', 2)
      await pause(chance.roll(80))
      await machine.kill()
      await machine.start()
      losses.push(...(await lostBytes(crowd, Math.max(0, uploads - 3))))
      losses.push(...(await lostEntries(crowd, recorded)))
      machine.letIn()
    }
    crowd.stopped = true
    await working
    await decideAll(crowd, chance)
    await machine.kill()
  }, 1_800_000)
  afterAll(() => crowd.machine.remove())

  it('was busy all the time', () => {
    const { ledger, cuts, faults, machine } = crowd
    const starts = [...machine.starts].slice(1)
    const mean = starts.reduce((sum, ms) => sum + ms, 0) / Math.max(1, starts.length)
    console.log(
      `${starts.length} kills (seed ${SEED}): ready again after ${mean.toFixed(0)} ms on average, ${Math.max(...starts).toFixed(0)} ms at most; ${cuts} requests cut`,
    )
    const grants = ledger.recorded.filter(({ type }) => type === 'grant.issued').length
    const ballots = ledger.recorded.length - grants
    const uploads = ledger.uploads.filter(({ held, size }) => held === size).length
    const { contributions, manifests, requests, downloads } = ledger
    console.log(
      `acknowledged: ${uploads} uploads, ${contributions.length} contributions, ${manifests.length} versions, ${ballots} ballots, ${requests.length} requests, ${grants} grants, ${downloads.length} downloads; turned away ${crowd.turnedAway}, door shut ${crowd.shut.length}${crowd.shut.slice(0, 1)}`,
    )
    expect(faults).toEqual([])
    expect(cuts).toBeGreaterThanOrEqual(KILLS)
    expect(uploads).toBeGreaterThanOrEqual(KILLS)
    expect(ballots).toBeGreaterThanOrEqual(4 * KILLS)
    expect(grants).toBeGreaterThanOrEqual(KILLS / 10)
    expect(downloads.length).toBeGreaterThanOrEqual(KILLS)
  })

  it('gets ready again each time', () => {
    expect(crowd.machine.starts).toHaveLength(KILLS + 1)
  })

  it('still holds what it had acknowledged, right after each start', () => {
    expect(losses).toEqual([])
  })

  it('leaves a folder that verifies as it lies', async () => {
    const { code, output } = await verifyFolder(crowd.machine.dataDir, '--blobs')
    expect(output).not.toContain('NOT RIGHT')
    expect(code).toBe(0)
  }, 120_000)

  it('has every acknowledged fact on record, each decision carried out once', async () => {
    const { machine, ledger } = crowd
    await machine.start()
    machine.letIn()
    await look(crowd)
    await machine.stop()
    const events = await eventsOf(machine.dataDir)
    expect(disorder(events)).toEqual([])
    expect(lost(events, ledger)).toEqual([])
    expect(unboundEffects(events)).toEqual([])
  }, 120_000)

  it('keeps every published version whole', async () => {
    const { machine, village, dataset, ledger } = crowd
    await machine.start()
    const published = await versionsOf(village.steward, dataset)
    expect(published.length).toBeGreaterThanOrEqual(KILLS / 10)
    await machine.stop()
    const digests = published.flatMap(({ files }) => files.map(({ sha256 }) => sha256))
    const sent = ledger.uploads.filter(({ held, size }) => held === size)
    for (const sha256 of new Set([...digests, ...sent.map((one) => one.sha256)])) {
      const blob = join(machine.dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2))
      expect(sha256Of(await readFile(blob))).toBe(sha256)
    }
  }, 120_000)

  it('has projections that follow from the events alone', async () => {
    const { code, output } = await rebuildFolder(crowd.machine.dataDir)
    expect(output).toContain('identical')
    expect(code).toBe(0)
  }, 120_000)
})
