import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { compactVerify, createLocalJWKSet } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Contribution, Dataset } from '../../../api/src/datasets/datasets.ts'
import { CONSENT, done, openWorkshop, refusalOf, type Workshop } from './workshop.ts'

let shop: Workshop
beforeAll(async () => {
  shop = await openWorkshop()
})
afterAll(() => shop.close())

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

const isStored = (text: string): boolean => {
  const sha256 = digest(text)
  return existsSync(join(shop.registry.dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2)))
}

/** A contribution with the secret of its receipt. */
const give = async (
  dataset: Dataset,
  files: Readonly<Record<string, string>>,
  changes: Record<string, unknown> = {},
) => {
  const sent = []
  for (const [path, bytes] of Object.entries(files))
    sent.push({ path, upload: await shop.upload(shop.contributor, bytes) })
  const input = { dataset: dataset.id, files: sent, consent: CONSENT, ...changes }
  return done(shop.datasets.contribute(shop.contributor, input))
}

const form = (fields: Readonly<Record<string, string>>) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields),
})

const post = (path: string, fields: Readonly<Record<string, string>>) =>
  fetch(`${shop.registry.url}${path}`, form(fields))

const published = async (dataset: Dataset, contributions: readonly Contribution[]) => {
  const version = await shop.assemble(dataset, contributions)
  await shop.publish(version)
  return version
}

const pathsIn = async (dataset: Dataset): Promise<readonly string[]> => {
  const version = await shop.datasets.version(dataset.id)
  if (!version) throw new Error('nothing is published')
  return (await shop.datasets.filesOf(version)).map(({ path }) => path)
}

describe('taking back what was given', () => {
  it('with the receipt alone closes the file at once, destroys it after a week and publishes the rest', async () => {
    const dataset = await shop.create()
    const mine = await give(dataset, { 'a.txt': 'mine alone\n', 'b.txt': 'stays\n' })
    const first = await published(dataset, [mine.contribution])
    const { secret } = mine

    const page = await (await post('/receipt', { secret })).text()
    expect(page).toContain('a.txt')
    expect(page).toContain(`version ${first.version}`)
    expect(page).toContain('Nobody has been granted it')
    const gone = await (await post('/receipt/withdraw', { secret, file: 'a.txt' })).text()
    expect(gone).toContain('a.txt: taken back')
    expect(await pathsIn(dataset)).toEqual(['b.txt'])
    expect(isStored('mine alone\n')).toBe(true)

    await shop.registry.days(8)
    expect(isStored('mine alone\n')).toBe(false)
    expect(isStored('stays\n')).toBe(true)
    const next = await shop.datasets.version(dataset.id)
    expect(next).toMatchObject({ version: '1.0.1', licence: first.licence })
    const manifest = await shop.datasets.manifest(next?.manifestDigest ?? '')
    expect(manifest?.files.map(({ path }) => path)).toEqual(['b.txt'])
    expect(await (await post('/receipt', { secret })).text()).toContain('a.txt: destroyed')
    expect(shop.registry.faults).toEqual([])
    await shop.log.checkpoint()
    await expect(shop.registry.house.audit()).resolves.toEqual([])
  })

  it('lists the destroyed digests at a fixed address, signed by a published key', async () => {
    const get = (path: string) => fetch(`${shop.registry.url}${path}`)
    const list = await (await get('/removals.json')).text()
    expect(JSON.parse(list).removed).toEqual([
      expect.objectContaining({ sha256: digest('mine alone\n') }),
    ])
    expect(list).not.toContain('a.txt')
    const keys = createLocalJWKSet(JSON.parse(await (await get('/.well-known/jwks.json')).text()))
    const jws = await (await get('/removals.jws')).text()
    const { payload, protectedHeader } = await compactVerify(jws, keys)
    expect(new TextDecoder().decode(payload)).toBe(list)
    expect(protectedHeader.typ).toBe('commonhold-removals+jws')
  })

  it('can be undone for a week and no longer', async () => {
    const dataset = await shop.create()
    const { contribution, secret } = await give(dataset, { 'a.txt': 'a change of mind\n' })
    await published(dataset, [contribution])
    await done(shop.datasets.withdraw(shop.contributor, contribution.id))
    expect(await pathsIn(dataset)).toEqual([])
    const back = await done(shop.datasets.restore(shop.contributor, contribution.id))
    expect(back.contribution).toMatchObject({ state: 'included', withdrawn: [], eraseAt: null })
    expect(await pathsIn(dataset)).toEqual(['a.txt'])
    await shop.registry.days(8)
    expect(await pathsIn(dataset)).toEqual(['a.txt'])

    await done(shop.datasets.withdrawByReceipt(secret))
    await shop.registry.days(8)
    expect(await refusalOf(shop.datasets.restoreByReceipt(secret))).toMatchObject({
      code: 'TOO_LATE',
    })
  })

  it('is undone for what was taken back last, and never for what is destroyed', async () => {
    const dataset = await shop.create()
    const { contribution, secret } = await give(dataset, { 'a.txt': 'one\n', 'b.txt': 'two\n' })
    await published(dataset, [contribution])
    await done(shop.datasets.withdraw(shop.contributor, contribution.id, ['a.txt']))
    await shop.registry.days(8)
    // Everything: one of the two is gone already.
    await done(shop.datasets.withdrawByReceipt(secret))
    const back = await done(shop.datasets.restoreByReceipt(secret))
    expect(back.contribution.withdrawn).toEqual([digest('one\n')])
    expect(await pathsIn(dataset)).toEqual(['b.txt'])
    expect(shop.registry.faults).toEqual([])
  })

  it('destroys each file on its day, and leaves each a week to think', async () => {
    const dataset = await shop.create()
    const { contribution } = await give(dataset, { 'a.txt': 'early\n', 'b.txt': 'late\n' })
    const take = (path: string) =>
      done(shop.datasets.withdraw(shop.contributor, contribution.id, [path]))
    await take('a.txt')
    await shop.registry.days(6)
    await take('b.txt')
    await shop.registry.days(2)
    expect([isStored('early\n'), isStored('late\n')]).toEqual([false, true])
    const back = await done(shop.datasets.restore(shop.contributor, contribution.id))
    expect(back.contribution).toMatchObject({ withdrawn: [digest('early\n')], eraseAt: null })
    await take('b.txt')
    await shop.registry.days(8)
    expect(isStored('late\n')).toBe(false)
    expect(shop.registry.faults).toEqual([])
  })

  it('keeps bytes for whoever can still leave them in, though another has taken the same back', async () => {
    const dataset = await shop.create()
    const one = await give(dataset, { 'a.txt': 'given twice\n' })
    const other = await give(dataset, { 'b.txt': 'given twice\n' })
    await done(shop.datasets.withdrawByReceipt(one.secret))
    await shop.registry.days(6)
    await done(shop.datasets.withdrawByReceipt(other.secret))
    await shop.registry.days(2)
    expect(isStored('given twice\n')).toBe(true)
    await done(shop.datasets.restoreByReceipt(other.secret))
    expect(isStored('given twice\n')).toBe(true)
    await done(shop.datasets.withdrawByReceipt(other.secret))
    await shop.registry.days(8)
    expect(isStored('given twice\n')).toBe(false)
  })

  it('leaves the bytes to somebody else who gave the same', async () => {
    const dataset = await shop.create()
    const one = await give(dataset, { 'a.txt': 'we both\n' })
    await give(dataset, { 'b.txt': 'we both\n' })
    await done(shop.datasets.withdraw(shop.contributor, one.contribution.id))
    await shop.registry.days(8)
    expect(isStored('we both\n')).toBe(true)
  })

  it('answers a wrong code like one of nothing, and only so often', async () => {
    const dataset = await shop.create()
    const { secret } = await give(dataset, { 'a.txt': 'x\n' })
    const wrong = await post('/receipt', {
      secret: `${secret.slice(0, -1)}${secret.endsWith('0') ? 1 : 0}`,
    })
    const absent = await post('/receipt', { secret: 'k_0-0000' })
    expect([wrong.status, absent.status]).toEqual([404, 404])
    const bare = (text: string) => text.replaceAll(/nonce="[^"]*"/g, '')
    expect(bare(await wrong.text())).toBe(bare(await absent.text()))
    const tries = await Promise.all(
      Array.from({ length: 40 }, () => post('/receipt', { secret: 'x' })),
    )
    expect(tries.some(({ status }) => status === 429)).toBe(true)
  })
})

describe('the consent of a speaker', () => {
  const S01 = { ...CONSENT, speaker: 'S01' }

  it('must be there for every speaker a file names', async () => {
    const dataset = await shop.create()
    const files = [
      {
        path: 'a.txt',
        upload: await shop.upload(shop.contributor, 'a\n'),
        speakers: ['S01', 'S02'],
      },
    ]
    const input = { dataset: dataset.id, files, consent: CONSENT, speakers: [S01] }
    const refused = await refusalOf(shop.datasets.contribute(shop.contributor, input))
    expect(refused).toMatchObject({ code: 'NO_CONSENT', field: 'files.0.speakers' })
    const both = { ...input, speakers: [S01, { ...S01, speaker: 'S02' }] }
    const { contribution } = await done(shop.datasets.contribute(shop.contributor, both))
    expect(contribution.speakers?.map(({ speaker }) => speaker)).toEqual(['S01', 'S02'])
    const [event] = await shop.log.stream(`contribution/${contribution.id}`)
    expect(event?.leaf).not.toContain('S01')
  })

  it('holds a version to the lowest rung among its files', async () => {
    const dataset = await shop.create()
    const upload = await shop.upload(shop.contributor, 'b\n')
    const { contribution } = await done(
      shop.datasets.contribute(shop.contributor, {
        dataset: dataset.id,
        files: [{ path: 'b.txt', upload, speakers: ['S01'] }],
        consent: CONSENT,
        speakers: [{ ...S01, maxStage: 2 }],
      }),
    )
    const version = await shop.assemble(dataset, [contribution])
    const ask = (stage: number) =>
      shop.datasets.proposePublication(shop.steward, shop.asked(version, { stage }))
    const refused = await refusalOf(ask(3))
    expect(refused).toMatchObject({ code: 'CONSENT', field: 'stage' })
    expect(refused.message).toContain('b.txt: the consent of speaker S01 covers rung 2')
    await done(ask(2))
  })

  it('for minors needs a steward who has seen it and did not contribute', async () => {
    const dataset = await shop.create()
    const minors = { ...CONSENT, minors: true }
    const { contribution } = await give(dataset, { 'c.txt': 'c\n' }, { consent: minors })
    const assembly = shop.assembly(dataset, [contribution])
    expect(await refusalOf(shop.datasets.assemble(shop.steward, assembly))).toMatchObject({
      code: 'CONSENT',
    })
    const witness = (by: typeof shop.steward) =>
      shop.datasets.witnessConsent(by, contribution.id, '')
    expect(await refusalOf(witness(shop.contributor))).toMatchObject({ code: 'NOT_STEWARD' })
    await done(witness(shop.steward))
    await done(shop.datasets.assemble(shop.steward, assembly))
  })
})
