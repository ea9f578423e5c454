import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  isHeldBack,
  placeFiles,
  placesBefore,
  stageOf,
} from '../../../api/src/datasets/artefacts.ts'
import { CONSENT, done, openWorkshop, refusalOf, type Workshop } from './workshop.ts'

const file = (path: string) => ({ path, sha256: path, size: 1, mediaType: 'text/plain' })

describe('what a file belongs to', () => {
  it('is said by the longest path that names it', () => {
    const placed = placeFiles(
      ['a/b/c.txt', 'a/b.txt', 'ab/c.txt'].map(file),
      [
        { path: 'a/', artefact: 'training' },
        { path: 'a/b/', artefact: 'test' },
        { path: 'a', artefact: 'model' },
      ],
      new Map(),
    )
    expect(placed.map(({ artefact }) => artefact)).toEqual(['test', 'training', undefined])
  })

  it('stays the same in later versions until something else is said of it', () => {
    const before = placesBefore([
      [{ ...file('a.txt'), artefact: 'model' }],
      [{ ...file('a.txt'), artefact: 'test' }, file('b.txt')],
      [file('a.txt')],
    ])
    const moved = { ...file('a.txt'), path: 'elsewhere/a.txt' }
    const [kept] = placeFiles([moved], [], before)
    expect(kept?.artefact).toBe('test')
    const [open] = placeFiles([moved], [{ path: 'elsewhere/', artefact: 'none' }], before)
    expect(open).toEqual(moved)
  })
})

describe('how far an artefact is open', () => {
  it('is never further than the dataset', () => {
    const terms = { stage: 3, artefacts: { test: 1, model: 5 } }
    expect(stageOf(terms, 'test')).toBe(1)
    expect(stageOf(terms, 'model')).toBe(3)
    expect(stageOf(terms, 'code')).toBe(3)
    expect(stageOf(terms, undefined)).toBe(3)
  })

  it('keeps it back only from the rungs that the rest is open for', () => {
    const test = { artefact: 'test' } as const
    expect(isHeldBack({ stage: 5, artefacts: { test: 3 } }, test)).toBe(true)
    expect(isHeldBack({ stage: 5, artefacts: { test: 4 } }, test)).toBe(false)
    expect(isHeldBack({ stage: 5, artefacts: { test: 3 } }, test, 2)).toBe(false)
    expect(isHeldBack({ stage: 5, artefacts: { test: 1 } }, test, 2)).toBe(true)
    expect(isHeldBack({ stage: 1, artefacts: { test: 1 } }, test)).toBe(false)
  })
})

describe('a consent', () => {
  let shop: Workshop
  beforeAll(async () => {
    shop = await openWorkshop()
  })
  afterAll(() => shop.close())

  it('has to cover the rung of the artefact alone that its files belong to', async () => {
    const dataset = await shop.create()
    const open = await shop.contribute(dataset, { 'train.txt': 'for everybody\n' })
    const held = await shop.contribute(
      dataset,
      { 'test.txt': 'not for everybody\n' },
      { ...CONSENT, maxStage: 1 },
    )
    const artefacts = [{ path: 'test.txt', artefact: 'test' }]
    const input = { ...shop.assembly(dataset, [open, held]), artefacts }
    const { version } = await done(shop.datasets.assemble(shop.steward, input))
    const asked = (stage: number) => ({
      dataset: dataset.id,
      manifestDigest: version.manifestDigest,
      stage: 4,
      artefacts: [{ artefact: 'test', stage }],
      reason: 'It is ready.',
    })
    const refused = await refusalOf(shop.datasets.proposePublication(shop.steward, asked(2)))
    expect(refused).toMatchObject({ code: 'CONSENT', field: 'stage' })
    await done(shop.datasets.proposePublication(shop.steward, asked(1)))
  })
})
