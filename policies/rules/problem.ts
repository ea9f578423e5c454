/** One reason why a document is refused: a JSON pointer, a stable code, and a way out in words. */
export interface Problem {
  readonly path: string
  readonly code: string
  readonly message: string
}

export const problem = (path: string, code: string, message: string): Problem => ({
  path,
  code,
  message,
})
