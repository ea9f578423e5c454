const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`

const encode = (bytes: Uint8Array, alphabet: string): string => {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3)
    const bits = (a << 16) | (b << 8) | c
    const chars = Math.min(bytes.length - i, 3) + 1
    for (let k = 0; k < chars; k++) text += alphabet.charAt((bits >> (18 - 6 * k)) & 63)
  }
  return text
}

const decode = (text: string, alphabet: string): Uint8Array | null => {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let bits = 0
  for (let i = 0; i < text.length; i++) {
    const digit = alphabet.indexOf(text.charAt(i))
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
