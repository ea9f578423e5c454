/** Tables for the cyclic checks of sound formats: highest bit first, not reflected. */
const table = (polynomial: number, bits: 8 | 16 | 32): Uint32Array => {
  const top = 2 ** (bits - 1)
  const mask = bits === 32 ? 0xffff_ffff : 2 ** bits - 1
  const step = (value: number): number =>
    ((value & top) !== 0 ? ((value << 1) ^ polynomial) & mask : (value << 1) & mask) >>> 0
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = (byte << (bits - 8)) >>> 0
    for (let i = 0; i < 8; i++) value = step(value)
    return value
  })
}

// RFC 9639, sections 9.1.8 and 9.3; RFC 3533, section 6.
const CRC8 = table(0x07, 8)
const CRC16 = table(0x8005, 16)
const CRC32 = table(0x04c1_1db7, 32)

export const crc8 = (bytes: Uint8Array): number => {
  let crc = 0
  for (const byte of bytes) crc = CRC8[crc ^ byte] ?? 0
  return crc
}

/** One step of the check over a FLAC frame: it ends at 0 with the last byte of the frame. */
export const crc16Step = (crc: number, byte: number): number =>
  ((crc << 8) ^ (CRC16[(crc >>> 8) ^ byte] ?? 0)) & 0xffff

/** Of an Ogg page whose own field for it is zero. */
export const crc32 = (bytes: Uint8Array): number => {
  let crc = 0
  for (const byte of bytes) crc = ((crc << 8) ^ (CRC32[(crc >>> 24) ^ byte] ?? 0)) >>> 0
  return crc
}
