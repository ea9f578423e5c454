import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
} from 'node:crypto'
import { access, link, mkdir, open, readFile, rm } from 'node:fs/promises'
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

/** One key a purpose, so that what signs the one can never be passed off as the other. */
export interface Keys {
  readonly log: SigningKey
  readonly grants: SigningKey
  readonly receipts: SigningKey
  /** Cosigns the logs of others. */
  readonly witness: SigningKey
  /** Proves to the registry that a link in an e-mail is its own. */
  readonly post: SigningKey
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

/** Opens the keys of this registry, made at the first start and readable by its user alone. */
export const openKeys = async ({ dir }: { readonly dir: string }): Promise<Keys> => {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const [log, grants, receipts, witness, post] = await Promise.all(
    ['log', 'grants', 'receipts', 'witness', 'post'].map((name) =>
      readKey(join(dir, `${name}.pem`)),
    ),
  )
  if (!log || !grants || !receipts || !witness || !post) throw new Error('a signing key is missing')
  return { log, grants, receipts, witness, post }
}
