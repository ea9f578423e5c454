import { z } from 'zod'
import { refuse } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor } from './people.ts'
import { fingerprint, newToken } from './secrets.ts'
import type { PeopleStore, StoredToken } from './store.ts'

const DAY = 86_400_000
const MOST = 50

const tokenInput = z.object({
  name: z.string().trim().min(1, 'Name the token after where you will use it.').max(80),
  scopes: z
    .array(z.enum(['read', 'download', 'contribute'], 'A scope is read, download or contribute.'))
    .min(1, 'Choose at least one scope.'),
  days: z.number().int().min(1).max(365, 'A token lives at most 365 days.'),
})

/** A key for scripts: scoped, expiring, stored as a hash, shown once. Only a browser session makes one. */
export const createToken = async (
  store: PeopleStore,
  actor: Actor,
  input: unknown,
  now: number,
): Promise<{ ok: true; secret: string; token: StoredToken } | Refusal> => {
  const read = parse(tokenInput, input)
  if (!read.ok) return read
  if ((await store.tokensOf(actor.account.id)).length >= MOST) {
    return refuse('TOO_MANY_TOKENS', `You have ${MOST} tokens. Revoke one you no longer use.`)
  }
  const secret = newToken()
  const token: StoredToken = {
    id: fingerprint(secret),
    account: actor.account.id,
    name: read.value.name,
    scopes: [...new Set(read.value.scopes)],
    ending: secret.slice(-4),
    createdAt: now,
    expiresAt: now + read.value.days * DAY,
    lastUsedAt: null,
  }
  await store.addToken(token)
  return { ok: true, secret, token }
}
