/** One entry with its length before it (C2SP tlog-tiles: big-endian uint16). */
export const frameEntry = (leaf: Uint8Array): Uint8Array => {
  const framed = Buffer.allocUnsafe(leaf.length + 2)
  framed.writeUInt16BE(leaf.length)
  framed.set(leaf, 2)
  return framed
}

/** The entries of a bundle, each with its length; null when the bundle is cut short. */
export const splitBundle = (bundle: Uint8Array): readonly Uint8Array[] | null => {
  const bytes = Buffer.from(bundle.buffer, bundle.byteOffset, bundle.length)
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = at + 2 <= bytes.length ? at + 2 + bytes.readUInt16BE(at) : Number.POSITIVE_INFINITY
    if (end > bytes.length) return null
    entries.push(bytes.subarray(at, end))
    at = end
  }
  return entries
}

/** The entry without its length. */
export const unframe = (framed: Uint8Array): Uint8Array => framed.subarray(2)
