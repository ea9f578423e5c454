import type { IncomingMessage, ServerResponse } from 'node:http'
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
  request: Pick<IncomingMessage, 'method'>,
  response: ServerResponse,
  refusal: DoorRefusal,
  help: string,
): void => {
  const { status, code, message, reasons = [] } = refusal
  response.statusCode = status
  response.setHeader('cache-control', 'no-store')
  response.setHeader('x-error-code', codeFor(refusal))
  response.setHeader('x-error-message', headerText(message))
  if (status === 401)
    response.setHeader('www-authenticate', 'Basic realm="personal token", charset="UTF-8"')
  if (status === 503) response.setHeader('retry-after', '60')
  if (request.method === 'HEAD') return void response.end()
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify({ code, message, reasons, ...(status === 403 ? { help } : {}) }))
}
