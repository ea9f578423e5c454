import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linkTo } from '../../support/mailbox.ts'
import { type Person, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'
import { ask } from '../grants/held.ts'

interface Home {
  readonly charter: { readonly digest: string; readonly document: Charter }
  readonly licences: readonly { readonly id: string; readonly document: Terms }[]
}
interface Charter {
  readonly version: number
  readonly matters: Readonly<Record<string, object>>
}
interface Terms {
  readonly uid: string
  readonly prohibition: readonly object[]
}

describe('the page of a voting link', () => {
  let registry: Registry
  let village: Village
  let home: Home

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    home = (
      await one().run<{ community: Home }>(
        '{ community(slug: "village") { charter { digest document } licences { id document } } }',
      )
    ).community
  }, 120_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  const one = (): Person => {
    const [first] = village.council
    if (!first) throw new Error('the seat is empty')
    return first
  }
  /** What the newest letter about a vote leads to, as it is read. */
  const read = async (): Promise<string> => {
    await registry.house.post()
    const link = await linkTo(registry, 'two@village.example', 'vote')
    const page = await (await visitor(registry).fetch(link)).text()
    expect(page).not.toContain('<script')
    expect(gzipSync(page).length).toBeLessThanOrEqual(30_000)
    return page
  }
  const amended = (matters: Readonly<Record<string, object>>) => ({
    community: village.community,
    reason: 'We want more time.',
    document: {
      ...home.charter.document,
      version: home.charter.document.version + 1,
      previous: home.charter.digest,
      matters,
    },
  })

  it('shows what a new charter no longer says and what it says instead, matter by matter', async () => {
    const { matters } = home.charter.document
    await ask(one(), 'proposeCharter', 'ProposeCharterInput', {
      ...amended({
        ...matters,
        'access.grant': { ...matters['access.grant'], execWithin: 'P60D' },
      }),
    })
    const page = await read()
    expect(page).toContain('What would change')
    expect(page).toContain('<h3>Giving access</h3>')
    expect(page).toMatch(/<del>[^<]*within 30 days[^<]*<\/del>/)
    expect(page).toMatch(/<ins>[^<]*within 60 days[^<]*<\/ins>/)
    expect(page).not.toContain('Publishing a dataset')
  })

  it('says a change of many matters once, and stays as small as an old phone needs', async () => {
    const { matters } = home.charter.document
    const all = Object.entries(matters).map(([name, rule]) => [
      name,
      { ...rule, execWithin: 'P45D' },
    ])
    await ask(one(), 'proposeCharter', 'ProposeCharterInput', amended(Object.fromEntries(all)))
    const page = await read()
    expect(page).toMatch(/<h3>[^<]*Publishing a dataset, Giving access[^<]*<\/h3>/)
    expect(page.match(/within 45 days/g)?.length).toBeLessThan(all.length)
  })

  it('shows whom a new version of a licence lets in, and what it touches', async () => {
    const [licence] = home.licences
    if (!licence) throw new Error('no licence')
    const { document, id } = licence
    const uid = `${document.uid}+2`
    const prohibition = document.prohibition.slice(1)
    const wider = { ...document, uid, prohibition, 'sov:claims': [] }
    await ask(one(), 'proposeLicence', 'ProposeLicenceInput', {
      community: village.community,
      replaces: id,
      document: wider,
      reason: 'Companies of our own people should be able to help us.',
    })
    const page = await read()
    expect(page).toContain('Newly allowed')
    expect(page).toContain('Grants in force on them: 0')
    expect(page).not.toContain('What would change')
  })

  it('names the facts that would be vouched for', async () => {
    await ask(one(), 'proposeAttestation', 'ProposeAttestationInput', {
      community: village.community,
      email: village.researcher.email,
      actorKind: 'academic',
      commercialTie: 'no',
      reason: 'We have read a letter.',
    })
    const page = await read()
    expect(page).toContain('Is: a university or research institute')
    expect(page).toContain('Tied to a company: no')
  })
})
