import { type Mailed, verifyEmail } from './mailbox.ts'
import type { Registry } from './registry.ts'

export const PASSWORD = 'a long enough password'

/** Somebody with a browser: keeps the session cookie, speaks GraphQL and plain HTTP. */
export interface Person {
  readonly email: string
  /** Runs one operation; throws on GraphQL errors, which a refusal never is. */
  readonly run: <T = Record<string, never>>(query: string, variables?: object) => Promise<T>
  /** The same with the errors in hand. */
  readonly raw: (query: string, variables?: object) => Promise<GraphqlAnswer>
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>
  readonly cookie: () => string
}

export interface GraphqlAnswer {
  readonly status: number
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: { code?: string } }[]
}

/** A browser that has not signed in. */
export const visitor = ({ url }: Pick<Registry, 'url'>, email = ''): Person => {
  let cookie = ''
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    if (cookie !== '' && !headers.has('authorization')) headers.set('cookie', cookie)
    const response = await fetch(`${url}${path}`, { ...init, headers })
    const [set] = response.headers.getSetCookie()
    if (set) cookie = set.split(';')[0] ?? ''
    return response
  }
  const raw: Person['raw'] = async (query, variables = {}) => {
    const response = await send('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    return { status: response.status, ...((await response.json()) as object) }
  }
  return {
    email,
    raw,
    fetch: send,
    cookie: () => cookie,
    run: async <T>(query: string, variables?: object) => {
      const answer = await raw(query, variables)
      if (answer.errors?.length) throw new Error(JSON.stringify(answer.errors))
      return answer.data as T
    },
  }
}

const REGISTER = `mutation ($input: RegisterInput!) {
  register(input: $input) { viewer { id } refused { code message field } }
}`

const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { viewer { id } refused { code message } }
}`

/** A new account with its browser signed in, whose address is known to be theirs. */
export const join = async (registry: Mailed, email: string): Promise<Person> => {
  const person = visitor(registry, email)
  const input = { email, name: email.split('@')[0], password: PASSWORD }
  const { register } = await person.run<{ register: { viewer: object | null } }>(REGISTER, {
    input,
  })
  if (!register.viewer) throw new Error(`cannot register ${email}: ${JSON.stringify(register)}`)
  await verifyEmail(registry, email)
  return person
}

/** Another browser of somebody with an account. */
export const signIn = async (registry: Pick<Registry, 'url'>, email: string): Promise<Person> => {
  const person = visitor(registry, email)
  const input = { email, password: PASSWORD }
  const { signIn: answer } = await person.run<{ signIn: { viewer: object | null } }>(SIGN_IN, {
    input,
  })
  if (!answer.viewer) throw new Error(`cannot sign in ${email}: ${JSON.stringify(answer)}`)
  return person
}
