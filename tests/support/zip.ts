import { crc32, deflateRawSync } from 'node:zlib'

/** What one entry of a made archive claims; each claim can be false. */
export interface Packed {
  readonly name: string
  readonly bytes?: Buffer
  /** Already deflated, with the length it would have. */
  readonly raw?: { readonly deflated: Buffer; readonly size: number; readonly crc: number }
  readonly mode?: number
  readonly flags?: number
  readonly method?: number
  readonly size?: number
  readonly crc?: number
  /** Uses the local header of an earlier entry. */
  readonly over?: number
}

const headOf = (entry: Packed) => {
  const bytes = entry.bytes ?? Buffer.alloc(0)
  const deflated = entry.raw?.deflated ?? deflateRawSync(bytes)
  const name = Buffer.from(entry.name)
  const head = Buffer.alloc(26)
  head.writeUInt16LE(20, 0)
  head.writeUInt16LE((entry.flags ?? 0) | 0x800, 2)
  head.writeUInt16LE(entry.method ?? 8, 4)
  head.writeUInt32LE(entry.crc ?? entry.raw?.crc ?? crc32(bytes), 10)
  head.writeUInt32LE(deflated.length, 14)
  head.writeUInt32LE(entry.size ?? entry.raw?.size ?? bytes.length, 18)
  head.writeUInt16LE(name.length, 22)
  return { head, name, deflated }
}

/** A zip archive as APPNOTE.TXT has it, but for what its entries claim. */
export const zip = (...entries: readonly Packed[]): Buffer => {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  const offsets: number[] = []
  let position = 0
  for (const entry of entries) {
    const { head, name, deflated } = headOf(entry)
    const at = entry.over === undefined ? position : offsets[entry.over]!
    offsets.push(at)
    if (entry.over === undefined) {
      const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, name, deflated])
      locals.push(local)
      position += local.length
    }
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6)
    rest.writeUInt32LE(at, 10)
    const made = Buffer.from([20, 3])
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), made, head, rest, name]))
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 8)
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(position, 16)
  return Buffer.concat([...locals, directory, end])
}
