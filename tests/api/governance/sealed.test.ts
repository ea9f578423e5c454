import {
  buildSchema,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { typeDefs } from '../../../api/src/graphql/generated.ts'
import {
  assemble,
  castBallot,
  contribute,
  createDataset,
  proposePublication,
} from '../../support/journey.ts'
import { type Person, visitor } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, type Village } from '../../support/village.ts'

const schema = buildSchema(String(typeDefs))
const TITLE = 'Words by the river'
const REASON = 'kept under seal kahurangi'

/** Every field of a type that needs no argument, two objects deep. */
const everything = (type: GraphQLObjectType, depth: number): string =>
  Object.values(type.getFields())
    .filter((field) => !field.args.some(isRequiredArgument))
    .map((field) => {
      const inner = getNamedType(field.type)
      if (isLeafType(inner)) return field.name
      return isObjectType(inner) && depth > 0 ? `${field.name} ${everything(inner, depth - 1)}` : ''
    })
    .filter((text) => text !== '')
    .join(' ')
    .replace(/^/, '{ ')
    .concat(' }')

const objectType = (name: string): GraphQLObjectType => {
  const type = schema.getType(name)
  if (!isObjectType(type)) throw new Error(`${name} is no object type`)
  return type
}

describe('what an open vote about a hidden dataset gives away', () => {
  let registry: Registry
  let village: Village
  let dataset: string
  let proposal: string
  let outsiders: readonly Person[]

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    dataset = await createDataset(village)
    const contribution = await contribute(village, dataset, {
      'words.txt': Buffer.from('He kupu.\n'),
    })
    const manifestDigest = await assemble(village, dataset, [contribution])
    proposal = await proposePublication(village, { dataset, manifestDigest })
    const [one, two] = village.council
    if (!one || !two) throw new Error('the council is empty')
    await castBallot(one, proposal, 'yes')
    await castBallot(two, proposal, 'object', REASON)
    for (const [text, hidden] of [
      ['a word for everybody', false],
      ['a word among us', true],
    ] as const) {
      await one.run(
        'mutation ($input: CommentInput!) { comment(input: $input) { refused { code } } }',
        { input: { proposal, text, private: hidden } },
      )
    }
    outsiders = [visitor(registry), village.researcher]
  }, 120_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  const all = async (person: Person): Promise<Record<string, unknown>> => {
    const { proposal: found } = await person.run<{ proposal: Record<string, unknown> }>(
      `query ($id: ID!) { proposal(id: $id) ${everything(objectType('Proposal'), 1)} }`,
      { id: proposal },
    )
    return found
  }

  it('is no choice, reason or tally, to any role, in any field', async () => {
    const three = village.council[2]
    const roles = [...outsiders, village.steward, village.contributor, ...(three ? [three] : [])]
    for (const person of roles) {
      const seen = await all(person)
      expect(seen).toMatchObject({ phase: 'open', tally: null, rollCall: null, myBallot: null })
      expect(JSON.stringify(seen)).not.toContain(REASON)
    }
  })

  it('changes nothing an outsider sees, whichever way the last ballot goes', async () => {
    const [one] = village.council
    if (!one) throw new Error('the council is empty')
    const seen: string[] = []
    for (const choice of ['no', 'abstain', 'yes']) {
      await castBallot(one, proposal, choice)
      const { entries: _, ...rest } = await all(visitor(registry))
      seen.push(JSON.stringify(rest))
    }
    expect(new Set(seen).size).toBe(1)
  })

  it('is one’s own ballot to oneself alone', async () => {
    const two = village.council[1]
    expect((await all(two ?? visitor(registry))).myBallot).toMatchObject({
      choice: 'object',
      reason: REASON,
    })
  })

  it('is what members say in public, and not what they say among themselves', async () => {
    for (const person of outsiders) {
      const text = JSON.stringify((await all(person)).comments)
      expect(text).toContain('a word for everybody')
      expect(text).not.toContain('a word among us')
    }
    expect(JSON.stringify((await all(village.steward)).comments)).toContain('a word among us')
  })

  it('is no dataset, version, title, draft, contribution or name of a member to outsiders', async () => {
    for (const person of outsiders) {
      const seen = await all(person)
      expect(JSON.stringify(seen)).not.toContain(TITLE)
      const answer = await person.raw(
        `query ($id: ID!, $proposal: ID!) {
          proposal(id: $proposal) { subject { dataset { title } version { version } } }
          dataset(id: $id) { id }
          datasets(search: { text: "river" }) { total nodes { id } facets { values { label count } } }
          proposals { nodes { title text subject { dataset { title } version { version } } } }
          communities { datasets { id title } members { name } }
        }`,
        { id: dataset, proposal },
      )
      expect(answer.errors).toBeUndefined()
      expect(answer.data).toMatchObject({
        proposal: { subject: { dataset: null, version: null } },
        dataset: null,
        datasets: { total: 0, nodes: [] },
        communities: [{ datasets: [], members: null }],
      })
      const { communities } = await person.run<{ communities: readonly object[] }>(
        '{ communities { proposals { title } } }',
      )
      expect(communities).toHaveLength(1)
      expect(JSON.stringify([answer.data, communities])).not.toContain(TITLE)
    }
  })

  it('is nothing personal and no title in any leaf of the log', async () => {
    const { log, people } = registry.house.services
    const leaves = (await log.read(0, 10_000)).map(({ leaf }) => leaf).join('\n')
    const emails = [
      ...village.council,
      village.steward,
      village.contributor,
      village.researcher,
    ].map(({ email }) => email)
    const accounts = await Promise.all(emails.map((email) => people.accountByEmail(email)))
    const secrets = [
      TITLE,
      REASON,
      'a word among us',
      'words.txt',
      ...emails,
      ...accounts.map((account) => account?.id ?? 'missing'),
      ...['"One"', '"Two"', '"Steward"', '"Contributor"', 'village.example'],
    ]
    expect(leaves).toContain('proposal.made')
    for (const secret of secrets) expect(leaves).not.toContain(secret)
    expect(accounts).not.toContain(null)
  })

  it('is the roll call to the body after the close, and only the totals to others', async () => {
    await registry.days(17)
    const voter = village.council[2]
    const inside = await all(voter ?? visitor(registry))
    expect(JSON.stringify(inside.rollCall)).toContain(REASON)
    for (const person of [...outsiders, village.contributor]) {
      const seen = await all(person)
      expect(seen.rollCall).toBeNull()
      expect(seen.tally).toMatchObject({ yes: 1, objections: 1, pass: false })
      expect(JSON.stringify(seen)).not.toContain(REASON)
    }
  })
})
