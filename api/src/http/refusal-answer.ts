import type { Request, Response } from 'express'
import type { DoorRefusal } from '../grants/grants.ts'

/** Header values are latin1 on the wire: UTF-8 bytes go out one character each. */
export const headerText = (text: string): string =>
  Buffer.from(text.replaceAll(/[\r\n]+/g, ' '), 'utf8').toString('latin1')

/** What clients of the Hugging Face Hub tell apart; without a word of theirs they read our own. */
const X_CODE: Readonly<Record<number, string>> = {
  401: 'GatedRepo',
  403: 'GatedRepo',
  404: 'RepoNotFound',
}

const codeFor = ({ status, code }: DoorRefusal): string =>
  code === 'NO_FILE' ? 'EntryNotFound' : (X_CODE[status] ?? code)

/** Tells a refusal to people and programs: status, code, clauses and where to go. */
export const sendRefusal = (
  request: Request,
  response: Response,
  refusal: DoorRefusal,
  help: string,
): void => {
  const { status, code, message, reasons = [] } = refusal
  response.status(status).set({
    'cache-control': 'no-store',
    'x-error-code': codeFor(refusal),
    'x-error-message': headerText(message),
    ...(status === 401
      ? { 'www-authenticate': 'Basic realm="personal token", charset="UTF-8"' }
      : {}),
    ...(status === 503 ? { 'retry-after': '60' } : {}),
  })
  if (request.method === 'HEAD') response.end()
  else response.json({ code, message, reasons, ...(status === 403 ? { help } : {}) })
}
