import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Contribution, Dataset, Version } from '../../../api/src/datasets/datasets.ts'
import { signIn, visitor } from '../../support/person.ts'
import { done, openWorkshop, type Workshop } from './workshop.ts'

const ROWS = `query ($id: ID!, $from: String!, $to: String!) { dataset(id: $id) {
  changes(from: $from, to: $to) { from to same licenceBefore { digest }
    files { path kind before sizeBefore sizeAfter rows { added removed } }
    statement { field changes { kind text } } } } }`

const TOMBSTONE = `query ($dataset: ID!, $version: String) {
  tombstone(dataset: $dataset, version: $version) { id title version cause at reason entry proposal { id } } }`

interface Changes {
  readonly same: number
  readonly files: readonly {
    readonly path: string
    readonly kind: string
    readonly before: string | null
    readonly rows: { readonly added: number; readonly removed: number } | null
  }[]
  readonly statement: readonly { readonly field: string }[]
}

describe('what changed between two versions', () => {
  let shop: Workshop
  let dataset: Dataset
  let second: Version
  let kept: Contribution

  const as = (email: string) => signIn(shop.registry, email)
  const ask = async (
    who: { run: <T>(query: string, variables?: object) => Promise<T> },
    from = '1.0.0',
    to = '2.0.0',
  ) => {
    const found = await who.run<{ dataset: { changes: Changes | null } | null }>(ROWS, {
      id: dataset.id,
      from,
      to,
    })
    return found.dataset?.changes ?? null
  }

  beforeAll(async () => {
    shop = await openWorkshop()
    dataset = await shop.create()
    kept = await shop.contribute(dataset, { 'kept.txt': 'kupu\n', 'old.txt': 'the same words\n' })
    const first = await shop.contribute(dataset, {
      'words.txt': 'one\ntwo\ntwo\nthree\n',
      'gone.txt': 'a\nb\n',
    })
    await shop.publish(await shop.assemble(dataset, [kept, first]))
    const more = await shop.contribute(dataset, {
      'words.txt': 'three\ntwo\none\nfour\nfive\n',
      'moved/new.txt': 'the same words\n',
      'extra.txt': 'x\ny\nz\n',
    })
    const again = await shop.contribute(dataset, { 'kept.txt': 'kupu\n' })
    const input = {
      ...shop.assembly(dataset, [again, more], '2.0.0'),
      statement: shop
        .assembly(dataset, [])
        .statement.map((one) =>
          one.field === 'speakers' ? { ...one, text: 'Twelve elders' } : one,
        ),
    }
    second = (await done(shop.datasets.assemble(shop.steward, input))).version
    await shop.assemble(dataset, [again], '3.0.0')
  }, 120_000)
  afterAll(() => shop.close())

  it('tells those who vote on a draft, with counts of rows', async () => {
    const changes = await ask(await as('one@village.example'))
    expect(changes?.same).toBe(1)
    expect(
      changes?.files.map(({ path, kind, before, rows }) => [path, kind, before, rows]),
    ).toEqual([
      ['extra.txt', 'added', null, { added: 3, removed: 0 }],
      ['gone.txt', 'removed', null, { added: 0, removed: 2 }],
      ['moved/new.txt', 'moved', 'old.txt', null],
      ['words.txt', 'changed', null, { added: 2, removed: 1 }],
    ])
    expect(changes?.statement.map(({ field }) => field)).toEqual(['speakers'])
  })

  it('stands beside the vote on the publication', async () => {
    const asked = await done(shop.datasets.proposePublication(shop.steward, shop.asked(second)))
    const seen = await (await as('two@village.example')).run<{
      proposal: { subject: { versionChanges: { from: string; to: string } | null } }
    }>('query ($id: ID!) { proposal(id: $id) { subject { versionChanges { from to } } } }', {
      id: asked.proposal.id,
    })
    expect(seen.proposal.subject.versionChanges).toEqual({ from: '1.0.0', to: '2.0.0' })
    const hidden = await visitor(shop.registry).run<typeof seen>(
      'query ($id: ID!) { proposal(id: $id) { subject { versionChanges { from to } } } }',
      { id: asked.proposal.id },
    )
    expect(hidden.proposal.subject.versionChanges).toBeNull()
    await shop.decide(asked.proposal.id)
  }, 60_000)

  it('tells everybody the files of published versions, and no count of rows', async () => {
    const changes = await ask(visitor(shop.registry))
    expect(changes?.files.length).toBe(4)
    expect(changes?.files.filter(({ rows }) => rows !== null)).toEqual([])
  })

  it('knows of no draft and of no version that is not there', async () => {
    expect(await ask(await as('one@village.example'), '1.0.0', '3.0.0')).not.toBeNull()
    expect(await ask(visitor(shop.registry), '1.0.0', '3.0.0')).toBeNull()
    expect(await ask(visitor(shop.registry), '1.0.0', '4.0.0')).toBeNull()
  })

  it('names no file that was taken back', async () => {
    await done(shop.datasets.withdraw(shop.contributor, kept.id, ['old.txt']))
    const changes = await ask(visitor(shop.registry))
    expect(JSON.stringify(changes)).not.toContain('old.txt')
  })

  describe('once it is taken down', () => {
    let proposal: string
    beforeAll(async () => {
      const input = { dataset: dataset.id, reason: 'Words of the dead are in it.' }
      proposal = (await done(shop.datasets.proposeTakedown(shop.steward, input))).proposal.id
      await shop.decide(proposal)
    }, 60_000)

    it('leaves a tombstone with the reason, and no description of what is in it', async () => {
      const guest = visitor(shop.registry)
      const { tombstone } = await guest.run<{ tombstone: Record<string, unknown> }>(TOMBSTONE, {
        dataset: dataset.id,
      })
      expect(tombstone).toMatchObject({
        id: dataset.id,
        title: 'Words by the river',
        cause: 'takedown',
        proposal: { id: proposal },
      })
      expect(tombstone.reason).toContain('Words of the dead are in it.')
      expect(await ask(guest)).toBeNull()
    })

    it('answers programs with 410, and with no name of a file', async () => {
      for (const path of ['croissant', 'versions/1.0.0/croissant']) {
        const answer = await visitor(shop.registry).fetch(`/datasets/${dataset.id}/${path}`)
        expect(answer.status).toBe(410)
        const text = await answer.text()
        expect(JSON.parse(text)).toMatchObject({ code: 'TAKEN_DOWN', dataset: dataset.id })
        expect(text).not.toContain('.txt')
      }
    })

    it('answers for a draft as for a version that never was', async () => {
      const guest = visitor(shop.registry)
      const tombs = ['2.0.0', '3.0.0', '4.0.0'].map((version) =>
        guest.run<{ tombstone: object | null }>(TOMBSTONE, { dataset: dataset.id, version }),
      )
      const told = (await Promise.all(tombs)).map(({ tombstone }) => tombstone !== null)
      expect(told).toEqual([true, false, false])
    })

    it('is no longer found in the catalogue', async () => {
      const found = await shop.datasets.search({ text: 'river' }, shop.log.now())
      expect(found.nodes.map(({ id }) => id)).not.toContain(dataset.id)
    })

    it('tells at the door that it was taken down', async () => {
      const researcher = await as('researcher@university.example')
      const path = `/datasets/${dataset.id}/versions/2.0.0/files/words.txt`
      expect(await (await researcher.fetch(path)).json()).toMatchObject({ code: 'TAKEN_DOWN' })
    })
  })

  it('leaves no tombstone of what was never open to everybody', async () => {
    const sealed = await shop.create()
    const one = await shop.contribute(sealed, { 'a.txt': 'sealed\n' })
    const version = await shop.assemble(sealed, [one])
    await shop.publish(version)
    await shop.publish(version, { stage: 0 })
    const input = { dataset: sealed.id, reason: 'Nobody shall have it.' }
    const { proposal } = await done(shop.datasets.proposeTakedown(shop.steward, input))
    await shop.decide(proposal.id)
    const guest = visitor(shop.registry)
    const { tombstone } = await guest.run<{ tombstone: unknown }>(TOMBSTONE, {
      dataset: sealed.id,
    })
    expect(tombstone).toBeNull()
    const [there, not] = await Promise.all(
      [sealed.id, 'd_00000000000000000000'].map((id) => guest.fetch(`/datasets/${id}/croissant`)),
    )
    expect([there?.status, await there?.text()]).toEqual([404, await not?.text()])
  }, 60_000)

  it('leaves a tombstone of a version of which everything was taken back', async () => {
    const other = await shop.create({ title: 'Songs' })
    const one = await shop.contribute(other, { 'song.txt': 'a song\n' })
    await shop.publish(await shop.assemble(other, [one]))
    const at = { dataset: other.id, version: '1.0.0' }
    const guest = visitor(shop.registry)
    expect((await guest.run<{ tombstone: unknown }>(TOMBSTONE, at)).tombstone).toBeNull()
    await done(shop.datasets.withdraw(shop.contributor, one.id))
    const { tombstone } = await guest.run<{ tombstone: object }>(TOMBSTONE, at)
    expect(tombstone).toMatchObject({ cause: 'withdrawal', version: '1.0.0', reason: null })
  }, 60_000)

  it('reports no fault', () => {
    expect(shop.registry.faults).toEqual([])
  })
})
