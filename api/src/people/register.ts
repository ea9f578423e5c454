import { z } from 'zod'
import { refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Passwords } from './passwords.ts'
import type { Account } from './people.ts'
import type { PeopleStore } from './store.ts'

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('Give an e-mail address such as name@example.org.'))

export const registration = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Give a name that others will know you by.')
    .max(120, 'A name has at most 120 characters.')
    .transform((name) => name.normalize('NFC')),
  email,
  password: z
    .string()
    .min(12, 'A password has at least 12 characters; a short sentence is good.')
    .max(256, 'A password has at most 256 characters.'),
})

export interface RegisterDeps {
  readonly store: PeopleStore
  readonly passwords: Passwords
}

/** Opens an account. It gives no right in any community: that is a council's decision. */
export const register = async (
  { store, passwords }: RegisterDeps,
  input: unknown,
  options: { readonly operator?: boolean; readonly at: number },
): Promise<{ ok: true; account: Account } | Refusal> => {
  const read = parse(registration, input)
  if (!read.ok) return read
  const { name, email, password } = read.value
  const passwordHash = await passwords.hash(password)
  const account = {
    id: newId('a'),
    email,
    name,
    operator: options.operator ?? false,
    createdAt: options.at,
    passwordHash,
  }
  if (await store.addAccount(account)) return { ok: true, account }
  return refuse('EMAIL_TAKEN', 'There is an account with this e-mail address. Sign in instead.', {
    field: 'email',
  })
}
