const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`

const encode = (bytes: Uint8Array, alphabet: string): string => {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const [a, b] = [alphabet.charAt(bits >> 18), alphabet.charAt((bits >> 12) & 63)]
    text += a + b + alphabet.charAt((bits >> 6) & 63) + alphabet.charAt(bits & 63)
  }
  return text.slice(0, Math.ceil((bytes.length * 4) / 3))
}

/** The value of each digit by its character code, -1 for every other character. */
const digitsOf = (alphabet: string): readonly number[] =>
  Array.from({ length: 128 }, (_, code) => alphabet.indexOf(String.fromCharCode(code)))

const DIGITS = { [STANDARD]: digitsOf(STANDARD), [URL_SAFE]: digitsOf(URL_SAFE) }

const decode = (text: string, alphabet: string): Uint8Array | null => {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  const digits = DIGITS[alphabet] ?? []
  let bits = 0
  for (let i = 0; i < text.length; i++) {
    const digit = digits[text.charCodeAt(i)] ?? -1
    if (digit < 0) return null
    bits = ((bits << 6) | digit) & 0xffffff
    if (i % 4 !== 0) bytes[Math.floor((i * 3) / 4)] = (bits >> (6 - 2 * (i % 4))) & 255
  }
  // One text for each value: a second spelling would let a signed text change unnoticed.
  return encode(bytes, alphabet) === text ? bytes : null
}

/** Standard base64 with padding (RFC 4648 section 4). */
export const toBase64 = (bytes: Uint8Array): string => {
  const text = encode(bytes, STANDARD)
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

/** Bytes of canonical standard base64, null for anything else. */
export const fromBase64 = (text: string): Uint8Array | null => {
  const bytes = decode(text.replace(/=+$/, ''), STANDARD)
  return bytes && toBase64(bytes) === text ? bytes : null
}

/** base64url without padding (RFC 4648 section 5). */
export const toBase64Url = (bytes: Uint8Array): string => encode(bytes, URL_SAFE)

/** Bytes of canonical unpadded base64url, null for anything else. */
export const fromBase64Url = (text: string): Uint8Array | null => decode(text, URL_SAFE)

/** Lower-case hexadecimal. */
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Text of UTF-8 bytes, null when they are not UTF-8. */
export const fromUtf8 = (bytes: Uint8Array): string | null => {
  try {
    return decodeURIComponent(toHex(bytes).replace(/../g, '%$&'))
  } catch {
    return null
  }
}

/** Whether two byte strings are the same. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])

/** One byte string after the other. */
export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
