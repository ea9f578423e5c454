import { formatNoteKey, keyStatement, LOG_KEYS, noteKey } from '../../../policies/index.ts'
import type { NoteSigner } from './ed25519.ts'
import type { StoredEvent } from './event.ts'
import type { Log } from './log.ts'
import { sha256 } from './sha256.ts'

const keyOf = ({ name, publicKey }: NoteSigner): string =>
  formatNoteKey(noteKey(name, publicKey, sha256))

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/**
 * Records which key signs the log from here on; the one in force vouches for it. Whoever trusts
 * either can follow to the other.
 */
export const tellSuccessor = (
  log: Pick<Log, 'append'>,
  inForce: NoteSigner,
  next: NoteSigner,
): Promise<StoredEvent> => {
  const said = { type: 'key.published', key: keyOf(next), replaces: keyOf(inForce) } as const
  const { type, key, replaces } = said
  const signature = base64(inForce.sign(keyStatement(said)))
  return log.append({
    stream: LOG_KEYS,
    type,
    cmd: `key.published:${key}`,
    data: { key, replaces, signature },
  })
}

/**
 * Records that a former key of the log was in other hands: its signature counts for the first
 * `since` entries only. Signed with the key in force.
 */
export const tellCompromised = (
  log: Pick<Log, 'append'>,
  inForce: NoteSigner,
  { key, since }: { readonly key: string; readonly since: number },
): Promise<StoredEvent> => {
  const type = 'key.compromised'
  const signature = base64(inForce.sign(keyStatement({ type, key, since })))
  return log.append({
    stream: LOG_KEYS,
    type,
    cmd: `${type}:${key}`,
    data: { key, since, signature },
  })
}
