import { buffer } from 'node:stream/consumers'
import type { Files } from '../files.ts'

/** The bytes of one file, in order or from anywhere; it is never held whole. */
export interface Source {
  readonly size: number
  readonly read: () => AsyncIterable<Uint8Array>
  /** Fewer bytes than asked for only at the end. */
  readonly at: (position: number, length: number) => Promise<Buffer>
}

// Formats walk in small steps: one read of the store serves many of them.
const WINDOW = 256 * 1024

const NOTHING = Buffer.alloc(0)

/** Remembers the piece of a file around the last position asked for. */
const windowed = (
  size: number,
  fetch: (start: number, end: number) => Promise<Buffer>,
): Source['at'] => {
  let start = 0
  let held: Buffer = NOTHING
  return async (position, length) => {
    if (position < 0 || position >= size || length <= 0) return NOTHING
    const end = Math.min(size, position + length)
    if (position < start || end > start + held.length) {
      start = position
      held = await fetch(position, Math.min(size, Math.max(end, position + WINDOW)) - 1)
    }
    return held.subarray(position - start, end - start)
  }
}

/** A stored blob as a source. */
export const sourceOf = (
  files: Pick<Files, 'read'>,
  { sha256, size }: { readonly sha256: string; readonly size: number },
): Source => ({
  size,
  read: () => files.read(sha256),
  at: windowed(size, (start, end) => buffer(files.read(sha256, { start, end }))),
})
