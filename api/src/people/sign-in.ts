import { refuse } from '../errors.ts'
import type { Refusal } from '../log/index.ts'
import { limitTries } from './limit-tries.ts'
import { type Passwords, unlessBusy } from './passwords.ts'
import type { Account } from './people.ts'
import type { PeopleStore } from './store.ts'

export type SignIn = (
  input: { readonly email: string; readonly password: string },
  ip: string,
) => Promise<{ ok: true; account: Account } | Refusal>

/** Only so many tries reach the password check. */
export const createSignIn = (deps: { store: PeopleStore; passwords: Passwords }): SignIn => {
  const tries = limitTries()
  return async (input, ip) => {
    const email = input.email.trim().toLowerCase()
    const refused = await tries.take(email, ip)
    if (refused) return refused
    return unlessBusy(async () => {
      const account = await deps.store.accountByEmail(email)
      const password = input.password.normalize('NFC')
      const matches = await deps.passwords.verify(account?.passwordHash ?? null, password)
      if (!account || !matches) {
        return refuse('WRONG_SIGN_IN', 'This e-mail address and password do not go together.')
      }
      await tries.forget(email)
      return { ok: true, account } as const
    })
  }
}
