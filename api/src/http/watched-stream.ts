import { Transform } from 'node:stream'
import type { DoorRefusal } from '../grants/grants.ts'

const EVERY_BYTES = 8 * 1024 * 1024
const EVERY_MS = 2_000

/**
 * A stream that asks again, every 8 MiB and every 2 s, whether it may go on. The clock runs by
 * itself, so a reader who takes nothing is cut off as well.
 */
export const watched = (recheck: () => Promise<DoorRefusal | null>) => {
  let since = 0
  let refusal: DoorRefusal | null = null

  const ask = async (through: Transform): Promise<void> => {
    refusal ??= await recheck()
    if (refusal) through.destroy(new Error(refusal.code))
  }

  const through: Transform = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      since += chunk.length
      if (since < EVERY_BYTES) return done(null, chunk)
      since = 0
      ask(through).then(() => done(null, chunk), done)
    },
  })
  const timer = setInterval(() => {
    ask(through).catch((error: unknown) =>
      through.destroy(error instanceof Error ? error : new Error(String(error))),
    )
  }, EVERY_MS)
  through.on('close', () => clearInterval(timer))
  return { through, refusal: () => refusal }
}
