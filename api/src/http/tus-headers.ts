/** A whole number from a header; null for anything else. */
export const wholeNumber = (header: string | undefined): number | null => {
  if (header === undefined || !/^\d{1,15}$/.test(header)) return null
  return Number(header)
}

const MAX_METADATA = 4096

const decode = (text: string): string | null => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null
  return Buffer.from(text, 'base64').toString('utf8')
}

/**
 * Reads Upload-Metadata (tus 1.0): pairs of a key and base64, separated by commas. null when the
 * header is malformed or a key comes twice.
 */
export const readMetadata = (header: string | undefined): ReadonlyMap<string, string> | null => {
  const metadata = new Map<string, string>()
  if (header === undefined || header.trim() === '') return metadata
  if (header.length > MAX_METADATA) return null
  for (const pair of header.split(',')) {
    const [key = '', value = '', ...rest] = pair.trim().split(' ')
    const text = decode(value)
    if (key === '' || rest.length > 0 || text === null || metadata.has(key)) return null
    metadata.set(key, text)
  }
  return metadata
}
