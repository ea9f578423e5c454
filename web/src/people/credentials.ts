import type { PeopleKey } from '../i18n/areas/people.ts'
import { missing, type Problem } from '../ui/problem.ts'

/** As the registry asks; NIST SP 800-63B wants eight at least, and no rules about signs. */
export const minPassword = 12

/** Only whether it could be an address; whether it is one, a letter to it will show. */
export const looksLikeEmail = (text: string) => /^[^\s@]+@[^\s@]+$/.test(text.trim())

export type Registration = {
  readonly name: string
  readonly email: string
  readonly password: string
}

export const registrationProblems = (given: Registration): readonly Problem<PeopleKey>[] => [
  ...missing<PeopleKey>([['name', given.name, 'problem.name']]),
  ...emailProblems(given.email),
  ...(given.password.length >= minPassword
    ? []
    : [
        {
          field: 'password',
          key: 'problem.password' as const,
          values: { count: minPassword },
        },
      ]),
]

export const signInProblems = (
  given: Omit<Registration, 'name'>,
): readonly Problem<PeopleKey>[] => [
  ...emailProblems(given.email),
  ...missing<PeopleKey>([['password', given.password, 'problem.passwordEmpty']]),
]

const emailProblems = (email: string): readonly Problem<PeopleKey>[] =>
  looksLikeEmail(email) ? [] : [{ field: 'email', key: 'problem.email' }]

const somewhere = 'https://registry.invalid'

/** Where to go after signing in: only ever a page of this site, never an address elsewhere. */
export function nextPath(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? ''
  if (!next.startsWith('/') || !URL.canParse(next, somewhere)) return '/account'
  const { origin, pathname, search: query, hash } = new URL(next, somewhere)
  // A second slash would name another host once the browser reads the path by itself.
  const stays = origin === somewhere && !pathname.startsWith('//')
  return stays ? pathname + query + hash : '/account'
}
