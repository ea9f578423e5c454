import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
} from 'node:crypto'
import { access, link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { calculateJwkThumbprint } from 'jose'
import { newId } from '../ids.ts'

/** An Ed25519 key for one purpose only. */
export interface SigningKey {
  /** RFC 7638 thumbprint. */
  readonly kid: string
  readonly publicJwk: JsonWebKey
  readonly privateKey: KeyObject
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** 64 bytes; the same bytes always give the same signature (RFC 8032). */
  readonly sign: (bytes: Uint8Array) => Uint8Array
}

/** The public part of a key that signed before and no longer does. */
export interface RetiredKey {
  readonly purpose: KeyPurpose
  readonly kid: string
  readonly publicJwk: JsonWebKey
  /** What it signed proves nothing any more. */
  readonly compromised: boolean
}

export const KEY_PURPOSES = ['log', 'grants', 'receipts', 'witness', 'post'] as const
export type KeyPurpose = (typeof KEY_PURPOSES)[number]

/** One key a purpose, so that what signs the one can never be passed off as the other. */
export interface Keys {
  readonly log: SigningKey
  readonly grants: SigningKey
  readonly receipts: SigningKey
  /** Cosigns the logs of others. */
  readonly witness: SigningKey
  /** Proves to the registry that a link in an e-mail is its own. */
  readonly post: SigningKey
  readonly retired: readonly RetiredKey[]
}

const exists = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST'

const writeSynced = async (path: string, text: string): Promise<void> => {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Makes a file unless it is there: whole or not at all, whenever the process ends. Of two processes
 * that try, one wins and both read the same.
 */
export const createWhole = async (path: string, text: string): Promise<void> => {
  const temporary = `${path}.${newId('b')}`
  try {
    await writeSynced(temporary, text)
    await link(temporary, path)
  } catch (error) {
    if (!exists(error)) throw error
  } finally {
    await rm(temporary, { force: true })
  }
}

const ensureFile = async (path: string): Promise<void> => {
  if (
    await access(path).then(
      () => true,
      () => false,
    )
  )
    return
  const { privateKey } = generateKeyPairSync('ed25519')
  await createWhole(path, String(privateKey.export({ format: 'pem', type: 'pkcs8' })))
}

const readKey = async (path: string): Promise<SigningKey> => {
  await ensureFile(path)
  const privateKey = createPrivateKey(await readFile(path, 'utf8'))
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`${path}: not an Ed25519 key`)
  const publicJwk = createPublicKey(privateKey).export({ format: 'jwk' })
  return {
    kid: await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x: publicJwk.x ?? '' }),
    publicJwk,
    privateKey,
    publicKey: new Uint8Array(Buffer.from(publicJwk.x ?? '', 'base64url')),
    sign: (bytes) => new Uint8Array(sign(null, bytes, privateKey)),
  }
}

const readRetired = async (dir: string): Promise<readonly RetiredKey[]> => {
  const folder = join(dir, 'retired')
  const names = await readdir(folder).catch(() => [])
  const texts = names
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFile(join(folder, name), 'utf8'))
  return (await Promise.all(texts)).map((text): RetiredKey => JSON.parse(text))
}

/** The key that is to follow the one in force: made once, so that a change that was cut off goes on with it. */
export const nextKey = async (dir: string, purpose: KeyPurpose): Promise<SigningKey> =>
  readKey(join(dir, `${purpose}.next.pem`))

/** Remembers what a key looked like; `compromised` can only become true. */
export const keepRetired = async (dir: string, key: RetiredKey): Promise<void> => {
  await mkdir(join(dir, 'retired'), { recursive: true, mode: 0o700 })
  const file = join(dir, 'retired', `${key.purpose}-${key.kid}.json`)
  const draft = `${file}.${newId('b')}`
  await writeSynced(draft, `${JSON.stringify(key)}\n`)
  await rename(draft, file)
}

/** Puts the next key in force. The private part of the one before is gone: nothing can be signed with it. */
export const putInForce = async (dir: string, purpose: KeyPurpose): Promise<void> =>
  rename(join(dir, `${purpose}.next.pem`), join(dir, `${purpose}.pem`))

/** Opens the keys of this registry, made at the first start and readable by its user alone. */
export const openKeys = async ({ dir }: { readonly dir: string }): Promise<Keys> => {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const [log, grants, receipts, witness, post] = await Promise.all(
    KEY_PURPOSES.map((name) => readKey(join(dir, `${name}.pem`))),
  )
  if (!log || !grants || !receipts || !witness || !post) throw new Error('a signing key is missing')
  return { log, grants, receipts, witness, post, retired: await readRetired(dir) }
}
