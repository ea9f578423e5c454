import { formatNoteKey, noteKey, parseNoteKey } from '../../policies/index.ts'
import { noteSigner, sha256, tellCompromised } from './log/index.ts'
import {
  type KeyPurpose,
  keepRetired,
  nextKey,
  putInForce,
  type RetiredKey,
  type SigningKey,
} from './storage/key-store.ts'
import type { House } from './wire.ts'

type Opened = Pick<House, 'keys' | 'services'>

const originOf = ({ services }: Opened): string => {
  const name = parseNoteKey(services.verifierKey, sha256)?.name
  if (name === undefined) throw new Error('the key of the log cannot be read')
  return name
}

const signerOf = (house: Opened, key: SigningKey) => noteSigner(originOf(house), key.privateKey)

const tell = async (house: Opened, purpose: KeyPurpose, next: SigningKey): Promise<void> => {
  const { services, keys } = house
  if (purpose === 'log') {
    await services.log.handOver(signerOf(house, next))
    return
  }
  await services.log.append({
    stream: `keys/${purpose}`,
    type: 'key.published',
    cmd: `key.published:${next.kid}`,
    data: { purpose, kid: next.kid, x: next.publicJwk.x ?? '', replaces: keys[purpose].kid },
  })
}

/**
 * Puts a new key in force for one purpose: recorded first, then the files change. Cut off anywhere,
 * it goes on when it is called again. The house has to be opened anew afterwards: whoever has it
 * open goes on signing with the key from before. Gives back the id of the new key.
 */
export const changeKey = async (
  house: Opened,
  dir: string,
  purpose: KeyPurpose,
): Promise<string> => {
  const { kid, publicJwk } = house.keys[purpose]
  const next = await nextKey(dir, purpose)
  await tell(house, purpose, next)
  await keepRetired(dir, { purpose, kid, publicJwk, compromised: false })
  await putInForce(dir, purpose)
  return next.kid
}

const noteKeyOf = (house: Opened, { publicJwk }: RetiredKey): string => {
  const publicKey = new Uint8Array(Buffer.from(publicJwk.x ?? '', 'base64url'))
  return formatNoteKey(noteKey(originOf(house), publicKey, sha256))
}

/**
 * Gives up a key that was replaced and turns out to have been in other hands. What it signed counts
 * no more: of the log, beyond the first `since` entries; of grants and receipts, at all.
 */
export const giveUpKey = async (
  house: Opened,
  dir: string,
  { kid, since }: { readonly kid: string; readonly since: number },
): Promise<void> => {
  const { services, keys } = house
  const lost = keys.retired.find((key) => key.kid === kid)
  if (!lost) throw new Error(`${kid}: no key that was replaced has this id. Replace the key first.`)
  const { purpose } = lost
  if (purpose === 'log') {
    const key = noteKeyOf(house, lost)
    await tellCompromised(services.log, signerOf(house, keys.log), { key, since })
  } else {
    const data = { purpose, kid, since }
    const cmd = `key.compromised:${kid}`
    await services.log.append({ stream: `keys/${purpose}`, type: 'key.compromised', cmd, data })
  }
  await keepRetired(dir, { ...lost, compromised: true })
}
