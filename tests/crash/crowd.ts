import { attest, createDataset } from '../support/journey.ts'
import { found } from '../support/village.ts'
import type { Crowd } from './clients.ts'
import { amount, emptyLedger } from './ledger.ts'
import type { Machine } from './machine.ts'

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms))

/** Founds a village on a fresh registry and sends for the people who will use it. */
export const gather = async (machine: Machine, seed: number): Promise<Crowd> => {
  const days = (count: number) => machine.advance(`P${count}D`)
  const village = await found({ url: machine.url, dataDir: machine.dataDir, days })
  const dataset = await createDataset(village)
  await attest(village)
  return {
    machine,
    village,
    dataset,
    ledger: emptyLedger(),
    seed,
    faults: [],
    cuts: 0,
    shut: [],
    turnedAway: 0,
    stopped: false,
    open: [],
    asked: new Set(),
    deciding: false,
    waiting: [],
    decisions: 0,
    looks: 0,
    published: 0,
    granted: [],
  }
}

/** Waits until so much more has been acknowledged, at most ten seconds. */
export const someWork = async ({ ledger }: Crowd, more: number): Promise<void> => {
  const enough = amount(ledger) + more
  for (let waits = 0; amount(ledger) < enough && waits < 500; waits += 1) await pause(20)
}

/** Waits until the council, or whoever looks, has got through so often, at most ten seconds. */
export const someTurns = async (
  crowd: Crowd,
  what: 'decisions' | 'looks',
  more: number,
): Promise<void> => {
  const enough = crowd[what] + more
  for (let waits = 0; crowd[what] < enough && waits < 500; waits += 1) await pause(20)
}
