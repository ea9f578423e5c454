import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createQuality, findingsIn } from '../../../api/src/datasets/quality.ts'
import { contribute, createDataset, upload } from '../../support/journey.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import * as sound from '../../support/sounds.ts'
import { found, type Village } from '../../support/village.ts'

const told = (units: readonly string[]) => {
  const watch = createQuality()
  for (const unit of units) {
    watch.sight.unit(unit)
    watch.sight.words(unit)
  }
  return watch.report(1)
}

describe('the report on a contribution', () => {
  it('counts what is empty, said twice and not in NFC', () => {
    expect(told(['wai', 'wai', '', ' ', 'ma\u0304ori'])).toMatchObject({
      units: 5,
      empty: 2,
      duplicates: 1,
      looked: 3,
      notNfc: 1,
      lengths: [0, 2, 1],
    })
  })

  it('counts every unit once by its length, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (units) => {
        const { empty, lengths, duplicates, looked } = told(units)
        const full = units.filter((unit) => unit.trim() !== '')
        expect(lengths.reduce((sum, one) => sum + one, 0)).toBe(units.length - empty)
        expect(duplicates).toBe(full.length - new Set(full).size)
        expect(looked).toBe(full.length)
      }),
    )
  })

  it('says that nobody looked where samples are compressed', () => {
    const watch = createQuality()
    watch.sight.sound({ seconds: 3, clipped: null, silent: null })
    watch.sight.sound({ seconds: 0.2, clipped: 0.5, silent: 0 })
    const codes = findingsIn(watch.report(2)).map(({ severity, code }) => `${severity} ${code}`)
    expect(codes).toEqual(['warning clipped', 'warning short', 'note unheard'])
  })

  it('has nothing to say of clean data', () => {
    expect(findingsIn(told(['wai', 'whenua']))).toEqual([])
  })

  it('takes a little repetition as chance and much as a warning', () => {
    const lines = Array.from({ length: 100 }, (_, i) => `line ${i}`)
    const severity = (units: readonly string[]) => findingsIn(told(units))[0]?.severity
    expect(severity([...lines, 'line 1'])).toBe('note')
    expect(severity([...lines, ...lines.slice(0, 20)])).toBe('warning')
  })
})

const INSPECT = `mutation ($id: ID!, $path: String!) { inspectUpload(id: $id, path: $path) {
  problem canStrip personal { where value } quality { units findings { severity code count of } }
  refused { code }
} }`
const STRIP = `mutation ($id: ID!, $path: String!) { stripUpload(id: $id, path: $path) { files { size } refused { code } } }`
const QUALITY =
  '{ contribution(id: "ID") { quality { files units findings { severity code count } } } }'

interface Inspected {
  readonly inspectUpload: {
    readonly problem: string | null
    readonly canStrip: boolean
    readonly personal: readonly { where: string; value: string }[]
    readonly quality: { readonly units: number } | null
    readonly refused: { readonly code: string } | null
  }
}

describe('an upload before it is handed in', () => {
  let registry: Registry
  let village: Village
  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
  })
  afterAll(() => registry.close())

  const inspect = async (id: string, path: string, who = village.contributor) =>
    (await who.run<Inspected>(INSPECT, { id, path })).inspectUpload

  it('tells its owner whose name it holds, until that is taken out', async () => {
    const named = sound.webm(sound.webmTags('ARTIST', 'Mere'))
    const id = await upload(village.contributor, 'a.webm', named)
    const before = await inspect(id, 'a.webm')
    expect(before).toMatchObject({
      problem: null,
      canStrip: true,
      personal: [{ where: 'WebM ARTIST', value: 'Mere' }],
    })
    await village.contributor.run(STRIP, { id, path: 'a.webm' })
    expect(await inspect(id, 'a.webm')).toMatchObject({ canStrip: false, personal: [] })
  })

  it('tells why it cannot be contributed', async () => {
    const id = await upload(village.contributor, 'a.jsonl', Buffer.from('{"a":1}\n{"b"'))
    expect((await inspect(id, 'a.jsonl')).problem).toContain('line 2')
  })

  it('is nothing to anybody else', async () => {
    const id = await upload(village.contributor, 'a.txt', Buffer.from('wai\n'))
    expect((await inspect(id, 'a.txt')).quality?.units).toBe(1)
    const other = await inspect(id, 'a.txt', village.steward)
    expect(other).toMatchObject({ quality: null, refused: { code: 'NOT_FOUND' } })
  })

  it('is reported to its giver and to stewards once it is in, and in the log to nobody', async () => {
    const dataset = await createDataset(village)
    const bytes = Buffer.from('wai\nwai\n\n')
    const id = await contribute(village, dataset, { 'a.txt': bytes })
    const query = QUALITY.replace('ID', id)
    const mine = await village.contributor.run<{ contribution: unknown }>(query)
    expect(mine.contribution).toMatchObject({
      quality: {
        files: 1,
        units: 3,
        findings: [
          { severity: 'warning', code: 'duplicates', count: 1 },
          { severity: 'warning', code: 'empty', count: 1 },
        ],
      },
    })
    expect(await village.steward.run(query)).toEqual(mine)
    expect(await village.researcher.run(query)).toEqual({ contribution: null })
    const [event] = await registry.house.services.log.stream(`contribution/${id}`)
    expect(event?.leaf).not.toContain('"units"')
    expect(event?.leaf).not.toContain('duplicates')
  })
})
