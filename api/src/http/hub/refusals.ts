import type { Request, Response } from 'express'
import type { Actor } from '../../people/people.ts'
import { headerText } from '../refusal-answer.ts'

/** The words by which the clients tell refusals apart. */
type Code = 'RepoNotFound' | 'RevisionNotFound' | 'EntryNotFound' | 'BadRequest'

interface Answer {
  readonly status: number
  readonly code?: Code
  readonly message: string
}

/** A body only where one is asked for: a client takes an empty JSON body for a broken answer. */
export const answer = (request: Request, response: Response, given: Answer): void => {
  const { status, code, message } = given
  response.status(status).set({
    'cache-control': 'no-store',
    ...(code ? { 'x-error-code': code } : {}),
    'x-error-message': headerText(message),
  })
  if (request.method === 'HEAD') response.end()
  else response.json({ error: message })
}

const NO_REPO = 'There is no such dataset here, or you may not see it.'

/** Hidden and absent are one answer; to a stranger it says that signing in may change it. */
export const noRepo = (request: Request, response: Response, actor: Actor | null): void =>
  answer(request, response, { status: actor ? 404 : 401, code: 'RepoNotFound', message: NO_REPO })

export const noRevision = (request: Request, response: Response): void =>
  answer(request, response, {
    status: 404,
    code: 'RevisionNotFound',
    message: 'This dataset has no such version. Versions are listed under /refs.',
  })

/** A token that is not ours must not read as "not found". */
export const badToken = (request: Request, response: Response): void =>
  answer(request, response, {
    status: 401,
    message: 'Invalid credentials in Authorization header',
  })
