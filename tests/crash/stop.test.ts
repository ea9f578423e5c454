import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Crowd, work } from './clients.ts'
import { gather, pause, someWork } from './crowd.ts'
import { startMachine } from './machine.ts'
import { announce } from './requests.ts'
import { disorder, eventsOf, lost, verifyFolder } from './stored.ts'

const SEED = Number(process.env.SEED ?? 1)
const ENOUGH = 60

/** Somebody whose line has gone quiet in the middle of a piece. */
const stall = async ({ machine, village }: Crowd): Promise<Socket> => {
  const id = await announce(village.steward, 100_000, 'slow.txt')
  const { port, hostname } = new URL(machine.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  const head = [
    `PATCH /uploads/${id} HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    `Cookie: ${village.steward.cookie()}`,
    'Tus-Resumable: 1.0.0',
    'Upload-Offset: 0',
    'Content-Type: application/offset+octet-stream',
    'Content-Length: 50000',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\nko te reo`)
  // Until the server has begun to read the piece.
  await pause(1_000)
  return socket
}

describe('a registry that is asked to stop under load', () => {
  let crowd: Crowd
  let code: number | null
  let said: string

  beforeAll(async () => {
    crowd = await gather(await startMachine(), SEED)
    crowd.machine.letIn()
    const working = work(crowd)
    await someWork(crowd, ENOUGH)
    const stalled = await stall(crowd)
    const begun = performance.now()
    code = await crowd.machine.stop()
    said = crowd.machine.output()
    console.log(`stopped after ${(performance.now() - begun).toFixed(0)} ms`)
    stalled.destroy()
    crowd.stopped = true
    await crowd.machine.start()
    crowd.machine.letIn()
    await working
    await crowd.machine.stop()
  }, 300_000)
  afterAll(() => crowd.machine.remove())

  // Twenty seconds after the signal it would have given up with 1.
  it('exits 0, whoever still holds a connection', () => {
    expect(code).toBe(0)
    expect(said).not.toContain('fault')
  })

  it('answers nobody wrongly on the way', () => {
    expect(crowd.faults).toEqual([])
  })

  it('has what it acknowledged until the last moment', async () => {
    const events = await eventsOf(crowd.machine.dataDir)
    expect(disorder(events)).toEqual([])
    expect(lost(events, crowd.ledger)).toEqual([])
    expect(crowd.ledger.recorded.length).toBeGreaterThan(10)
    expect((await verifyFolder(crowd.machine.dataDir, '--blobs')).code).toBe(0)
  }, 60_000)
})
