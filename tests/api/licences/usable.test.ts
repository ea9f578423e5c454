import mongoose from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDataset, decide, publish } from '../../support/journey.ts'
import { type Person, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

let registry: Registry
let village: Village
let anybody: Person
let first: string
let second: string
beforeAll(async () => {
  registry = await startRegistry()
  village = await found(registry)
  anybody = visitor(registry)
  const file = { 'words.txt': Buffer.from('He kupu.\n') }
  first = (await publish(village, file)).dataset
  second = (await publish(village, file)).dataset
}, 120_000)
afterAll(() => registry.close())

interface Row {
  readonly id: string
  readonly usable: { outlook: string; reason: { clause: string; text: string } | null } | null
}

const rows = async (use: object): Promise<readonly Row[]> => {
  const { datasets } = await anybody.run<{ datasets: { nodes: readonly Row[] } }>(
    `query ($use: DescribedUseInput!) {
      datasets { nodes { id usable(use: $use) { outlook reason { clause text } } } }
    }`,
    { use },
  )
  return datasets.nodes
}

const outlooks = async (use: object) => (await rows(use)).map(({ usable }) => usable?.outlook)

describe('whether a use is possible, row by row', () => {
  const study = { purpose: 'linguisticResearch', actorKind: 'academic', commercialTie: 'no' }

  it('says that the council decides where its vote is needed', async () => {
    expect(await outlooks({ ...study, country: 'DE' })).toEqual(['council', 'council'])
  })

  it('says no to a company and names the clause', async () => {
    const [row] = await rows({ ...study, actorKind: 'commercial' })
    expect(row?.usable?.outlook).toBe('deny')
    expect(row?.usable?.reason?.clause).toMatch(/#no-commercial-actor$/)
  })

  it('asks for more where what is not said decides', async () => {
    expect(await outlooks({ purpose: 'linguisticResearch' })).not.toContain('permit')
  })

  it('gives no answer to a use that has no meaning', async () => {
    expect(await outlooks({ purpose: 'mischief' })).toEqual([undefined, undefined])
    expect(await outlooks({ ...study, actions: ['steal'] })).toEqual([undefined, undefined])
  })

  it('takes as many statements for one row as for two', async () => {
    const statementsFor = async (search: string): Promise<number> => {
      // Answers of a moment ago are still remembered: each page is counted without them.
      await new Promise((resolve) => setTimeout(resolve, 300))
      let count = 0
      // What runs by itself in the background reads other collections.
      mongoose.set('debug', (collection: string) => {
        if (collection === 'datasets' || collection === 'licences') count += 1
      })
      try {
        await anybody.run(
          `query ($use: DescribedUseInput!) {
            datasets(search: { ${search} }) { nodes { usable(use: $use) { outlook } } }
          }`,
          { use: study },
        )
      } finally {
        mongoose.set('debug', false)
      }
      return count
    }
    await statementsFor('first: 1')
    // The index may take in news of its own while one page is read: the least of some is the page.
    const least = async (search: string) =>
      Math.min(
        ...[await statementsFor(search), await statementsFor(search), await statementsFor(search)],
      )
    const one = await least('first: 1')
    expect(one).toBeGreaterThan(0)
    expect(await least('first: 2')).toBe(one)
  })
})

interface Together {
  readonly datasets: readonly { readonly id: string }[]
  readonly actions: readonly {
    readonly action: string
    readonly possible: boolean
    readonly refusing: readonly { readonly id: string }[]
  }[]
  readonly duties: readonly string[]
}

const together = async (...ids: readonly string[]): Promise<Together> =>
  (
    await anybody.run<{ together: Together }>(
      `query ($ids: [ID!]!) { together(datasets: $ids) {
        datasets { id } duties actions { action possible refusing { id } }
      } }`,
      { ids },
    )
  ).together

describe('several datasets together', () => {
  it('may be used as the licences of all of them allow, with the duties of all', async () => {
    const joint = await together(first, second)
    expect(joint.datasets.map(({ id }) => id)).toEqual([first, second])
    const can = (action: string) => joint.actions.find((one) => one.action === action)
    expect(can('train')).toMatchObject({ possible: true, refusing: [] })
    expect(can('redistribute')).toMatchObject({ possible: false })
    expect(can('redistribute')?.refusing.map(({ id }) => id)).toEqual([first, second])
    expect(joint.duties.join(' ')).toContain('within 180 days')
  })

  it('leave out what is not published exactly as what is not there', async () => {
    const draft = await createDataset(village)
    const asked = await together(first, draft)
    expect(asked).toEqual(await together(first, 'd_nothing'))
    expect(asked.datasets.map(({ id }) => id)).toEqual([first])
    expect(asked.actions).toEqual([])
  })
})

const LICENCES = `{ licences {
  digest id version proposal { id phase } versions { version digest } community { slug }
} }`

interface Listed {
  readonly digest: string
  readonly id: string
  readonly version: number
  readonly proposal: { readonly id: string; readonly phase: string } | null
  readonly versions: readonly { readonly version: number; readonly digest: string }[]
}

const SUBJECT = `changes { wider narrower complete } licence { claims { text holds } }`

interface Subject {
  readonly changes: {
    readonly wider: readonly string[]
    readonly narrower: readonly string[]
    readonly complete: boolean
  } | null
  readonly licence: { readonly claims: readonly { readonly holds: boolean | null }[] } | null
}

describe('the list of licences', () => {
  const list = async () => (await anybody.run<{ licences: readonly Listed[] }>(LICENCES)).licences

  it('holds a founding licence without a decision', async () => {
    const [only, ...others] = await list()
    expect(others).toEqual([])
    expect(only).toMatchObject({ digest: village.licence, version: 1, proposal: null })
  })

  it('shows the newest version with the decision that adopted it and the versions before', async () => {
    const [before] = await list()
    const { licence } = await anybody.run<{ licence: { document: { uid: string } } }>(
      'query ($digest: ID!) { licence(digest: $digest) { document } }',
      { digest: village.licence },
    )
    const uid = `${licence.document.uid}+2`
    const document = { ...licence.document, uid, 'sov:region': ['AU'] }
    const { proposeLicence: made } = await village.steward.run<{
      proposeLicence: { proposal: { id: string } | null; refused: unknown }
    }>(
      `mutation ($input: ProposeLicenceInput!) {
        proposeLicence(input: $input) { proposal { id } refused { code message } }
      }`,
      {
        input: {
          community: village.community,
          replaces: before?.id,
          document,
          reason: 'Our people live in Australia too.',
        },
      },
    )
    if (!made.proposal) throw new Error(JSON.stringify(made.refused))
    const { proposal: voted } = await anybody.run<{ proposal: { subject: Subject } }>(
      `query ($id: ID!) { proposal(id: $id) { subject { ${SUBJECT} } } }`,
      { id: made.proposal.id },
    )
    expect(voted.subject.changes?.complete).toBe(true)
    expect(voted.subject.changes?.wider.join(' ')).toMatch(/download/)
    expect(voted.subject.changes?.narrower).toEqual([])
    expect(voted.subject.licence?.claims.length).toBeGreaterThan(0)
    expect(voted.subject.licence?.claims.map(({ holds }) => holds)).not.toContain(false)
    await decide(village, made.proposal.id)
    const [newest, ...others] = await list()
    expect(others).toEqual([])
    expect(newest).toMatchObject({
      id: before?.id,
      version: 2,
      proposal: { id: made.proposal.id, phase: 'enacted' },
    })
    expect(newest?.versions.map(({ version }) => version)).toEqual([2, 1])
    const changed = async (from: string | null) =>
      (
        await anybody.run<{ licence: { changes: unknown } }>(
          'query ($digest: ID!, $from: ID) { licence(digest: $digest) { changes(from: $from) { wider } } }',
          { digest: newest?.digest, from },
        )
      ).licence.changes
    expect(await changed(null)).toEqual({ wider: voted.subject.changes?.wider })
    expect(await changed(village.licence)).toEqual(await changed(null))
    expect(await changed('sha256-of-another-licence')).toBeNull()
  })
})

describe('a list after the licence has been narrowed', () => {
  const narrow = async (): Promise<void> => {
    const { licence } = await anybody.run<{
      licence: {
        id: string
        document: { uid: string; prohibition?: readonly { target: string }[] }
      }
    }>('query ($digest: ID!) { licence(digest: $digest) { id document } }', {
      digest: village.licence,
    })
    const { id, document } = licence
    const bar = {
      uid: `${document.uid}#no-linguistics`,
      target: document.prohibition?.[0]?.target,
      action: ['use'],
      constraint: [
        {
          uid: `${document.uid}#linguistics`,
          leftOperand: 'purpose',
          operator: 'isAnyOf',
          rightOperand: [{ '@id': 'sov:linguisticResearch' }],
        },
      ],
    }
    const input = {
      community: village.community,
      replaces: id,
      document: {
        ...document,
        uid: `${document.uid}+narrow`,
        prohibition: [...(document.prohibition ?? []), bar],
      },
      reason: 'We no longer want it studied.',
    }
    const { proposeLicence: made } = await village.steward.run<{
      proposeLicence: { proposal: { id: string } | null; refused: unknown }
    }>(
      'mutation ($input: ProposeLicenceInput!) { proposeLicence(input: $input) { proposal { id } refused { code message field } } }',
      { input },
    )
    if (!made.proposal) throw new Error(JSON.stringify(made.refused))
    await decide(village, made.proposal.id)
  }

  it('judges by the newer version too, and names its clause', async () => {
    const study = { purpose: 'linguisticResearch', actorKind: 'academic', commercialTie: 'no' }
    expect(await outlooks({ ...study, country: 'DE' })).toContain('council')
    await narrow()
    const [row, ...others] = await rows({ ...study, country: 'DE' })
    expect(row?.usable?.outlook).toBe('deny')
    expect(row?.usable?.reason?.clause).toMatch(/#no-linguistics$/)
    expect(others.map(({ usable }) => usable?.outlook)).toEqual(['deny'])
    const learning = await outlooks({ ...study, purpose: 'learning', country: 'DE' })
    expect(learning).not.toContain('deny')
  })
})
