import type { Refusal } from './log/index.ts'

/** A refusal: what a careful person can meet, told with the way out. */
export const refuse = (
  code: string,
  message: string,
  extra: Omit<Refusal, 'ok' | 'code' | 'message'> = {},
): Refusal => ({ ok: false, code, message, ...extra })

/** The one answer for what is absent and for what the asker may not know of. */
export const notFound = (what: string): Refusal =>
  refuse('NOT_FOUND', `There is no such ${what}, or you may not see it.`)

/** Nobody is signed in. */
export const signInFirst = (): Refusal =>
  refuse('SIGN_IN', 'Sign in first; what you typed is kept on this page.')

/** True for a refusal, whatever the success looks like. */
export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'ok' in value && value.ok === false
