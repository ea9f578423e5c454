import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameEntry, splitBundle, unframe } from '../../../api/src/log/entry-bundle.ts'
import { createFrontier } from '../../../api/src/log/frontier.ts'
import { sha256, tileFolder } from '../../../api/src/log/index.ts'
import { parseTilePath, partialTiles, tilePath } from '../../../api/src/log/tile-path.ts'
import { createTileReader, loadEdge } from '../../../api/src/log/tile-reader.ts'
import { emptyTree, type TreeEdge } from '../../../api/src/log/tree-edge.ts'
import { rangeHash, subtreesOf, treeHash } from '../../../policies/index.ts'
import { memoryTiles } from '../../support/memory-log.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const leafOf = (n: number) => new Uint8Array(Buffer.from(`leaf ${n}`))

/** RFC 6962 section 2.1, level by level, sharing nothing with the code under test. */
const plainRoot = (size: number): string => {
  const sha = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
  let row = Array.from({ length: size }, (_, n) => sha(Buffer.of(0), leafOf(n)))
  while (row.length > 1)
    row = row.flatMap((left, i) => {
      const right = row[i + 1]
      return i % 2 ? [] : [right ? sha(Buffer.of(1), left, right) : left]
    })
  return (row[0] ?? sha()).toString('hex')
}

const grow = (size: number, from = emptyTree()) => {
  for (let n = from.size(); n < size; n++) from.append(leafOf(n))
  return from
}

describe('the name of a tile', () => {
  it.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 1, index: 1_234_067, width: 256 }, 'tile/1/x001/x234/067'],
    [{ level: 'entries', index: 273, width: 112 }, 'tile/entries/273.p/112'],
  ] as const)('%j is %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path)
    expect(parseTilePath(path)).toEqual(tile)
  })

  it('is read back whatever the tile', () => {
    const level = fc.oneof(fc.constant<'entries'>('entries'), fc.integer({ min: 0, max: 63 }))
    const index = fc.oneof(fc.nat({ max: 2000 }), fc.nat({ max: 2 ** 40 }))
    const tiles = fc.record({ level, index, width: fc.integer({ min: 1, max: 256 }) })
    fc.assert(
      fc.property(tiles, (tile) => {
        expect(parseTilePath(tilePath(tile))).toEqual(tile)
      }),
    )
  })

  it.each([
    'tile/0/0',
    'tile/0/1000',
    'tile/0/x000/001',
    'tile/00/001',
    'tile/0/001.p/256',
    'tile/0/001.p/0',
    'tile/0/001.p/01',
    'tile/-1/001',
    'tile/0/../001',
    '/tile/0/001',
    'checkpoint',
    '',
  ])('is never spelt %j', (path) => {
    expect(parseTilePath(path)).toBeNull()
  })

  it('lists the partial tiles of the example in the specification', () => {
    expect(partialTiles(70_000).map(tilePath)).toEqual([
      'tile/entries/273.p/112',
      'tile/0/273.p/112',
      'tile/1/001.p/17',
      'tile/2/000.p/1',
    ])
    expect(partialTiles(256).map(tilePath)).toEqual(['tile/1/000.p/1'])
    expect(partialTiles(0)).toEqual([])
  })
})

describe('a bundle of entries', () => {
  it('gives back the entries it was made of', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 20 })
    fc.assert(
      fc.property(entries, (given) => {
        const bundle = Buffer.concat(given.map(frameEntry))
        expect(splitBundle(bundle)?.map((one) => hex(unframe(one)))).toEqual(given.map(hex))
      }),
    )
  })

  it('is refused when it is cut short', () => {
    const bundle = Buffer.concat([leafOf(1), leafOf(2)].map(frameEntry))
    expect(splitBundle(bundle.subarray(0, bundle.length - 1))).toBeNull()
    expect(splitBundle(bundle.subarray(0, 1))).toBeNull()
  })
})

describe('the growing tree', () => {
  const SIZES = [0, 1, 2, 3, 7, 8, 255, 256, 257, 300, 511, 512, 513]

  it.each(SIZES)('has the root of RFC 6962 at %i leaves, counted in two ways', (size) => {
    const frontier = createFrontier()
    const { leaf } = treeHash(sha256)
    for (let n = 0; n < size; n++) frontier.push(leaf(leafOf(n)))
    expect(hex(frontier.root())).toBe(plainRoot(size))
    expect(hex(grow(size).state().root)).toBe(plainRoot(size))
  })

  it('can be left and taken up again from its tiles at any size', async () => {
    for (const [first, then] of [
      [1, 2],
      [255, 256],
      [256, 257],
      [300, 600],
    ] as const) {
      const tiles = memoryTiles()
      for (const [path, bytes] of grow(first).state().files) await tiles.put(path, bytes)
      const resumed = grow(then, await loadEdge(tiles, first))
      expect(hex(resumed.state().root)).toBe(plainRoot(then))
      const files = grow(then).state().files
      for (const [path, bytes] of resumed.state().files) expect(bytes).toEqual(files.get(path))
    }
  })

  const partials = [...grow(300).state().files.keys()].filter((path) => path.includes('.p/'))

  it.each(partials)('is not taken up when %s is missing or cut short', async (path) => {
    const tiles = memoryTiles()
    for (const [name, bytes] of grow(300).state().files) await tiles.put(name, bytes)
    const bytes = (await tiles.get(path)) ?? new Uint8Array()
    await tiles.put(path, bytes.subarray(0, bytes.length - 1))
    await expect(loadEdge(tiles, 300)).rejects.toThrow()
    await tiles.remove(path)
    await expect(loadEdge(tiles, 300)).rejects.toThrow()
    await tiles.put(path, bytes)
    expect((await loadEdge(tiles, 300)).size()).toBe(300)
  })

  it('keeps three levels of tiles in step across their edge', async () => {
    const frontier = createFrontier()
    const { leaf } = treeHash(sha256)
    const tiles = memoryTiles()
    const save = async (edge: TreeEdge) => {
      for (const [path, bytes] of edge.state().files) await tiles.put(path, bytes)
    }
    await save(grow(65_535))
    const resumed = grow(65_793, await loadEdge(tiles, 65_535))
    await save(resumed)
    for (let n = 0; n < 65_793; n++) frontier.push(leaf(leafOf(n)))
    const whole = { start: 0, end: 65_793 }
    const read = await createTileReader(tiles).load(subtreesOf(whole), whole.end)
    expect(hex(rangeHash(whole, read, treeHash(sha256)))).toBe(hex(frontier.root()))
    expect(hex(resumed.state().root)).toBe(hex(frontier.root()))
  })
})

describe('the folder of public files', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tiles-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('gives back what was put, replaces it whole and leaves nothing else behind', async () => {
    const tiles = tileFolder(folder)
    await tiles.put('tile/0/000.p/1', leafOf(1))
    await Promise.all([2, 3, 4].map((n) => tiles.put('tile/0/000.p/1', leafOf(n))))
    expect([2, 3, 4].map((n) => hex(leafOf(n)))).toContain(
      hex((await tiles.get('tile/0/000.p/1'))!),
    )
    expect(await readdir(join(folder, 'tile/0/000.p'))).toEqual(['1'])
  })

  it('has nothing where nothing was put or all was removed', async () => {
    const tiles = tileFolder(folder)
    await tiles.put('tile/0/001.p/1', leafOf(1))
    await tiles.remove('tile/0/001.p')
    expect(await tiles.get('tile/0/001.p/1')).toBeNull()
    expect(await tiles.get('tile/9/000')).toBeNull()
    await tiles.remove('tile/0/001.p')
    await tiles.put('tile/0/001.p/1', leafOf(2))
    expect(await tiles.get('tile/0/001.p/1')).not.toBeNull()
  })
})
