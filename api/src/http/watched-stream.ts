import { Transform } from 'node:stream'
import type { DoorRefusal } from '../grants/grants.ts'

const EVERY_BYTES = 8 * 1024 * 1024
const EVERY_MS = 2_000

const asError = (fault: unknown): Error => (fault instanceof Error ? fault : new Error(`${fault}`))

export interface Watch {
  readonly recheck: () => Promise<DoorRefusal | null>
  /** Called before the stream fails, while what it feeds is still whole. */
  readonly onRefusal: () => void
}

/**
 * A stream that asks again, every 8 MiB and every 2 s, whether it may go on, and that fails unless
 * exactly `length` bytes come through. The clock runs by itself, so a reader who takes nothing is
 * cut off as well.
 */
export const watched = (length: number, { recheck, onRefusal }: Watch) => {
  let passed = 0
  let since = 0
  let refusal: DoorRefusal | null = null

  const ask = async (through: Transform): Promise<void> => {
    refusal ??= await recheck()
    if (!refusal || through.destroyed) return
    onRefusal()
    through.destroy(new Error(refusal.code))
  }

  const through: Transform = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      passed += chunk.length
      since += chunk.length
      if (since < EVERY_BYTES) return done(null, chunk)
      since = 0
      ask(through).then(() => through.destroyed || done(null, chunk), done)
    },
    flush: (done) =>
      done(passed === length ? null : new Error(`read ${passed} bytes where ${length} should be`)),
  })
  const timer = setInterval(() => {
    ask(through).catch((fault: unknown) => through.destroy(asError(fault)))
  }, EVERY_MS)
  through.on('close', () => clearInterval(timer))
  return { through, refusal: () => refusal }
}
