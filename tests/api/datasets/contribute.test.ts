import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '../../../api/src/datasets/datasets.ts'
import { CONSENT, done, openWorkshop, refusalOf, type Workshop } from './workshop.ts'

let shop: Workshop
let dataset: Dataset
beforeAll(async () => {
  shop = await openWorkshop()
  dataset = await shop.create()
})
afterAll(() => shop.close())

/** A contribution that is taken, but for `changes`. */
const input = async (
  changes: Record<string, unknown> = {},
  bytes = 'kupu\n',
  path = 'words.txt',
) => ({
  dataset: dataset.id,
  files: [{ path, upload: await shop.upload(shop.contributor, bytes) }],
  consent: CONSENT,
  ...changes,
})

describe('making a dataset', () => {
  it('writes languages as the registry of tags has them', async () => {
    const made = await shop.create({ languages: ['MI', 'yo-ng', 'mi', 'zh-hant'] })
    expect(made.languages).toEqual(['mi', 'yo-NG', 'zh-Hant'])
  })

  it.each([
    ['title', { title: ' ' }],
    ['description', { description: '' }],
    ['kind', { kind: 'video' }],
    ['languages', { languages: [] }],
    ['languages.1', { languages: ['mi', 'qqq-ZZ'] }],
    ['languages.0', { languages: ['not a tag'] }],
  ])('names the field at fault: %s', async (field, changes) => {
    const good = {
      community: shop.village.community,
      title: 'T',
      description: 'D',
      kind: 'text',
      languages: ['mi'],
    }
    await done(shop.datasets.create(shop.contributor, good))
    const refused = await refusalOf(shop.datasets.create(shop.contributor, { ...good, ...changes }))
    expect(refused).toMatchObject({ code: 'BAD_INPUT', field })
  })

  it('is for members of the community, signed in with a browser', async () => {
    const about = {
      community: shop.village.community,
      title: 'T',
      description: 'D',
      kind: 'text',
      languages: ['mi'],
    }
    expect(await refusalOf(shop.datasets.create(null, about))).toMatchObject({ code: 'SIGN_IN' })
    const token = await shop.token('contribute')
    expect(await refusalOf(shop.datasets.create(token, about))).toMatchObject({
      code: 'BROWSER_ONLY',
    })
    expect(await refusalOf(shop.datasets.create(shop.stranger, about))).toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('keeps title and creator out of the public leaf', async () => {
    const made = await shop.create({ title: 'A very secret place' })
    const [event] = await shop.log.stream(`dataset/${made.id}`)
    expect(event?.leaf).not.toContain('secret place')
    expect(event?.leaf).not.toContain(shop.contributor.account.id)
    expect(made.id).not.toContain('secret')
  })

  it('shows the dataset to its creator and the bodies, and to nobody else', async () => {
    const made = await shop.create({}, shop.steward)
    const seen = (actor: Parameters<typeof shop.datasets.visibleTo>[1]) =>
      shop.datasets.visibleTo(made, actor)
    expect(await seen(shop.steward)).toBe(true)
    expect(await seen(shop.council[0] ?? null)).toBe(true)
    expect(await seen(shop.contributor)).toBe(false)
    expect(await seen(shop.stranger)).toBe(false)
    expect(await seen(null)).toBe(false)
    expect(await seen(shop.contributor)).toBe(false)
    expect(await shop.datasets.visibleTo(dataset, shop.contributor)).toBe(true)
  })
})

describe('contributing', () => {
  it('takes files under a consent and gives a receipt', async () => {
    const { contribution, receipt } = await done(
      shop.datasets.contribute(shop.contributor, await input()),
    )
    expect(contribution).toMatchObject({
      dataset: dataset.id,
      contributor: shop.contributor.account.id,
      consent: CONSENT,
      state: 'received',
    })
    expect(contribution.files).toEqual([
      expect.objectContaining({ path: 'words.txt', size: 5, mediaType: 'text/plain' }),
    ])
    expect(receipt).toContain(`index ${contribution.entry}`)
    const [event] = await shop.log.stream(`contribution/${contribution.id}`)
    for (const hidden of ['words.txt', CONSENT.evidence, shop.contributor.account.id])
      expect(event?.leaf).not.toContain(hidden)
  })

  it('by token needs its scope', async () => {
    const reading = await shop.token('read', 'download')
    const refused = await refusalOf(shop.datasets.contribute(reading, await input()))
    expect(refused.code).toBe('SCOPE_MISSING')
    await done(shop.datasets.contribute(await shop.token('contribute'), await input()))
  })

  it('twice with one key is done once', async () => {
    const once = await input({ key: 'a key' })
    const first = await done(shop.datasets.contribute(shop.contributor, once))
    const again = await done(shop.datasets.contribute(shop.contributor, once))
    expect(again.contribution.id).toBe(first.contribution.id)
    const other = await done(shop.datasets.contribute(shop.contributor, { ...once, key: 'other' }))
    expect(other.contribution.id).not.toBe(first.contribution.id)
  })

  it('is for members only, also where everybody may look', async () => {
    const mine = await shop.contribute(dataset, { 'member.txt': 'x\n' })
    expect(mine.state).toBe('received')
    const wanted = { ...(await input()), dataset: dataset.id }
    // Hidden from strangers, so it is not there for them.
    expect(await refusalOf(shop.datasets.contribute(shop.stranger, wanted))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await refusalOf(shop.datasets.contribute(null, wanted))).toMatchObject({
      code: 'SIGN_IN',
    })
    const absent = await refusalOf(
      shop.datasets.contribute(shop.contributor, { ...wanted, dataset: 'd_0' }),
    )
    expect(absent.code).toBe('NOT_FOUND')
  })

  it('uses uploads of one’s own only', async () => {
    const theirs = await shop.upload(shop.stranger, 'kupu\n')
    const files = [{ path: 'words.txt', upload: theirs }]
    const refused = await refusalOf(
      shop.datasets.contribute(shop.contributor, await input({ files })),
    )
    expect(refused).toMatchObject({ code: 'NO_UPLOAD', field: 'files.0.upload' })
    const none = [{ path: 'words.txt', upload: 'u_0' }]
    const absent = await refusalOf(
      shop.datasets.contribute(shop.contributor, await input({ files: none })),
    )
    expect(absent.message).toBe(refused.message)
  })

  it('waits for uploads to be finished', async () => {
    const about = { size: 5, filename: '', mediaType: '', metadata: '', expected: null }
    const { account } = shop.contributor
    const { upload } = await done(shop.registry.house.uploads.announce(account.id, about))
    const files = [{ path: 'words.txt', upload: upload.id }]
    const refused = await refusalOf(
      shop.datasets.contribute(shop.contributor, await input({ files })),
    )
    expect(refused).toMatchObject({ code: 'UPLOAD_UNFINISHED', field: 'files.0.upload' })
  })

  it.each([
    ['a path that climbs', '../words.txt', 'BAD_PATH'],
    ['a path with a number sign', 'a#b.txt', 'BAD_PATH'],
    ['a type that this kind does not take', 'page.html', 'BAD_TYPE'],
    ['a picture that can hold scripts', 'words.svg', 'BAD_TYPE'],
    ['sound in a text dataset', 'words.wav', 'BAD_TYPE'],
    ['no ending at all', 'words', 'BAD_TYPE'],
  ])('refuses %s', async (_, path, code) => {
    const refused = await refusalOf(
      shop.datasets.contribute(shop.contributor, await input({}, 'kupu\n', path)),
    )
    expect(refused).toMatchObject({ code, field: 'files.0.path' })
  })

  it('refuses two files with one name', async () => {
    const files = [
      { path: 'ngā.txt', upload: await shop.upload(shop.contributor, 'a\n') },
      { path: 'NGA\u0304.TXT', upload: await shop.upload(shop.contributor, 'b\n') },
    ]
    const refused = await refusalOf(
      shop.datasets.contribute(shop.contributor, await input({ files })),
    )
    expect(refused).toMatchObject({ code: 'SAME_PATH', field: 'files.1.path' })
  })

  it.each([
    ['words.txt', 'kupu\0', 'line 1'],
    ['words.txt', '', 'empty'],
    ['words.csv', 'a,b\n1,2,3\n', 'line 2'],
    ['words.tsv', 'a\tb\nc\n', 'line 2'],
    ['words.jsonl', '{"a":1}\n{"a":\n', 'line 2'],
  ])('reads %s to its end: %j is refused', async (path, bytes, place) => {
    const refused = await refusalOf(
      shop.datasets.contribute(shop.contributor, await input({}, bytes, path)),
    )
    expect(refused).toMatchObject({ code: 'BAD_CONTENT', field: 'files.0.upload' })
    expect(refused.message).toContain(place)
  })

  it.each([
    ['consent.basis', { basis: 'found on the web' }],
    ['consent.scope', { scope: ' ' }],
    ['consent.maxStage', { maxStage: 6 }],
    ['consent.maxStage', { maxStage: 1.5 }],
    ['consent.evidence', { evidence: '' }],
    ['consent.minors', { minors: undefined }],
  ])('needs %s as it is asked for: %j', async (field, changes) => {
    const wrong = await input({ consent: { ...CONSENT, ...changes } })
    const refused = await refusalOf(shop.datasets.contribute(shop.contributor, wrong))
    expect(refused).toMatchObject({ code: 'BAD_INPUT', field })
  })
})

describe('withdrawing a contribution', () => {
  it('is done by its contributor alone, once', async () => {
    const mine = await shop.contribute(dataset, { 'mine.txt': 'mine\n' })
    for (const other of [shop.steward, shop.stranger, ...shop.council]) {
      const refused = await refusalOf(shop.datasets.withdraw(other, mine.id))
      expect(refused.code).toBe('NOT_FOUND')
    }
    expect(await refusalOf(shop.datasets.withdraw(null, mine.id))).toMatchObject({
      code: 'SIGN_IN',
    })
    const first = await done(shop.datasets.withdraw(shop.contributor, mine.id))
    expect(first.contribution.state).toBe('withdrawn')
    await done(shop.datasets.withdraw(shop.contributor, mine.id))
    expect(await shop.log.stream(`contribution/${mine.id}`)).toHaveLength(2)
  })
})
