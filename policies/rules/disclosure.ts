import { fromBase64Url, fromUtf8, toBase64Url } from './bytes.ts'
import { isWellFormed, type Sha256, utf8 } from './canonical.ts'

/** A private field of an entry that has been shown: its name and its JSON value. */
export interface Disclosed {
  readonly name: string
  readonly value: unknown
}

/** The digest by which an entry commits to a disclosure (RFC 9901 section 4.2.3). */
export const disclosureDigest = (disclosure: string, sha256: Sha256): string =>
  toBase64Url(sha256(utf8(disclosure)))

/** Reads `base64url(["salt","name",value])` (RFC 9901 section 4.2.1); null when it is none. */
export const parseDisclosure = (disclosure: string): Disclosed | null => {
  const bytes = fromBase64Url(disclosure)
  const json = bytes && fromUtf8(bytes)
  try {
    const parts: unknown = JSON.parse(json ?? '')
    if (!Array.isArray(parts) || parts.length !== 3) return null
    const [salt, name, value]: unknown[] = parts
    return typeof salt === 'string' && typeof name === 'string' ? { name, value } : null
  } catch {
    return null
  }
}

/** The digests an entry commits to, in its `_sd` member; none when it is not an entry. */
const commitments = (leaf: string): readonly unknown[] => {
  try {
    const entry: unknown = JSON.parse(leaf)
    const digests = entry && typeof entry === 'object' && '_sd' in entry ? entry._sd : []
    return Array.isArray(digests) ? digests : []
  } catch {
    return []
  }
}

/** The private fields that these disclosures open in an entry. What the entry did not commit to is left out. */
export const openDisclosures = (
  leaf: string,
  disclosures: readonly string[],
  sha256: Sha256,
): readonly Disclosed[] => {
  const committed = commitments(leaf)
  return disclosures
    .filter(isWellFormed)
    .filter((disclosure) => committed.includes(disclosureDigest(disclosure, sha256)))
    .map(parseDisclosure)
    .filter((field) => field !== null)
}
