import { deflateSync } from 'node:zlib'
import type { Datasets } from '../datasets/datasets.ts'
import type { Log } from '../log/index.ts'
import type { GrantStore } from './store.ts'
import { signed, statusUri, type TokenKey } from './token.ts'

/** Status types of the Token Status List draft, section 7. */
export const VALID = 0
export const REVOKED = 1
export const SUSPENDED = 2
export type Status = typeof VALID | typeof REVOKED | typeof SUSPENDED

export interface StatusDeps {
  readonly log: Log
  readonly datasets: Pick<Datasets, 'datasets'>
  readonly store: GrantStore
  readonly issuer: string
}

const BITS = 2
const PER_BYTE = 8 / BITS
/** Seconds for which a verifier may keep the list. */
const TTL = 300
const LIFETIME = 86_400
const FRESH_MS = 10_000

/** Two bits an index, the lowest bits of a byte first (draft-ietf-oauth-status-list section 4.1). */
export const packStatuses = (statuses: ReadonlyMap<number, Status>): Uint8Array => {
  const highest = [...statuses.keys()].reduce((most, index) => Math.max(most, index), 0)
  const bytes = new Uint8Array(Math.floor(highest / PER_BYTE) + 1)
  for (const [index, status] of statuses) {
    const at = Math.floor(index / PER_BYTE)
    bytes[at] = (bytes[at] ?? 0) | (status << ((index % PER_BYTE) * BITS))
  }
  return bytes
}

/** The status at an index of an unpacked list; what lies beyond its end is valid. */
export const statusAt = (bytes: Uint8Array, index: number): number =>
  ((bytes[Math.floor(index / PER_BYTE)] ?? 0) >> ((index % PER_BYTE) * BITS)) & (2 ** BITS - 1)

/** Every grant that was issued, with how it stands. */
const statusesOf = async ({ store, datasets }: StatusDeps) => {
  const standings = await store.standings()
  const found = await datasets.datasets([...new Set(standings.map(({ dataset }) => dataset))])
  const suspended = new Set(found.filter((one) => one.suspension !== null).map(({ id }) => id))
  return new Map(
    standings.map(({ statusIndex, dataset, revokedAt, renewedBy }): [number, Status] => {
      if (revokedAt !== null || renewedBy !== null) return [statusIndex, REVOKED]
      return [statusIndex, suspended.has(dataset) ? SUSPENDED : VALID]
    }),
  )
}

const build = async (deps: StatusDeps, key: TokenKey): Promise<string> => {
  const iat = Math.floor(deps.log.now() / 1000)
  const lst = deflateSync(packStatuses(await statusesOf(deps)), { level: 9 }).toString('base64url')
  const claims = {
    sub: statusUri(deps.issuer),
    iat,
    exp: iat + LIFETIME,
    ttl: TTL,
    status_list: { bits: BITS, lst },
  }
  return signed(JSON.stringify(claims), 'statuslist+jwt', key)
}

/**
 * How all grants stand, signed, for those who check them offline. A list is handed out for ten
 * seconds before it is made anew; the door itself never reads it.
 */
export const createStatusList = (deps: StatusDeps, key: TokenKey): (() => Promise<string>) => {
  let made = { at: Number.NEGATIVE_INFINITY, list: Promise.resolve('') }
  return () => {
    const now = deps.log.now()
    if (now - made.at >= FRESH_MS) {
      made = { at: now, list: build(deps, key) }
      made.list.catch(() => {
        made = { ...made, at: Number.NEGATIVE_INFINITY }
      })
    }
    return made.list
  }
}
