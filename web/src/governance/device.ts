import { sha256 } from '@noble/hashes/sha2.js'
import {
  canonicalJson,
  fromBase64Url,
  reasonSealOf,
  type SignedVote,
  sealOf,
  signedText,
  toBase64Url,
  utf8,
} from '../../../policies/index.ts'

/** A device that signs ballots in one vote. Nobody can read the private key, not even this page. */
export interface Device {
  readonly proposal: string
  /** Public key, base64url. */
  readonly key: string
  readonly privateKey: CryptoKey
  /** The secret by which the registry opens what others carry, base64url. */
  readonly opens: string
  /** Of the last ballot it signed, 0 before the first. */
  readonly number: number
  /** The last ballot it signed, until it is handed in. */
  readonly ballot: string | null
}

const randomText = (bytes: number): string =>
  toBase64Url(crypto.getRandomValues(new Uint8Array(bytes)))

/** A key of this one vote. Throws where the browser knows no Ed25519 (RFC 8032). */
export async function newDevice(proposal: string): Promise<Device> {
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error('no pair of keys')
  const raw = await crypto.subtle.exportKey('raw', pair.publicKey)
  return {
    proposal,
    key: toBase64Url(new Uint8Array(raw)),
    privateKey: pair.privateKey,
    opens: randomText(32),
    number: 0,
    ballot: null,
  }
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(fromBase64Url(text) ?? [])

const plain = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(utf8(text))

/** For the registry alone: initial value, then AES-256-GCM. */
async function encrypted(secret: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const key = await crypto.subtle.importKey('raw', bytesOf(secret), 'AES-GCM', false, ['encrypt'])
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain(text))
  return toBase64Url(Uint8Array.of(...iv, ...new Uint8Array(sealed)))
}

export interface Answer {
  readonly choice: string
  readonly reason: string
}

/** Signs a ballot: a compact JWS, `~`, and what it seals. It needs no line. */
export async function signBallot(
  device: Device,
  vote: SignedVote,
  { choice, reason: said }: Answer,
): Promise<Device> {
  const [nonce, salt, number] = [randomText(16), randomText(16), device.number + 1]
  const sealed = { seal: sealOf(nonce, choice, sha256), reason: reasonSealOf(salt, said, sha256) }
  const text = signedText(vote, { key: device.key, number, ...sealed })
  const signature = await crypto.subtle.sign('Ed25519', device.privateKey, plain(text))
  const content = await encrypted(device.opens, canonicalJson([choice, nonce, said, salt]))
  return {
    ...device,
    number,
    ballot: `${text}.${toBase64Url(new Uint8Array(signature))}~${content}`,
  }
}
