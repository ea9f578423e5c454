import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { DamagedBlobError, type Files } from '../../api/src/datasets/files.ts'

/** A store under test, with the means to hurt it from outside. */
export interface OpenedFiles {
  readonly files: Files
  /** Opens the same place anew, as after a restart. */
  readonly reopen: () => Promise<Files>
  /** Replaces the stored bytes behind the store's back. */
  readonly damage: (sha256: string, bytes: Uint8Array) => Promise<void>
  readonly lose: (sha256: string) => Promise<void>
  /** A complete file on this machine, for `adopt`. */
  readonly fileWith: (bytes: Uint8Array) => Promise<string>
  /** What an interrupted write left behind, counted. */
  readonly leftovers: () => Promise<number>
  /** Leaves what a write that was killed half way leaves. */
  readonly interrupt: () => Promise<void>
  /** Leaves what a removal that was killed half way leaves. */
  readonly interruptRemoval: (sha256: string) => Promise<void>
}

export const sha256Of = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex')

const collect = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const one of source) all.push(one)
  return all
}

const ABC = Buffer.from('abc')
// FIPS 180-4, example B.1.
const ABC_DIGEST = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
const BIG = Buffer.alloc(2_500_000, 'ngā kupu ')

/** What every store of bytes must do, wherever the bytes lie. */
export const blobStoreContract = (name: string, open: () => Promise<OpenedFiles>): void => {
  describe(`a blob store (${name})`, () => {
    it('names bytes by their SHA-256', async () => {
      const { files } = await open()
      expect(await files.put(ABC)).toEqual({ sha256: ABC_DIGEST, size: 3 })
      expect(await files.readSmall(ABC_DIGEST)).toEqual(ABC)
    })

    it('stores a stream of several megabytes as it came', async () => {
      const { files } = await open()
      const pieces = [BIG.subarray(0, 7), BIG.subarray(7, 1_900_000), BIG.subarray(1_900_000)]
      const blob = await files.put(Readable.from(pieces))
      expect(blob).toEqual({ sha256: sha256Of(BIG), size: BIG.length })
      expect((await buffer(files.read(blob.sha256))).equals(BIG)).toBe(true)
    })

    it('stores no bytes as well as many', async () => {
      const { files } = await open()
      const blob = await files.put(new Uint8Array())
      expect(blob).toEqual({ sha256: sha256Of(''), size: 0 })
      expect(await files.stat(blob.sha256)).toEqual(blob)
    })

    it('keeps one copy of equal bytes', async () => {
      const { files } = await open()
      const both = await Promise.all([files.put(ABC), files.put(Readable.from([ABC]))])
      expect(both[0]).toEqual(both[1])
      expect(await collect(files.verifyAll())).toHaveLength(1)
    })

    it('gives back a range with both ends in it', async () => {
      const { files } = await open()
      const { sha256 } = await files.put(BIG)
      expect(await buffer(files.read(sha256, { start: 5, end: 9 }))).toEqual(BIG.subarray(5, 10))
      const tail = await buffer(files.read(sha256, { start: BIG.length - 3 }))
      expect(tail).toEqual(BIG.subarray(-3))
    })

    it('knows nothing of what was never stored', async () => {
      const { files } = await open()
      const never = sha256Of('never stored')
      expect(await files.stat(never)).toBeNull()
      expect(await files.verify(never)).toBe(false)
      await expect(files.readSmall(never)).rejects.toBeInstanceOf(DamagedBlobError)
      await expect(files.ensureVerified(never)).rejects.toBeInstanceOf(DamagedBlobError)
    })

    it.each(['', '..', '../../etc/passwd', ABC_DIGEST.toUpperCase(), `${ABC_DIGEST}/x`])(
      'takes %j for no digest',
      async (text) => {
        const { files } = await open()
        await files.put(ABC)
        expect(await files.stat(text)).toBeNull()
        await expect(files.readSmall(text)).rejects.toBeInstanceOf(DamagedBlobError)
      },
    )

    it('leaves nothing behind when the source breaks off', async () => {
      const { files, leftovers } = await open()
      const broken = Readable.from(
        (async function* () {
          yield ABC
          throw new Error('the line is cut')
        })(),
      )
      await expect(files.put(broken)).rejects.toThrow('the line is cut')
      expect(await leftovers()).toBe(0)
      expect(await collect(files.verifyAll())).toEqual([])
    })

    it('sweeps what a killed write left, and nothing else', async () => {
      const opened = await open()
      await opened.files.put(ABC)
      await opened.interrupt()
      expect(await opened.leftovers()).toBe(1)
      const files = await opened.reopen()
      await files.sweep()
      expect(await opened.leftovers()).toBe(0)
      expect(await files.verify(ABC_DIGEST)).toBe(true)
      expect((await files.put(BIG)).size).toBe(BIG.length)
    })

    it('lists and removes what was stored before an instant, and nothing younger', async () => {
      const { files } = await open()
      await files.put(ABC)
      const later = Date.now() + 60_000
      expect(await collect(files.storedBefore(0))).toEqual([])
      expect(await collect(files.storedBefore(later))).toEqual([ABC_DIGEST])
      expect(await files.discard(ABC_DIGEST, 0)).toBe(false)
      expect(await files.verify(ABC_DIGEST)).toBe(true)
      expect(await files.discard(ABC_DIGEST, later)).toBe(true)
      expect(await files.stat(ABC_DIGEST)).toBeNull()
      expect(await files.discard(ABC_DIGEST, later)).toBe(false)
      expect(await collect(files.storedBefore(later))).toEqual([])
      await files.put(ABC)
      expect(await files.readSmall(ABC_DIGEST)).toEqual(ABC)
    })

    it('keeps bytes that have been stored again since', async () => {
      const { files, fileWith } = await open()
      const pause = () => new Promise((resolve) => setTimeout(resolve, 20))
      for (const again of [() => files.put(ABC), async () => files.adopt(await fileWith(ABC))]) {
        await files.put(ABC)
        await pause()
        const between = Date.now()
        await pause()
        await again()
        expect(await files.discard(ABC_DIGEST, between)).toBe(false)
        expect(await files.readSmall(ABC_DIGEST)).toEqual(ABC)
      }
    })

    it('brings back at the start what a killed removal had not finished', async () => {
      const opened = await open()
      await opened.files.put(ABC)
      await opened.interruptRemoval(ABC_DIGEST)
      const files = await opened.reopen()
      await files.sweep()
      expect(await files.readSmall(ABC_DIGEST)).toEqual(ABC)
    })

    it('takes over a finished file and can do so again', async () => {
      const { files, fileWith, leftovers } = await open()
      const path = await fileWith(BIG)
      const first = await files.adopt(path)
      expect(first).toEqual({ sha256: sha256Of(BIG), size: BIG.length })
      expect(await files.adopt(path, first)).toEqual(first)
      expect(await files.verify(first.sha256)).toBe(true)
      expect(await leftovers()).toBe(0)
    })

    it('notices on the first read in a process that bytes were changed', async () => {
      const opened = await open()
      await opened.files.put(ABC)
      await opened.damage(ABC_DIGEST, Buffer.from('abd'))
      const files = await opened.reopen()
      await expect(files.ensureVerified(ABC_DIGEST)).rejects.toBeInstanceOf(DamagedBlobError)
      expect(await files.verify(ABC_DIGEST)).toBe(false)
    })

    it('heals a damaged blob when the same bytes come again', async () => {
      const { files, damage } = await open()
      await files.put(ABC)
      await damage(ABC_DIGEST, Buffer.from('abd'))
      await files.put(ABC)
      expect(await files.verify(ABC_DIGEST)).toBe(true)
    })

    it('reports every blob, the damaged ones by name', async () => {
      const { files, damage } = await open()
      const whole = await files.put(BIG)
      await files.put(ABC)
      await damage(ABC_DIGEST, Buffer.from('abd'))
      const found = await collect(files.verifyAll())
      expect(found.filter(({ intact }) => !intact).map(({ sha256 }) => sha256)).toEqual([
        ABC_DIGEST,
      ])
      expect(found.filter(({ intact }) => intact).map(({ sha256 }) => sha256)).toEqual([
        whole.sha256,
      ])
    })

    it('finds out at a verification that a blob it knew is gone', async () => {
      const { files, lose } = await open()
      await files.put(ABC)
      await files.ensureVerified(ABC_DIGEST)
      await lose(ABC_DIGEST)
      expect(await files.verify(ABC_DIGEST)).toBe(false)
      await expect(files.ensureVerified(ABC_DIGEST)).rejects.toBeInstanceOf(DamagedBlobError)
    })
  })
}
