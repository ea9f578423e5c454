import { LOG_KEYS, parseKeyEntry, parseNoteKey } from '../../policies/index.ts'
import { type EventStore, sha256 } from './log/index.ts'
import {
  type Keys,
  keepRetired,
  nextKey,
  openKeys,
  putInForce,
  type SigningKey,
} from './storage/key-store.ts'

const isKey = (text: string, { publicKey }: SigningKey): boolean => {
  const told = parseNoteKey(text, sha256)
  return told !== null && Buffer.compare(told.publicKey, publicKey) === 0
}

/**
 * The keys, with a change of the log's key finished that was cut off between its record and its
 * files. Throws when the log was handed over to a key that is not here: whatever another one signs
 * would be refused by everybody who verifies.
 */
export const keysInForce = async (dir: string, events: EventStore): Promise<Keys> => {
  const keys = await openKeys({ dir })
  const told = (await events.stream(LOG_KEYS)).map(({ idx, leaf }) => parseKeyEntry(idx, leaf))
  const last = told.findLast((entry) => entry?.type === 'key.published')
  if (!last || isKey(last.key, keys.log)) return keys
  if (!isKey(last.key, await nextKey(dir, 'log')))
    throw new Error(
      `${dir}/log.pem is not the key that entry ${last.index} of the log hands it over to: restore that one`,
    )
  const { kid, publicJwk } = keys.log
  await keepRetired(dir, { purpose: 'log', kid, publicJwk, compromised: false })
  await putInForce(dir, 'log')
  return openKeys({ dir })
}
