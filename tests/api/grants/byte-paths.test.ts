import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCESS } from '../../../api/src/graphql/access.ts'
import { typeDefs } from '../../../api/src/graphql/generated.ts'
import { decide, proposePublication } from '../../support/journey.ts'
import { join, type Person, visitor } from '../../support/person.ts'
import { plausible } from '../graphql/plausible.ts'
import { type Held, hold, MARK, suspend } from './held.ts'

const NAME = 'a-name-that-must-not-leave'
const PATH = `${NAME}.txt`
// A size that no other number is.
const BYTES = Buffer.from(MARK.padEnd(987_654, '\nhe kupu'))

const schema = buildSchema(String(typeDefs))
// The public log keeps what was recorded while it was open; nothing takes a leaf back.
const QUERIES = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
  ({ name }) => name !== 'log',
)
/** Ways that are asked for at once. */
const AT_ONCE = 2

const scalarsOf = (type: GraphQLObjectType): readonly string[] =>
  Object.values(type.getFields())
    .filter((field) => isLeafType(getNamedType(field.type)) && !field.args.some(isRequired))
    .map(({ name }) => name)

const isRequired = ({ type }: { readonly type: unknown }): boolean => isNonNullType(type)

type Wrap = (selection: string) => string

/** A field with what it has to be given: the number of the version there is. */
const asking = (name: string, args: readonly GraphQLArgument[]): string => {
  const given = args
    .filter(isRequired)
    .map((arg) => `${arg.name}: ${literal(plausible(arg.type, '1.0.0'))}`)
  return given.length > 0 ? `${name}(${given.join(', ')})` : name
}

/** The shortest way from an object to every type that can be reached from it; each a selection. */
const selections = (root: GraphQLObjectType): readonly string[] => {
  const known = new Set([root.name])
  const waiting: { readonly type: GraphQLObjectType; readonly wrap: Wrap }[] = []
  const found: string[] = []
  const visit = (type: GraphQLObjectType, wrap: Wrap): void => {
    found.push(wrap(`{ __typename ${scalarsOf(type).join(' ')} }`))
    for (const { name, type: given, args } of Object.values(type.getFields())) {
      const inner = getNamedType(given)
      if (!isObjectType(inner) || known.has(inner.name)) continue
      known.add(inner.name)
      const asked = asking(name, args)
      waiting.push({ type: inner, wrap: (selection) => wrap(`{ ${asked} ${selection} }`) })
    }
  }
  visit(root, (selection) => selection)
  for (let next = waiting.shift(); next; next = waiting.shift()) visit(next.type, next.wrap)
  return found
}

/** Routes that can name a dataset, its version, its files or what belongs to them. */
const ROUTES = Object.keys(ACCESS)
  .filter((name) => /^GET .*:(?!secret|token)/.test(name))
  .map((name) => name.slice('GET '.length))

interface Named {
  readonly dataset: string
  readonly others: readonly string[]
}

const fill = (route: string, { dataset, others }: Named): readonly string[] => {
  const rest = (text: string) =>
    text
      .replace('{/*path}', `/${PATH}`)
      .replace('*path', PATH)
      .replace(':version', '1.0.0')
      .replace(':revision', 'main')
      .replace(':namespace', 'village')
      .replace(':name', dataset)
  const ids = route.includes(':namespace') ? [dataset] : [dataset, ...others]
  return ids.map((id) => rest(route.replace(/:(id|digest)/, id)))
}

describe('what is refused or hidden', () => {
  let held: Held
  let people: Readonly<Record<string, Person>>
  let named: Named
  let marks: readonly string[]

  /** What of the restricted things an answer holds, its headers included. */
  const leaks = async (
    response: Response,
    allowed: readonly string[],
  ): Promise<readonly string[]> => {
    const said = `${JSON.stringify([...response.headers])}\n${await response.text()}`
    // What was asked for comes back in some answers.
    return marks.filter((mark) => said.includes(mark) && !allowed.includes(mark))
  }

  const requests = (): readonly (readonly [string, RequestInit])[] =>
    ROUTES.flatMap((route) => fill(route, named)).flatMap((path) => [
      [path, {}] as const,
      [path, { method: 'HEAD' }] as const,
      [path, { headers: { range: 'bytes=0-9' } }] as const,
      [path, { headers: { range: 'bytes=99999999-' } }] as const,
      [path, { headers: { 'if-none-match': `"${held.published.files[0]?.sha256}"` } }] as const,
    ])

  const findLeaks = async (
    who: Person,
    forgiven: readonly string[],
  ): Promise<readonly string[]> => {
    const found: string[] = []
    for (const [path, init] of requests()) {
      const response = await who.fetch(path, { ...init, redirect: 'manual' })
      const what = await leaks(response, [
        ...forgiven,
        ...marks.filter((mark) => path.includes(mark)),
      ])
      if (what.length > 0) found.push(`${init.method ?? 'GET'} ${path}: ${what.join(', ')}`)
      if (path.includes('/files/') && response.status < 400)
        found.push(`${path}: ${response.status}`)
    }
    return found
  }

  const ask = async (who: Person, query: string) => JSON.stringify(await who.raw(query))

  const operations = (): readonly string[] => {
    const ids: Readonly<Record<string, string>> = {
      dataset: held.published.dataset,
      proposal: held.published.proposal,
      grant: held.grant,
    }
    return QUERIES.flatMap(({ name, type, args }) => {
      const inner = getNamedType(type)
      if (!isObjectType(inner)) return []
      const given = args
        .filter(isRequired)
        .map((arg) => `${arg.name}: ${literal(ids[name] ?? plausible(arg.type, named.dataset))}`)
      const head = given.length > 0 ? `${name}(${given.join(', ')})` : name
      const all = selections(inner).map((one, nth) => `a${nth}: ${head} ${one}`)
      const groups = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, nth) =>
        all.slice(nth * AT_ONCE, (nth + 1) * AT_ONCE),
      )
      return groups.map((group) => `{ ${group.join(' ')} }`)
    })
  }

  const findFieldLeaks = async (who: Person, forgiven: readonly string[]) => {
    const found: string[] = []
    for (const query of operations()) {
      const said = await ask(who, query)
      // A question that is not understood shows nothing; some lists inside lists are too much at once.
      if (/GRAPHQL_(VALIDATION|PARSE)/.test(said)) found.push(`${query}: ${said}`)
      const what = marks.filter((mark) => said.includes(mark) && !forgiven.includes(mark))
      if (what.length > 0) found.push(`${query}: ${what.join(', ')}`)
    }
    return found
  }

  beforeAll(async () => {
    held = await hold({ [PATH]: BYTES })
    const [file] = held.published.files
    named = {
      dataset: held.published.dataset,
      others: [held.grant, held.published.proposal, held.published.manifestDigest],
    }
    marks = [MARK, NAME, file?.sha256 ?? '', String(BYTES.length)]
    people = {
      visitor: visitor(held.registry),
      outsider: await join(held.registry, 'outsider@university.example'),
    }
  }, 240_000)
  afterAll(() => held.registry.close())

  it('is found by these requests where it is permitted', async () => {
    expect(ROUTES.length).toBeGreaterThan(15)
    const { researcher } = held.village
    const found = await findLeaks(researcher, [])
    expect(found.some((line) => line.includes('/files/') && line.includes(MARK))).toBe(true)
    const fields = await findFieldLeaks(researcher, [])
    expect(fields.some((line) => line.includes('files') && line.includes(NAME))).toBe(true)
  }, 240_000)

  for (const who of ['visitor', 'outsider'])
    it(`gives a ${who} without a grant no byte of a listed dataset`, async () => {
      const person = people[who] ?? visitor(held.registry)
      // Its description names its files to everybody; that is what the council released.
      const open = marks.slice(1)
      expect(await findLeaks(person, open)).toEqual([])
      expect(await findFieldLeaks(person, open)).toEqual([])
    }, 240_000)

  it('gives the holder of a grant no byte while the dataset is suspended', async () => {
    await suspend(held.village, held.published.dataset)
    expect(await findLeaks(held.village.researcher, marks.slice(1))).toEqual([])
  }, 240_000)

  describe('of a dataset that is sealed', () => {
    beforeAll(async () => {
      const { dataset, manifestDigest } = held.published
      const rung = { dataset, manifestDigest, stage: 0 }
      await decide(held.village, await proposePublication(held.village, rung))
    }, 120_000)

    for (const who of ['visitor', 'outsider'])
      it(`tells a ${who} no byte, name, digest or size`, async () => {
        const person = people[who] ?? visitor(held.registry)
        expect(await findLeaks(person, [])).toEqual([])
        expect(await findFieldLeaks(person, [])).toEqual([])
      }, 240_000)

    // The name that was asked for stands in some answers, and with it in what is made from them.
    /** Where two answers first differ. */
    const apart = (one: string, other: string): string => {
      const at = [...one].findIndex((letter, nth) => letter !== other[nth])
      return `${one.slice(at - 80, at + 40)} | ${other.slice(at, at + 40)}`
    }
    const changing = new Set([
      'date',
      'content-security-policy',
      'connection',
      'keep-alive',
      'etag',
    ])
    /** What is new in every answer: the nonce of a page, and the time it tells. */
    const PASSING = /nonce=\\"[^"]*"|\d{4}-\d\d-\d\dT[\d:.]+Z/g
    const say = async (
      person: Person,
      [path, init]: readonly [string, RequestInit],
      id: string,
    ) => {
      const at = path.replaceAll(named.dataset, id)
      const response = await person.fetch(at, { ...init, redirect: 'manual' })
      const headers = [...response.headers].filter(([name]) => !changing.has(name))
      const text = JSON.stringify([response.status, headers, await response.text()])
      return text.replaceAll(PASSING, '').replaceAll(id, 'the dataset')
    }

    it('answers as if it had never been, byte by byte', async () => {
      const about = requests().filter(([path]) => path.includes(named.dataset))
      const absent = 'd_'.padEnd(named.dataset.length, '0')
      const different: string[] = []
      for (const person of Object.values(people))
        for (const one of about) {
          const there = await say(person, one, named.dataset)
          const not = await say(person, one, absent)
          if (there !== not) different.push(`${one[0]} ${apart(there, not)}`)
        }
      expect(different).toEqual([])
    }, 240_000)
  })

  it('brings about no fault', () => {
    expect(held.registry.faults).toEqual([])
  })
})

/** A value as GraphQL writes it. */
const literal = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  // Only a variable can bring other names, such as those of a database's operators.
  const named = Object.entries(value).filter(([name]) => /^[_A-Za-z]\w*$/.test(name))
  const fields = named.map(([name, one]) => `${name}: ${literal(one)}`)
  return `{ ${fields.join(', ')} }`
}
