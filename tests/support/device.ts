import {
  createCipheriv,
  createHash,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'
import type { Person } from './person.ts'

/** What a device writes on a ballot. */
export interface Written {
  readonly proposal: string
  /** Digest of the text that is voted on. */
  readonly text: string
  readonly number: number
  readonly choice: string
  readonly said?: string
}

/** A device that signs ballots in one vote, written from the description of the format alone. */
export interface Device {
  readonly key: string
  readonly opens: string
  /** A ballot as it goes into the box; `changes` replaces what was to be signed or sealed. */
  readonly write: (ballot: Written, changes?: Changes) => string
}

export interface Changes {
  readonly header?: object
  readonly payload?: object
  readonly content?: readonly string[]
  /** Signs in the device's place. */
  readonly signer?: KeyObject
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const part = (value: object): string => base64(Buffer.from(JSON.stringify(value)))
const seal = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url')

const encrypt = (secret: Uint8Array, text: string): string => {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secret, iv)
  const sealed = Buffer.concat([cipher.update(text), cipher.final()])
  return base64(Buffer.concat([iv, sealed, cipher.getAuthTag()]))
}

export const newDevice = (): Device => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ format: 'jwk' }).x ?? ''
  const secret = randomBytes(32)
  return {
    key,
    opens: base64(secret),
    write: ({ proposal, text, number, choice, said = '' }, changes = {}) => {
      const [nonce, salt] = [base64(randomBytes(16)), base64(randomBytes(16))]
      const [sealed, reason] = [seal('ballot', nonce, choice), seal('reason', salt, said)]
      const header = { alg: 'EdDSA', kid: key, typ: 'commonhold-ballot+jws', ...changes.header }
      const payload = { number, proposal, reason, seal: sealed, text, ...changes.payload }
      const signed = `${part(header)}.${part(payload)}`
      const signature = sign(null, Buffer.from(signed), changes.signer ?? privateKey)
      const content = JSON.stringify(changes.content ?? [choice, nonce, said, salt])
      return `${signed}.${base64(signature)}~${encrypt(secret, content)}`
    },
  }
}

interface Refusable {
  readonly refused: { readonly code: string; readonly message: string } | null
}

export interface Answer extends Refusable {
  readonly entry: number | null
  readonly receipt: string | null
}

/** Names a device by the member's own session; the code of a refusal or null. */
export const prepare = async (
  person: Person,
  proposal: string,
  { key, opens }: Pick<Device, 'key' | 'opens'>,
): Promise<string | null> => {
  const { addBallotKey } = await person.run<{ addBallotKey: Refusable }>(
    'mutation ($input: AddBallotKeyInput!) { addBallotKey(input: $input) { refused { code message } } }',
    { input: { proposal, key, opens } },
  )
  return addBallotKey.refused?.code ?? null
}

export const endKey = async (
  person: Person,
  proposal: string,
  key: string,
): Promise<string | null> => {
  const { endBallotKey } = await person.run<{ endBallotKey: Refusable }>(
    'mutation ($input: EndBallotKeyInput!) { endBallotKey(input: $input) { refused { code message } } }',
    { input: { proposal, key } },
  )
  return endBallotKey.refused?.code ?? null
}

/** Hands in a box. */
export const handIn = async (
  person: Person,
  proposal: string,
  ballots: readonly string[],
): Promise<{ readonly answers: readonly Answer[]; readonly refused: string | null }> => {
  const { castSigned } = await person.run<{
    castSigned: Refusable & { readonly answers: readonly Answer[] | null }
  }>(
    `mutation ($input: CastSignedInput!) { castSigned(input: $input) {
      answers { entry receipt refused { code message } } refused { code message } } }`,
    { input: { proposal, ballots } },
  )
  return { answers: castSigned.answers ?? [], refused: castSigned.refused?.code ?? null }
}
