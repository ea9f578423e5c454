import { renameSync, writeFileSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { createClock } from './clock.ts'
import { config as readConfig } from './config.ts'
import { buildServer } from './serve.ts'
import { openHouse } from './wire.ts'

const TICK = 1_000
const AUDIT = 3_600_000
const SWEEP = 3_600_000
const COSIGN = 30_000
const POST = 1_000
const COLLECT = 6 * 3_600_000
const PATIENCE = 20_000
/** What a letter in hand gets of it; if that is not enough, it goes out once more after the start. */
const LAST_LETTER = 8_000
/** What is left of it for closing the storage once every connection is cut. */
const GRACE = 5_000
/** Handlers outlive their connection: what a download came to, or where an upload was cut, is recorded then. */
const SETTLE = 500
// Time for what slow lines send; an upload that takes longer is cut, keeps what came, and goes on.
const REQUEST_TIMEOUT = 15 * 60_000

const config = readConfig()
const logger = pino({ level: config.logLevel })
const report = (error: unknown, about: string): void => logger.error({ err: error, about }, 'fault')

await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
const offsetFile = join(config.dataDir, 'clock-offset')
const offset = config.demo ? Number(await readFile(offsetFile, 'utf8').catch(() => '0')) : 0
const clock = createClock(offset, (ahead) => {
  // In one step: a half-written number would set the demonstration back by days.
  const temporary = `${offsetFile}.new`
  try {
    writeFileSync(temporary, String(ahead))
    renameSync(temporary, offsetFile)
  } catch (error) {
    report(error, 'clock')
  }
})

const crashed = (error: Error): void => {
  report(error, 'storage')
  process.exit(1)
}
const house = await openHouse({ config, clock, report, onCrash: crashed })
const app = await buildServer(house, report)
const server = createServer({ requestTimeout: REQUEST_TIMEOUT }, app)

/** One run at a time; the next starts a second after the last has ended, and none while it stops. */
let stopped = false
let ticking: Promise<void> = Promise.resolve()
const tick = async (): Promise<void> => {
  if (stopped) return
  ticking = house.tick().catch((error: unknown) => report(error, 'tick'))
  await ticking
  setTimeout(() => void tick(), TICK).unref()
}

setInterval(() => {
  house.uploads.sweep().catch((error: unknown) => report(error, 'uploads'))
}, SWEEP).unref()

setInterval(() => {
  house.collect().then(
    (files) => files > 0 && logger.info({ files }, 'removed files that nobody names'),
    (error: unknown) => report(error, 'collection'),
  )
}, COLLECT).unref()

setInterval(() => {
  house.audit().then(
    (findings) => {
      for (const finding of findings) logger.fatal({ finding }, 'the log is not as promised')
    },
    (error: unknown) => report(error, 'audit'),
  )
}, AUDIT).unref()

/** One round at a time: a witness that does not answer must not be asked twice at once. */
let cosigning: Promise<void> = Promise.resolve()
const cosign = async (): Promise<void> => {
  if (stopped) return
  cosigning = house.cosign().catch((error: unknown) => report(error, 'witness'))
  await cosigning
  setTimeout(() => void cosign(), COSIGN).unref()
}

/** One round at a time, beside the votes: a relay that is slow must not hold up a decision. */
let posting: Promise<void> = Promise.resolve()
const post = async (): Promise<void> => {
  if (stopped) return
  posting = house.post().catch((error: unknown) => report(error, 'notices'))
  await posting
  setTimeout(() => void post(), POST).unref()
}

server.listen(config.port, config.host, () => {
  const { port } = server.address() as AddressInfo
  logger.info({ url: `http://${config.host}:${port}`, data: config.dataDir }, 'listening')
  // A line for people, and for scripts that wait for it.
  console.log(
    `Commonhold listens on http://${config.host === '127.0.0.1' ? 'localhost' : config.host}:${port}`,
  )
  void tick()
  void cosign()
  void post()
})

/** A connection that is kept alive would bring one request after the other. */
const turnAway = (): void => {
  server.prependListener('request', (_request, response) =>
    response.setHeader('connection', 'close'),
  )
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), PATIENCE - GRACE).unref()
}

const stop = (signal: string): void => {
  if (stopped) return
  stopped = true
  logger.info({ signal }, 'stopping')
  house.hush()
  setTimeout(() => process.exit(1), PATIENCE).unref()
  server.close(() => {
    const closed = Promise.all([
      ticking,
      Promise.race([Promise.all([posting, cosigning]), pause(LAST_LETTER)]),
      pause(SETTLE),
    ]).then(() => house.close())
    closed.then(
      () => process.exit(0),
      (error: unknown) => {
        report(error, 'close')
        process.exit(1)
      },
    )
  })
  turnAway()
}
process.on('SIGTERM', () => stop('SIGTERM'))
process.on('SIGINT', () => stop('SIGINT'))
