import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JSONWebKeySet } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeKey, giveUpKey } from '../../../api/src/change-keys.ts'
import { verifyGrant } from '../../../api/src/grants/verify-grant.ts'
import {
  type NoteSigner,
  noteSigner,
  openLog,
  sha256,
  tellCompromised,
  verifyPublic,
} from '../../../api/src/log/index.ts'
import { verifyCommand } from '../../../api/src/log/verify-command.ts'
import { PROJECTIONS } from '../../../api/src/projections.ts'
import { nextKey } from '../../../api/src/storage/key-store.ts'
import { withStoreCopy } from '../../../api/src/storage/store-copy.ts'
import {
  formatCheckpoint,
  formatNote,
  formatNoteKey,
  keyStatement,
  LOG_KEYS,
  noteKey,
  parseCheckpoint,
} from '../../../policies/index.ts'
import { attest, grantTo, publish } from '../../support/journey.ts'
import { memoryDeps } from '../../support/memory-log.ts'
import { newKey } from '../../support/new-key.ts'
import { signIn } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found } from '../../support/village.ts'

const signer = (name: string): NoteSigner => noteSigner('log.example/test', newKey(name))
const [first, second, third] = ['first', 'second', 'third'].map(signer) as [
  NoteSigner,
  NoteSigner,
  NoteSigner,
]
const keyOf = ({ name, publicKey }: NoteSigner) => noteKey(name, publicKey, sha256)
const textOf = (one: NoteSigner) => formatNoteKey(keyOf(one))

/** Two entries under the first key, then the second takes over at entry 2, the third at entry 5. */
const changed = async () => {
  const deps = memoryDeps()
  let n = 0
  const under = async (inForce: NoteSigner, next: NoteSigner | null): Promise<string> => {
    const log = await openLog({ ...deps, signer: inForce })
    for (let more = 0; more < 2; more += 1, n += 1)
      await log.append({ stream: 's', cmd: `c${n}`, type: 't', data: { n } })
    const note = await log.checkpoint()
    if (next) await log.handOver(next)
    await log.close()
    return note
  }
  const early = await under(first, second)
  const middle = await under(second, third)
  const late = await under(third, null)
  return { deps, early, middle, late }
}

/** What a verifier finds who trusts these keys and kept these checkpoints. */
const findings = async (
  { tiles }: Pick<ReturnType<typeof memoryDeps>, 'tiles'>,
  trusted: readonly NoteSigner[],
  ...since: readonly string[]
): Promise<readonly string[]> => {
  const seen = since.map((text, at) => ({ name: `kept ${at}`, text }))
  const verified = await verifyPublic(tiles, { keys: trusted.map(keyOf), since: seen })
  return verified.findings.map(({ message }) => message)
}

describe('a log whose key has been changed twice', () => {
  it.each([
    ['first', first],
    ['second', second],
    ['third', third],
  ])('is verified by whoever trusts the %s key, with every checkpoint of old', async (_, key) => {
    const { deps, early, middle, late } = await changed()
    expect(await findings(deps, [key], early, middle, late)).toEqual([])
  })

  it('is not verified by whoever trusts another', async () => {
    const { deps } = await changed()
    const said = await findings(deps, [signer('a stranger')])
    expect(said).toEqual([
      'the keys the log tells of lead to none that is trusted',
      expect.stringContaining('no known key has signed'),
    ])
  })

  /** A checkpoint of some size; its root is somebody's invention, which is not what is tested here. */
  const signedBy = (one: NoteSigner, size: number): string => {
    const text = formatCheckpoint({ origin: one.name, size, root: Buffer.alloc(32) })
    return formatNote(text, keyOf(one), one.sign(Buffer.from(text)))
  }

  it('accepts no checkpoint that the first key signs after its successor took over', async () => {
    const { deps } = await changed()
    const rule = async (size: number) =>
      (await findings(deps, [third], signedBy(first, size))).filter((one) =>
        one.includes('signed with'),
      )
    expect(await rule(3)).toEqual([])
    expect(await rule(4)).toEqual([
      'kept 0 (size 4): it is signed with a key that had been replaced before',
    ])
  })

  it('counts a stolen key up to the size it is given up for, and no further', async () => {
    const { deps, early } = await changed()
    const before = signedBy(first, 1)
    const log = await openLog({ ...deps, signer: third })
    await tellCompromised(log, third, { key: textOf(first), since: 1 })
    await log.close()
    expect(await findings(deps, [third], early)).toEqual([
      'kept 0 (size 2): it is signed with a key that had been given up before',
    ])
    const signature = (await findings(deps, [third], before)).filter((one) =>
      one.includes('signed with'),
    )
    expect(signature).toEqual([])
    expect(await findings(deps, [third])).toEqual([])
  })

  it.each([
    ['the stolen key itself', first],
    ['a stranger', signer('a stranger')],
  ])('is not talked out of a key by %s', async (_, liar) => {
    const { deps, early } = await changed()
    const log = await openLog({ ...deps, signer: third })
    await tellCompromised(log, liar, { key: textOf(second), since: 0 })
    await log.close()
    expect(await findings(deps, [third], early)).toEqual([
      'entry 8 is not signed with the key in force',
    ])
  })

  it.each([
    ['vouched for by nobody', second, 'is not vouched for by the key before'],
    ['after a key that is out of force', first, 'replaces a key that was not in force'],
  ])('follows to no key that is put in %s', async (_, old, problem) => {
    const { deps } = await changed()
    const thief = signer('a thief')
    const log = await openLog({ ...deps, signer: third })
    const said = { type: 'key.published', key: textOf(thief), replaces: textOf(third) } as const
    const replaces = old === first ? textOf(first) : said.replaces
    const by = old === first ? first : thief
    const signature = Buffer.from(by.sign(keyStatement({ ...said, replaces }))).toString('base64')
    await log.append({
      stream: LOG_KEYS,
      type: said.type,
      cmd: 'theft',
      data: { key: said.key, replaces, signature },
    })
    await log.close()
    expect(await findings(deps, [third])).toEqual([`entry 8 ${problem}`])
  })
})

describe('a registry that changes its keys', () => {
  let folder: string
  let registry: Registry
  let before: { verifierKey: string; token: string; note: string; kid: string }
  const issuer = 'https://registry.example'

  const open = async (): Promise<void> => {
    registry = await startRegistry({
      dataDir: folder,
      keep: true,
      env: { PUBLIC_URL: issuer },
    })
  }
  const dir = () => join(folder, 'keys')
  const jwks = async (): Promise<JSONWebKeySet> =>
    (await fetch(`${registry.url}/.well-known/jwks.json`)).json()
  const tokenOfGrant = async (): Promise<string> => {
    const researcher = await signIn(registry, 'researcher@university.example')
    const { viewer } = await researcher.run<{ viewer: { grants: { token: string }[] } }>(
      '{ viewer { grants { token } } }',
    )
    return viewer.grants[0]?.token ?? ''
  }
  const check = async (token: string) =>
    verifyGrant(token, await jwks(), {
      issuer,
      audience: `${issuer}/datasets`,
      now: registry.house.services.log.now(),
    })
  const verify = async (...more: string[]) => {
    const lines: string[] = []
    const code = await verifyCommand([folder, ...more], {
      say: (line) => lines.push(line),
      withStore: withStoreCopy,
      projections: PROJECTIONS,
    })
    return { code, wrong: lines.filter((line) => line.startsWith('NOT RIGHT')) }
  }
  /** With the registry stopped, as the operator is told. */
  const stopped = async (work: () => Promise<unknown>): Promise<void> => {
    await registry.close()
    await open()
    await work()
    await registry.close()
    await open()
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keys-'))
    await open()
    const village = await found(registry)
    const { dataset } = await publish(village, { 'words.txt': Buffer.from('He kupu.\n') })
    await attest(village)
    await grantTo(village, dataset)
    const { verifierKey, log } = registry.house.services
    const note = await log.checkpoint()
    before = { verifierKey, note, token: await tokenOfGrant(), kid: registry.house.keys.grants.kid }
  }, 240_000)
  afterAll(async () => {
    await registry.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('signs with the new ones, keeps what the old ones signed, and throws their secrets away', async () => {
    await stopped(async () => {
      for (const purpose of ['grants', 'receipts', 'witness', 'log'] as const)
        await changeKey(registry.house, dir(), purpose)
    })
    const { services } = registry.house
    expect(services.verifierKey).not.toBe(before.verifierKey)
    expect((await check(before.token)).ok).toBe(true)
    const token = await tokenOfGrant()
    expect(token).not.toBe(before.token)
    expect((await check(token)).ok).toBe(true)
    await services.log.checkpoint()
    expect(await verify()).toEqual({ code: 0, wrong: [] })
    expect(await verify('--key', before.verifierKey)).toEqual({ code: 0, wrong: [] })
    const secrets = (await readdir(dir())).filter((name) => name.endsWith('.pem'))
    expect(secrets.filter((name) => name.includes('next'))).toEqual([])
  }, 120_000)

  it('gives up a key of grants at once: what it signed is no grant any more', async () => {
    await stopped(() => giveUpKey(registry.house, dir(), { kid: before.kid, since: 0 }))
    expect((await check(await tokenOfGrant())).ok).toBe(true)
    expect(await check(before.token)).toMatchObject({ ok: false, code: 'GRANT_INVALID' })
    const { log } = registry.house.services
    const [told] = (await log.stream('keys/grants')).slice(-1)
    expect(told).toMatchObject({ type: 'key.compromised', data: { kid: before.kid } })
    await log.checkpoint()
    expect(await verify()).toEqual({ code: 0, wrong: [] })
  }, 120_000)

  it('finishes at its start a change that was cut off after its record', async () => {
    const { log } = registry.house.services
    const origin = parseCheckpoint(await log.checkpoint())?.origin ?? ''
    const old = registry.house.services.verifierKey
    await stopped(async () => {
      const next = await nextKey(dir(), 'log')
      await registry.house.services.log.handOver(noteSigner(origin, next.privateKey))
    })
    expect(registry.house.services.verifierKey).not.toBe(old)
    await registry.house.services.log.checkpoint()
    expect(await verify('--key', before.verifierKey)).toEqual({ code: 0, wrong: [] })
  }, 120_000)

  it('does not start with a key of the log that has been replaced', async () => {
    const file = join(dir(), 'log.pem')
    const inForce = await readFile(file)
    await registry.close()
    await writeFile(file, await readFile(join(dir(), 'witness.pem')))
    await expect(open()).rejects.toThrow('log.pem is not the key that entry')
    await writeFile(file, inForce)
    await rm(join(dir(), 'log.next.pem'))
    await open()
  }, 120_000)

  it('gives up no key that is in force', async () => {
    const kid = registry.house.keys.log.kid
    await expect(giveUpKey(registry.house, dir(), { kid, since: 0 })).rejects.toThrow(
      'Replace the key first',
    )
  })
})
