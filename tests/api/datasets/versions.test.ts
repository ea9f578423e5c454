import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Contribution, Dataset, Version } from '../../../api/src/datasets/datasets.ts'
import { done, openWorkshop, refusalOf, statement, type Workshop, words } from './workshop.ts'

let shop: Workshop
beforeAll(async () => {
  shop = await openWorkshop()
})
afterAll(() => shop.close())

const file = (name: string): Record<string, string> => ({ [`${name}.txt`]: `${name}\n` })

/** A dataset with one contribution. */
const started = async (consent = {}): Promise<readonly [Dataset, Contribution]> => {
  const dataset = await shop.create()
  return [dataset, await shop.contribute(dataset, file('words'), consent)]
}

describe('assembling a version', () => {
  it('fixes a manifest that names every file, sorted by path', async () => {
    const [dataset, first] = await started()
    const second = await shop.contribute(dataset, { ...file('ā/more'), ...file('Aah') })
    const version = await shop.assemble(dataset, [second, first])
    const manifest = await shop.datasets.manifest(version.manifestDigest)
    expect(manifest?.files.map(({ path }) => path)).toEqual(['Aah.txt', 'words.txt', 'ā/more.txt'])
    expect(manifest).toMatchObject({ dataset: dataset.id, version: '1.0.0' })
    expect(version.manifestDigest).toMatch(/^sha256-[0-9a-f]{64}$/)
    expect(version.publishedAt).toBeNull()
    expect(await shop.datasets.version(dataset.id)).toBeNull()
    expect(await shop.datasets.version(dataset.id, '1.0.0')).toBeNull()
    expect((await shop.datasets.contribution(first.id))?.state).toBe('included')
  })

  it('is for stewards, signed in with a browser', async () => {
    const [dataset, one] = await started()
    const input = shop.assembly(dataset, [one])
    const code = async (actor: Parameters<Workshop['datasets']['assemble']>[0]) =>
      (await refusalOf(shop.datasets.assemble(actor, input))).code
    expect(await code(null)).toBe('SIGN_IN')
    expect(await code(shop.contributor)).toBe('NOT_STEWARD')
    expect(await code(shop.council[0] ?? null)).toBe('NOT_STEWARD')
    expect(await code(shop.stranger)).toBe('NOT_FOUND')
    expect(await code({ ...shop.steward, scopes: ['read', 'contribute'] })).toBe('BROWSER_ONLY')
    await done(shop.datasets.assemble(shop.steward, input))
  })

  it.each(['1.0', 'v1.0.0', '01.0.0', '1.0.0+build', '', '1.0.0-'])(
    'takes no number like %j',
    async (version) => {
      const [dataset, one] = await started()
      const input = { ...shop.assembly(dataset, [one]), version }
      const refused = await refusalOf(shop.datasets.assemble(shop.steward, input))
      expect(refused).toMatchObject({ code: 'BAD_INPUT', field: 'version' })
    },
  )

  it('takes numbers that grow, and no number twice', async () => {
    const [dataset, one] = await started()
    const again = async (version: string) =>
      (
        await refusalOf(
          shop.datasets.assemble(shop.steward, shop.assembly(dataset, [one], version)),
        )
      ).code
    await shop.assemble(dataset, [one], '1.0.0-rc.2')
    expect(await again('1.0.0-rc.1')).toBe('VERSION_TAKEN')
    await shop.assemble(dataset, [one], '1.0.0')
    expect(await again('1.0.0')).toBe('VERSION_TAKEN')
    expect(await again('0.9.9')).toBe('VERSION_TAKEN')
    await shop.assemble(dataset, [one], '1.0.10')
    expect(await again('1.0.9')).toBe('VERSION_TAKEN')
  })

  it('gives one number once, however many ask for it at a time', async () => {
    const [dataset, one] = await started()
    const input = shop.assembly(dataset, [one])
    const results = await Promise.all(
      Array.from({ length: 8 }, () => shop.datasets.assemble(shop.steward, input)),
    )
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('takes contributions to this dataset that nobody has withdrawn', async () => {
    const [dataset, one] = await started()
    const [, elsewhere] = await started()
    const with_ = (ids: string[]) => ({ ...shop.assembly(dataset, []), contributions: ids })
    const code = async (ids: string[]) =>
      (await refusalOf(shop.datasets.assemble(shop.steward, with_(ids)))).code
    expect(await code([elsewhere.id])).toBe('NOT_FOUND')
    expect(await code([one.id, 'k_0'])).toBe('NOT_FOUND')
    expect(await code([])).toBe('BAD_INPUT')
    const gone = await shop.contribute(dataset, file('gone'))
    await done(shop.datasets.withdraw(shop.contributor, gone.id))
    expect(await code([one.id, gone.id])).toBe('WITHDRAWN')
    await done(shop.datasets.assemble(shop.steward, with_([one.id])))
  })

  it('takes no contribution whose consent covers no publication', async () => {
    const [dataset, sealed] = await started({ maxStage: 0 })
    const refused = await refusalOf(
      shop.datasets.assemble(shop.steward, shop.assembly(dataset, [sealed])),
    )
    expect(refused).toMatchObject({ code: 'CONSENT', field: 'contributions' })
    const open = await shop.contribute(dataset, file('open'), { maxStage: 1 })
    await shop.assemble(dataset, [open])
  })

  it('takes no two files with one name', async () => {
    const [dataset, one] = await started()
    const same = await shop.contribute(dataset, { 'WORDS.txt': 'other\n' })
    const input = shop.assembly(dataset, [one, same])
    const refused = await refusalOf(shop.datasets.assemble(shop.steward, input))
    expect(refused).toMatchObject({ code: 'SAME_PATH', field: 'contributions' })
  })

  it('takes licences that the community has adopted', async () => {
    const [dataset, one] = await started()
    const input = { ...shop.assembly(dataset, [one]), licence: `sha256-${'0'.repeat(64)}` }
    const refused = await refusalOf(shop.datasets.assemble(shop.steward, input))
    expect(refused).toMatchObject({ code: 'NOT_ADOPTED', field: 'licence' })
  })

  it.each([
    ['a section left empty', statement({ limitations: ' ' }), 'statement.limitations'],
    ['a section nobody asked for', [...statement(), { field: 'mood', text: 'x' }], 'statement'],
    ['a summary of 59 words', statement({ summary: words(59) }), 'statement.summary'],
    ['a summary of 101 words', statement({ summary: words(101) }), 'statement.summary'],
  ])('takes no data statement with %s', async (_, sections, field) => {
    const [dataset, one] = await started()
    const input = { ...shop.assembly(dataset, [one]), statement: sections }
    expect(await refusalOf(shop.datasets.assemble(shop.steward, input))).toMatchObject({ field })
  })

  it.each([60, 100])('takes a summary of %i words', async (count) => {
    const [dataset, one] = await started()
    const input = {
      ...shop.assembly(dataset, [one]),
      statement: statement({ summary: words(count) }),
    }
    const { version } = await done(shop.datasets.assemble(shop.steward, input))
    const kept = await shop.datasets.statement(version.statementDigest)
    expect(kept?.summary).toBe(words(count))
  })

  it('asks who marked the data when it is annotations', async () => {
    const dataset = await shop.create({ kind: 'annotations' })
    const one = await shop.contribute(dataset, file('marks'))
    const input = shop.assembly(dataset, [one])
    const refused = await refusalOf(shop.datasets.assemble(shop.steward, input))
    expect(refused.field).toBe('statement.annotation')
    const told = statement({ annotation: 'Two people each.', annotators: 'Unknown' })
    await done(shop.datasets.assemble(shop.steward, { ...input, statement: told }))
  })
})

describe('proposing a publication', () => {
  const draft = async (consent = {}): Promise<readonly [Dataset, Version, Contribution]> => {
    const [dataset, one] = await started(consent)
    return [dataset, await shop.assemble(dataset, [one]), one]
  }

  it('puts what will happen to the vote without naming the dataset', async () => {
    const [dataset, version] = await draft()
    const embargoUntil = '2099-01-01T00:00:00Z'
    const { proposal } = await done(
      shop.datasets.proposePublication(shop.steward, shop.asked(version, { embargoUntil })),
    )
    expect(proposal.effect).toEqual({
      kind: 'dataset.publish',
      dataset: dataset.id,
      version: '1.0.0',
      manifestDigest: version.manifestDigest,
      statementDigest: version.statementDigest,
      licence: shop.village.licence,
      stage: 4,
      embargoUntil: Date.parse(embargoUntil),
    })
    expect(`${proposal.title} ${proposal.text}`).not.toContain(dataset.title)
    expect(proposal.text).toContain('1 files')
    expect(proposal.text).toContain('Our licence')
    expect(proposal.text).toContain('rung 4')
    expect(proposal.text).toContain('2099-01-01')
    expect(await shop.datasets.proposalsAbout(dataset.id)).toEqual([proposal.id])
  })

  it('is for stewards', async () => {
    const [, version] = await draft()
    const code = async (actor: Parameters<Workshop['datasets']['proposePublication']>[0]) =>
      (await refusalOf(shop.datasets.proposePublication(actor, shop.asked(version)))).code
    expect(await code(null)).toBe('SIGN_IN')
    expect(await code(shop.contributor)).toBe('NOT_STEWARD')
    expect(await code(shop.stranger)).toBe('NOT_FOUND')
    await done(shop.datasets.proposePublication(shop.steward, shop.asked(version)))
  })

  it.each([
    ['manifestDigest', { manifestDigest: `sha256-${'0'.repeat(64)}` }],
    ['stage', { stage: 6 }],
    ['stage', { stage: 0 }],
    ['embargoUntil', { embargoUntil: 'tomorrow' }],
    ['reason', { reason: '' }],
  ])('names the field at fault: %s in %j', async (field, changes) => {
    const [, version] = await draft()
    const input = shop.asked(version, changes)
    expect(await refusalOf(shop.datasets.proposePublication(shop.steward, input))).toMatchObject({
      field,
    })
  })

  it('goes no further than the narrowest consent', async () => {
    const [, version] = await draft({ maxStage: 3 })
    const ask = (stage: number) =>
      shop.datasets.proposePublication(shop.steward, shop.asked(version, { stage }))
    expect(await refusalOf(ask(4))).toMatchObject({ code: 'CONSENT', field: 'stage' })
    await done(ask(3))
  })

  it('is refused once a contribution has been withdrawn', async () => {
    const [, version, one] = await draft()
    await done(shop.datasets.withdraw(shop.contributor, one.id))
    const refused = await refusalOf(
      shop.datasets.proposePublication(shop.steward, shop.asked(version)),
    )
    expect(refused.code).toBe('WITHDRAWN')
  })

  const lowered = (version: Version, changes: Record<string, unknown>) =>
    shop.datasets.proposePublication(shop.steward, shop.asked(version, changes))

  it('to a lower rung is possible after a withdrawal, to a higher or the same one is not', async () => {
    const [, version, one] = await draft()
    await shop.publish(version, { stage: 4 })
    await done(shop.datasets.withdraw(shop.contributor, one.id))
    expect((await refusalOf(lowered(version, { stage: 5 }))).code).toBe('WITHDRAWN')
    expect((await refusalOf(lowered(version, { stage: 4 }))).code).toBe('WITHDRAWN')
    const { proposal } = await done(lowered(version, { stage: 1 }))
    await shop.decide(proposal.id)
    expect(await shop.datasets.dataset(version.dataset)).toMatchObject({ stage: 1 })
  })

  it('that ends an embargo early lowers nothing, whatever rung it names', async () => {
    const [, version, one] = await draft()
    const embargoUntil = '2099-01-01T00:00:00Z'
    await shop.publish(version, { stage: 4, embargoUntil })
    await done(shop.datasets.withdraw(shop.contributor, one.id))
    expect((await refusalOf(lowered(version, { stage: 3 }))).code).toBe('WITHDRAWN')
    await done(lowered(version, { stage: 3, embargoUntil }))
    await done(lowered(version, { stage: 1 }))
  })

  it('to a lower rung does not wait for another vote, only for the same question', async () => {
    const [, version] = await draft()
    await shop.publish(version, { stage: 3 })
    await done(lowered(version, { stage: 4 }))
    expect((await refusalOf(lowered(version, { stage: 5 }))).code).toBe('ALREADY_PROPOSED')
    await done(lowered(version, { stage: 1 }))
    expect((await refusalOf(lowered(version, { stage: 1 }))).code).toBe('ALREADY_PROPOSED')
    await done(lowered(version, { stage: 0 }))
  })

  it('waits for the vote that is under way, and may follow a defeat', async () => {
    const [, version] = await draft()
    const ask = () => shop.datasets.proposePublication(shop.steward, shop.asked(version))
    const { proposal } = await done(ask())
    expect((await refusalOf(ask())).code).toBe('ALREADY_PROPOSED')
    await shop.decide(proposal.id, 'no')
    expect((await shop.datasets.dataset(version.dataset))?.newest).toBeNull()
    await done(ask())
  })
})

describe('a publication', () => {
  it('happens when the vote is won, once, and never before', async () => {
    const [dataset, one] = await started()
    const version = await shop.assemble(dataset, [one])
    expect(await shop.datasets.visibleTo(dataset, null)).toBe(false)
    const proposal = await shop.publish(version)
    const published = await shop.datasets.version(dataset.id)
    expect(published).toMatchObject({ version: '1.0.0', proposal: proposal.id })
    const now = await shop.datasets.dataset(dataset.id)
    expect(now).toMatchObject({ newest: '1.0.0', stage: 4, licence: shop.village.licence })
    expect(now && (await shop.datasets.visibleTo(now, null))).toBe(true)
    await shop.registry.house.tick()
    const history = await shop.log.stream(`dataset/${dataset.id}`)
    expect(history.filter(({ type }) => type === 'version.published')).toHaveLength(1)
    expect(shop.registry.faults).toEqual([])
  })

  it('that comes late does not take the dataset back to an older version', async () => {
    const [dataset, one] = await started()
    const older = await shop.assemble(dataset, [one], '1.0.0')
    const newer = await shop.assemble(dataset, [one], '1.1.0')
    await shop.publish(newer, { stage: 3 })
    await shop.publish(older, { stage: 5 })
    expect(await shop.datasets.dataset(dataset.id)).toMatchObject({ newest: '1.1.0', stage: 3 })
    expect((await shop.datasets.version(dataset.id, '1.0.0'))?.publishedAt).not.toBeNull()
  })

  it('can move to another rung by another vote', async () => {
    const [dataset, one] = await started()
    const version = await shop.assemble(dataset, [one])
    const first = await shop.publish(version, { stage: 1 })
    const when = (await shop.datasets.version(dataset.id))?.publishedAt
    await shop.publish(version, { stage: 4 })
    expect(await shop.datasets.dataset(dataset.id)).toMatchObject({ stage: 4 })
    const after = await shop.datasets.version(dataset.id)
    expect([after?.publishedAt, after?.proposal]).toEqual([when, first.id])
    await shop.publish(version, { stage: 0 })
    const sealed = await shop.datasets.dataset(dataset.id)
    expect(sealed && (await shop.datasets.visibleTo(sealed, null))).toBe(false)
  })

  it('under an embargo shows the description and holds the rest back until its last millisecond', async () => {
    const [dataset, one] = await started()
    const until = Date.UTC(2099, 0, 1)
    await shop.publish(await shop.assemble(dataset, [one]), {
      embargoUntil: new Date(until).toISOString(),
    })
    const held = await shop.datasets.dataset(dataset.id)
    if (!held) throw new Error('it is not there')
    expect(shop.datasets.effectiveStage(held, until - 1)).toBe(1)
    expect(shop.datasets.effectiveStage(held, until)).toBe(4)
    expect(await shop.datasets.visibleTo(held, null)).toBe(true)
  })

  it('of anything but the draft that was voted on is not carried out', async () => {
    const [dataset, one] = await started()
    const version = await shop.assemble(dataset, [one])
    const { proposal } = await done(
      shop.datasets.proposePublication(shop.steward, shop.asked(version)),
    )
    const { executors } = shop.datasets
    const { effect } = proposal
    if (effect.kind !== 'dataset.publish') throw new Error('it publishes nothing')
    const another = `sha256-${'0'.repeat(64)}`
    for (const changed of [
      { manifestDigest: another },
      { statementDigest: another },
      { licence: another },
      { version: '2.0.0' },
      { dataset: 'd_0' },
    ]) {
      const forged = { proposal, effect: { ...effect, ...changed }, effectId: 'x', enactedIdx: 0 }
      await expect(executors['dataset.publish'](forged)).rejects.toThrow('not what was voted on')
    }
    expect((await shop.datasets.dataset(dataset.id))?.newest).toBeNull()
  })
})

describe('a withdrawn contribution', () => {
  it('takes its bytes out of every version it is in', async () => {
    const dataset = await shop.create()
    const mine = await shop.contribute(dataset, file('mine'))
    const other = await shop.contribute(dataset, file('other'))
    const version = await shop.assemble(dataset, [mine, other])
    await shop.publish(version)
    const published = await shop.datasets.version(dataset.id)
    if (!published) throw new Error('it is not published')
    const [sha256 = ''] = mine.files.map((one) => one.sha256)
    expect(await shop.datasets.isWithdrawn(sha256, published)).toBe(false)
    await done(shop.datasets.withdraw(shop.contributor, mine.id))
    expect(await shop.datasets.isWithdrawn(sha256, published)).toBe(true)
    expect(await shop.datasets.isWithdrawn(other.files[0]?.sha256 ?? '', published)).toBe(false)
  })

  it('leaves what somebody else contributed as well', async () => {
    const dataset = await shop.create()
    const mine = await shop.contribute(dataset, { 'mine.txt': 'the same\n' })
    const theirs = await shop.contribute(dataset, { 'theirs.txt': 'the same\n' }, {}, shop.steward)
    const version = await shop.assemble(dataset, [mine, theirs])
    const [sha256 = ''] = mine.files.map((one) => one.sha256)
    await done(shop.datasets.withdraw(shop.contributor, mine.id))
    expect(await shop.datasets.isWithdrawn(sha256, version)).toBe(false)
    await done(shop.datasets.withdraw(shop.steward, theirs.id))
    expect(await shop.datasets.isWithdrawn(sha256, version)).toBe(true)
  })
})
