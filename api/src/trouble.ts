/** What keeps a registry from working and passes: no fault of its code, nor of whoever asks. */
export interface Trouble {
  readonly code: 'UNAVAILABLE' | 'NO_SPACE'
  readonly status: 503 | 507
  readonly message: string
  /** Seconds after which asking again makes sense. */
  readonly retryAfter: number
}

const DOWN: Trouble = {
  code: 'UNAVAILABLE',
  status: 503,
  message:
    'The registry does not reach its store just now. Nothing was changed by halves; try again in a few seconds.',
  retryAfter: 5,
}

const FULL: Trouble = {
  code: 'NO_SPACE',
  status: 507,
  message:
    'The disk of the registry is full. Nothing was changed by halves; tell the operator and try again later.',
  retryAfter: 60,
}

/** How drivers call a store that is not there, or that did not answer in time. */
const DOWN_NAMES =
  /^Mongo(ose)?(Network|ServerSelection|NotConnected|Pool|TopologyClosed|ClientClosed|ExpiredSession|WaitQueue)/

const DOWN_CODES: ReadonlySet<unknown> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'EHOSTUNREACH', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN'],
  ...['ERR_STREAM_WRITE_AFTER_END', 'ERR_STREAM_DESTROYED'],
  // MongoDB: host unreachable or unknown, lock or network timeout, shutting down, no primary.
  ...[6, 7, 24, 89, 91, 189, 9001, 10_107, 11_600, 11_602, 13_435, 13_436],
])

/** How mongoose says it while it connects anew. */
const DOWN_WORDS = /before initial connection is complete/

const FULL_CODES: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 14_031])

const DEEPEST = 5

const codeOf = (error: Error): unknown => ('code' in error ? error.code : undefined)

/** What an error came from: GraphQL keeps it by one name, the driver for a write of many by another. */
const causesOf = (error: Error): readonly unknown[] => [
  error.cause,
  'originalError' in error ? error.originalError : undefined,
  'errorResponse' in error ? error.errorResponse : undefined,
]

const isDown = (error: Error): boolean =>
  DOWN_CODES.has(codeOf(error)) || DOWN_NAMES.test(error.name) || DOWN_WORDS.test(error.message)

/** What passes by itself, or with an operator, behind an error or what it was caused by; else null. */
export const troubleOf = (error: unknown, depth = 0): Trouble | null => {
  if (!(error instanceof Error) || depth > DEEPEST) return null
  if (FULL_CODES.has(codeOf(error))) return FULL
  if (isDown(error)) return DOWN
  for (const cause of causesOf(error)) {
    const trouble = troubleOf(cause, depth + 1)
    if (trouble) return trouble
  }
  return null
}
