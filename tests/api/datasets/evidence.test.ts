import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Contribution, Dataset } from '../../../api/src/datasets/datasets.ts'
import { CONSENT, done, openWorkshop, refusalOf, type Workshop } from './workshop.ts'

let shop: Workshop
let dataset: Dataset
beforeAll(async () => {
  shop = await openWorkshop()
  dataset = await shop.create()
})
afterAll(() => shop.close())

/** Bytes that begin like a form scanned into a PDF. */
const form = (text: string) => `%PDF-1.7\n${text}\n`

const isStored = (text: string): boolean => {
  const sha256 = createHash('sha256').update(text).digest('hex')
  return existsSync(join(shop.registry.dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2)))
}

interface Gift {
  readonly whole?: string | Uint8Array
  readonly speakers?: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, readonly string[]>>
}

const asked = async ({ whole, speakers = {}, files }: Gift) => {
  const send = (bytes: string | Uint8Array) => shop.upload(shop.contributor, bytes)
  const sent = []
  for (const [path, named] of Object.entries(files))
    sent.push({ path, upload: await send(`${path}\n`), speakers: named })
  const heard = []
  for (const [speaker, text] of Object.entries(speakers))
    heard.push({ ...CONSENT, speaker, evidenceUpload: await send(text) })
  const consent = { ...CONSENT, evidenceUpload: whole === undefined ? null : await send(whole) }
  return { dataset: dataset.id, files: sent, consent, speakers: heard }
}

const give = async (gift: Gift): Promise<Contribution> =>
  (await done(shop.datasets.contribute(shop.contributor, await asked(gift)))).contribution

const seenBy = async (actor: Workshop['steward'] | null, { id }: Contribution, speaker = '') =>
  (await shop.datasets.evidence(actor, id, speaker))?.bytes.toString() ?? null

describe('what shows a consent', () => {
  it('is seen by whoever gave it and by the stewards, and by nobody else', async () => {
    const one = await give({
      whole: form('for all of it'),
      speakers: { S01: form('by one of them') },
      files: { 'seen.txt': ['S01'] },
    })
    for (const actor of [shop.contributor, shop.steward]) {
      expect(await seenBy(actor, one)).toBe(form('for all of it'))
      expect(await seenBy(actor, one, 'S01')).toBe(form('by one of them'))
      expect(await seenBy(actor, one, 'S02')).toBeNull()
    }
    const [councillor] = shop.council
    for (const actor of [councillor ?? null, shop.stranger, await shop.token('read'), null])
      expect(await seenBy(actor, one)).toBeNull()
  })

  it('is told apart from what it is not by its bytes, whatever it is called', async () => {
    const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10])
    const one = await give({ whole: jpeg, files: { 'jpeg.txt': [] } })
    const shown = await shop.datasets.evidence(shop.steward, one.id, '')
    expect(shown?.mediaType).toBe('image/jpeg')
    for (const whole of ['<svg onload="alert(1)"/>', '%PD', '']) {
      const input = await asked({ whole, files: { 'other.txt': [] } })
      const refused = await refusalOf(shop.datasets.contribute(shop.contributor, input))
      expect(refused).toMatchObject({ code: 'BAD_TYPE', field: 'consent.evidenceUpload' })
    }
  })

  it('has at most ten megabytes', async () => {
    const scan = (size: number) => Buffer.alloc(size, form(''))
    const most = 10 * 1024 * 1024
    await give({ whole: scan(most), files: { 'most.txt': [] } })
    const input = await asked({ whole: scan(most + 1), files: { 'more.txt': [] } })
    const refused = await refusalOf(shop.datasets.contribute(shop.contributor, input))
    expect(refused).toMatchObject({ code: 'TOO_LARGE', field: 'consent.evidenceUpload' })
  })

  it('is one’s own upload', async () => {
    const input = await asked({ files: { 'own.txt': [] } })
    const theirs = await shop.upload(shop.steward, form('somebody else’s'))
    const consent = { ...CONSENT, evidenceUpload: theirs }
    const refused = await refusalOf(
      shop.datasets.contribute(shop.contributor, { ...input, consent }),
    )
    expect(refused).toMatchObject({ code: 'NO_UPLOAD', field: 'consent.evidenceUpload' })
  })

  it('goes when the last is taken back that it stands for, and not before', async () => {
    const [whole, first, second] = ['of all', 'of the first', 'of the second'].map(form)
    const one = await give({
      whole: whole ?? '',
      speakers: { S01: first ?? '', S02: second ?? '' },
      files: { 'a.txt': ['S01'], 'b.txt': ['S01', 'S02'] },
    })
    const stored = () => [whole, first, second].map((text) => isStored(text ?? ''))

    await done(shop.datasets.withdraw(shop.contributor, one.id, ['b.txt']))
    expect(await seenBy(shop.steward, one, 'S02')).toBeNull()
    expect(await seenBy(shop.steward, one, 'S01')).toBe(first)
    expect(stored()).toEqual([true, true, true])
    await shop.registry.days(8)
    expect(stored()).toEqual([true, true, false])

    await done(shop.datasets.withdraw(shop.contributor, one.id, null))
    expect(await seenBy(shop.steward, one)).toBeNull()
    await shop.registry.days(8)
    expect(stored()).toEqual([false, false, false])
    expect(shop.registry.faults).toEqual([])
  })

  it('stays for what else it stands for', async () => {
    const sheet = form('one sheet for two gifts')
    const one = await give({ whole: sheet, files: { 'one.txt': [] } })
    const other = await give({ whole: sheet, files: { 'other.txt': [] } })
    await done(shop.datasets.withdraw(shop.contributor, one.id, null))
    await shop.registry.days(6)
    await done(shop.datasets.withdraw(shop.contributor, other.id, null))
    await shop.registry.days(2)
    // The other can still be left in after all, and needs what shows its consent.
    await done(shop.datasets.restore(shop.contributor, other.id))
    expect(await seenBy(shop.steward, other)).toBe(sheet)
    await done(shop.datasets.withdraw(shop.contributor, other.id, null))
    await shop.registry.days(8)
    expect(isStored(sheet)).toBe(false)
  })
})
