/** How a sample is written. */
export type SampleKind = 'u8' | 's16' | 's24' | 's32' | 'f32'

const READ: Readonly<Record<SampleKind, readonly [number, (bytes: Buffer, at: number) => number]>> =
  {
    u8: [1, (bytes, at) => (bytes.readUInt8(at) - 128) / 127],
    s16: [2, (bytes, at) => bytes.readInt16LE(at) / 32_767],
    s24: [3, (bytes, at) => bytes.readIntLE(at, 3) / 8_388_607],
    s32: [4, (bytes, at) => bytes.readInt32LE(at) / 2_147_483_647],
    f32: [4, (bytes, at) => bytes.readFloatLE(at)],
  }

/** About −60 dBFS: what a quiet room leaves on a recording. */
const SILENCE = 0.001

/** Shares of samples, 0 to 1, that stand at the rail and that are hardly there. */
export const createMeter = (kind: SampleKind) => {
  const [width, read] = READ[kind]
  let samples = 0
  let clipped = 0
  let silent = 0
  return {
    /** Whole samples only. */
    take: (bytes: Buffer): void => {
      for (let at = 0; at + width <= bytes.length; at += width) {
        const level = Math.abs(read(bytes, at))
        samples++
        if (level >= 1) clipped++
        else if (level < SILENCE) silent++
      }
    },
    shares: () => ({
      clipped: samples === 0 ? 0 : clipped / samples,
      silent: samples === 0 ? 0 : silent / samples,
    }),
  }
}

/** The loudest level, 0 to 1, in each of as many equal parts of the sound. */
export const peaksOf = (kind: SampleKind, bytes: Buffer, parts: number): readonly number[] => {
  const [width, read] = READ[kind]
  const samples = Math.floor(bytes.length / width)
  const peaks = Array.from({ length: Math.min(parts, samples) }, () => 0)
  for (let nth = 0; nth < samples; nth++) {
    const part = Math.floor((nth * peaks.length) / samples)
    const level = Math.min(1, Math.abs(read(bytes, nth * width)))
    // What is no number is no sound.
    if (level > (peaks[part] ?? 0)) peaks[part] = level
  }
  return peaks
}
