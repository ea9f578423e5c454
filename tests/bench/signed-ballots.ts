import { type Device, newDevice } from '../support/device.ts'
import { type Registry, startRegistry } from '../support/registry.ts'
import { seatAll } from '../support/seats.ts'
import { openVotes, type Seat, seatsOf, signatures } from './ballots.ts'
import { compareAll, type Run } from './compare.ts'
import { awaited } from './cpu.ts'
import type { BenchRow } from './row.ts'
import type { Contender } from './sample.ts'

/** A vote in which every member has a device. */
interface Vote {
  readonly proposal: string
  readonly text: string
  readonly devices: readonly Device[]
}

const councilOf = async (registry: Registry, size: number) => {
  const founders = Array.from({ length: size }, (_, n) => ({
    ...{ name: `Seat ${n}`, email: `seat-${n}@village.example`, bodies: ['council'] },
  }))
  const { community, people } = await seatAll(registry, founders)
  return { community, seats: await seatsOf(registry, Object.values(people)) }
}

const prepare = async (
  { house }: Registry,
  proposal: string,
  seats: readonly Seat[],
): Promise<Vote> => {
  const { governance } = house.services
  const devices: Device[] = []
  for (const { actor } of seats) {
    const device = newDevice()
    const { key, opens } = device
    const added = await governance.addBallotKey(actor, { proposal, key, opens })
    if (!added.ok) throw new Error(added.message)
    devices.push(device)
  }
  const found = await governance.proposal(proposal)
  return { proposal, text: found?.frozen?.textDigest ?? '', devices }
}

interface Box {
  readonly proposal: string
  readonly ballots: readonly string[]
}

/** Boxes of one ballot of each member, signed before anybody looks at the clock. */
const signed = (votes: readonly Vote[], boxes: number, first: number): readonly Box[] =>
  Array.from({ length: boxes }, (_, nth) => {
    const { proposal, text, devices } = votes[nth % votes.length] ?? { devices: [] }
    if (!proposal || !text) throw new Error('no vote is open')
    const number = first + nth
    const choice = nth % 2 === 0 ? 'yes' : 'no'
    const ballot = { proposal, text, number, choice }
    return { proposal, ballots: devices.map((device) => device.write(ballot)) }
  })

/** Boxes of signed ballots, inside the process, beside what checking their signatures alone costs. */
export const signedRows = async (run: Run, smoke: boolean): Promise<readonly BenchRow[]> => {
  const [size, boxes] = smoke ? [8, 4] : [64, 8]
  const registry = await startRegistry()
  const { community, seats } = await councilOf(registry, size)
  const [carrier] = seats
  if (!carrier) throw new Error('the council is empty')
  const ids = await openVotes(registry, { community }, carrier.actor, boxes)
  const votes: Vote[] = []
  for (const id of ids) votes.push(await prepare(registry, id, seats))
  let next = 1
  const product: Contender = {
    name: 'castSigned',
    run: async () => {
      const ready = signed(votes, boxes, next)
      next += boxes
      const handIn = async (at: number) => {
        const box = ready[at / size]
        const result = await registry.house.services.governance.castSigned(carrier.actor, box)
        if (!result.ok || result.answers.some(({ ok }) => !ok))
          throw new Error('a signed ballot was not counted')
      }
      return awaited('castSigned', boxes * size, handIn, size).run()
    },
  }
  const n = boxes * size
  const name = `signed ballots in boxes of ${size}`
  const rows = await compareAll(run, [{ name, n, conc: 1, product, baselines: [signatures(n)] }])
  await registry.close()
  return rows
}
