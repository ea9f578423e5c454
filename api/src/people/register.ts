import { z } from 'zod'
import { refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { PostLetter } from './letters.ts'
import { type Passwords, unlessBusy } from './passwords.ts'
import type { Account } from './people.ts'
import type { PeopleStore } from './store.ts'

export const email = z
  .string()
  .trim()
  .toLowerCase()
  // RFC 5321 section 4.5.3.1.3.
  .max(254, 'An e-mail address has at most 254 characters.')
  .pipe(z.email('Give an e-mail address such as name@example.org.'))

export const registration = z.object({
  name: z
    .string()
    .normalize('NFC')
    .trim()
    .min(1, 'Give a name that others will know you by.')
    .max(120, 'A name has at most 120 characters.'),
  email,
  password: z
    .string()
    // NIST SP 800-63B section 3.1.1.2: one keyboard composes an accent, the next one does not.
    .normalize('NFC')
    .min(12, 'A password has at least 12 characters; a short sentence is good.')
    .max(256, 'A password has at most 256 characters.'),
})

export interface RegisterDeps {
  readonly store: PeopleStore
  readonly passwords: Passwords
  readonly post: PostLetter
}

export interface RegisterOptions {
  readonly operator?: boolean
  /** The address is known to be theirs: nobody has to be asked. */
  readonly verified?: boolean
  readonly at: number
  /** Counts the try of a stranger; left out for whom somebody has invited or set up. */
  readonly take?: (email: string) => Promise<Refusal | null>
}

/** Opens an account. It gives no right in any community: that is a council's decision. */
export const register = async (
  { store, passwords, post }: RegisterDeps,
  input: unknown,
  options: RegisterOptions,
): Promise<{ ok: true; account: Account } | Refusal> => {
  const read = parse(registration, input)
  if (!read.ok) return read
  const { name, email, password } = read.value
  const refused = await options.take?.(email)
  if (refused) return refused
  // Hashed before anybody knows whether the address is free: the answer takes as long either way.
  const hashed = await unlessBusy(async () => ({ ok: true, text: await passwords.hash(password) }))
  if (!('text' in hashed)) return hashed
  const account = {
    id: newId('a'),
    email,
    name,
    operator: options.operator ?? false,
    createdAt: options.at,
    emailVerifiedAt: options.verified ? options.at : null,
    passwordHash: hashed.text,
  }
  if (await store.addAccount(account)) {
    if (!options.verified) await post({ kind: 'verify', account: account.id })
    return { ok: true, account }
  }
  return refuse('EMAIL_TAKEN', 'There is an account with this e-mail address. Sign in instead.', {
    field: 'email',
  })
}
