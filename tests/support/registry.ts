import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../api/src/clock.ts'
import { readConfig } from '../../api/src/config.ts'
import { buildServer } from '../../api/src/serve.ts'
import { type House, type HouseOptions, openHouse } from '../../api/src/wire.ts'

export const DAY = 86_400_000

/** A registry on real HTTP and a database of its own, whose clock the test moves. */
export interface Registry {
  readonly url: string
  readonly house: House
  readonly dataDir: string
  /** Faults that the server reported: none is what a test wants. */
  readonly faults: unknown[]
  /** Moves the clock day by day; what becomes due happens on the way. */
  readonly days: (count: number) => Promise<void>
  readonly close: () => Promise<void>
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

export interface RegistryOptions {
  readonly dataDir?: string
  /** Keeps the folder when the registry closes. */
  readonly keep?: boolean
  readonly env?: Readonly<Record<string, string>>
  /** Left out: the system clock, which the days are added to. */
  readonly clock?: Clock
  /** Stands between the log and its public files. */
  readonly logFiles?: HouseOptions['logFiles']
}

const systemClock = (): Clock => {
  let ahead = 0
  return {
    now: () => Date.now() + ahead,
    advance: (ms) => {
      ahead += ms
    },
  }
}

export const startRegistry = async (options: RegistryOptions = {}): Promise<Registry> => {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'commonhold-')))
  const server = createServer()
  const port = await listen(server)
  const url = `http://127.0.0.1:${port}`
  const mongo = process.env.TEST_MONGODB_URI
  const config = readConfig({
    DATA_DIR: dataDir,
    PUBLIC_URL: url,
    LOG_LEVEL: 'silent',
    ...(mongo ? { MONGODB_URI: mongo.replace(/\/[^/?]*(\?|$)/, `/t${Date.now()}$1`) } : {}),
    ...options.env,
  })
  const clock = options.clock ?? systemClock()
  const faults: unknown[] = []
  const report = (error: unknown) => void faults.push(error)
  const house = await openHouse({
    config,
    clock,
    report,
    ...(options.logFiles ? { logFiles: options.logFiles } : {}),
  })
  server.on('request', await buildServer(house, report))
  return {
    url,
    house,
    dataDir,
    faults,
    days: async (count) => {
      for (let day = 0; day < count; day += 1) {
        clock.advance(DAY)
        await house.tick()
      }
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await house.close()
      if (!options.keep) await rm(dataDir, { recursive: true, force: true })
    },
  }
}
