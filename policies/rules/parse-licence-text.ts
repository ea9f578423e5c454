import { MOST_CHARACTERS, sizeProblem } from './document-size.ts'
import { duplicateKeys } from './duplicate-keys.ts'
import { type ParsedLicence, parseLicence } from './parse-licence.ts'
import { problem } from './problem.ts'

const refused = (code: string, message: string): ParsedLicence => ({
  ok: false,
  problems: [problem('', code, message)],
})

function parsed(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/**
 * Reads a licence from its JSON text, as `parseLicence` does from the value. Only the text shows a
 * key that is written twice, and only the text can be too long to be read at all.
 */
export function parseLicenceText(text: string): ParsedLicence {
  if (text.length > MOST_CHARACTERS)
    return refused('limit', `A licence has at most ${MOST_CHARACTERS} characters.`)
  const read = parsed(text)
  if (read === undefined) return refused('not-json', 'This is not JSON: look for a missing sign.')
  const size = sizeProblem([read.json])
  if (size !== undefined)
    return { ok: false, problems: [{ ...size, path: size.path.slice('/0'.length) }] }
  const twice = duplicateKeys(text)
  return twice.length > 0 ? { ok: false, problems: twice } : parseLicence(read.json)
}
