import diagnostics from 'node:diagnostics_channel'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  type ParsedLicence,
  PROFILE,
  parseLicence,
  parseLicenceText,
} from '../../policies/index.ts'
import { formatInstant } from '../../policies/rules/instant.ts'
import { type Refused, refusedDocument } from './licence-edits.ts'
import { readJson, templateDocument } from './licence-support.ts'

interface Malformed {
  readonly name: string
  readonly read: () => ParsedLicence
  readonly problem: { readonly path: string; readonly code: string }
}

const document = templateDocument('guardianship')
const text = JSON.stringify(document)
const { refused } = readJson('policies/vectors/licence-refused.json') as {
  refused: readonly Refused[]
}

const value = (name: string, make: () => unknown, path: string, code: string): Malformed => {
  const json = make()
  return { name, read: () => parseLicence(json), problem: { path, code } }
}
const changed = (name: string, part: Record<string, unknown>, path: string, code: string) =>
  value(name, () => ({ ...document, ...part }), path, code)
const written = (name: string, json: string, path: string, code: string): Malformed => ({
  name,
  read: () => parseLicenceText(json),
  problem: { path, code },
})
const spliced = (name: string, before: string, after: string, path: string, code: string) => {
  if (!text.includes(before)) throw new Error(`${name}: nothing to change`)
  return written(name, text.replace(before, after), path, code)
}

const cyclic = (): Record<string, unknown> => {
  const rule: Record<string, unknown> = { uid: 'urn:x:1', target: 'urn:x:2', action: 'use' }
  rule.constraint = [rule]
  return { ...document, prohibition: [rule] }
}
/** Two to the thirtieth values in thirty objects. */
const doubling = (): unknown => {
  let node: unknown = 'use'
  for (let level = 0; level < 30; level += 1) node = [node, node]
  return node
}
const nested = (depth: number, open: string, close: string): string =>
  open.repeat(depth) + close.repeat(depth)
const MEGABYTES = 10_000_000
/** A permission with as many tests as one likes, each of its own. */
const dates = (count: number): readonly unknown[] =>
  Array.from({ length: count }, (_, at) => ({
    uid: `urn:x:${at}`,
    leftOperand: 'dateTime',
    operator: 'lt',
    rightOperand: {
      '@value': formatInstant((at + 1) * 86_400_000),
      '@type': 'xsd:dateTime',
    },
  }))
const rules = (count: number): readonly unknown[] =>
  Array.from({ length: count }, (_, index) => ({ uid: `urn:x:${index}` }))

class Template {
  readonly uid = 'urn:x:1'
}

const whole: readonly Malformed[] = [
  ...[null, 7, true, 'Offer', Number.NaN, Symbol.iterator, 10n, () => document].map((json) =>
    value(`${String(json)} instead of a document`, () => json, '', 'wrong-form'),
  ),
  value('a list of documents', () => [document], '', 'wrong-form'),
  value('an object without anything', () => ({}), '/@context', 'wrong-context'),
  value('a class instance', () => new Template(), '/@type', 'wrong-type'),
  value('a map', () => new Map(Object.entries(document)), '/@type', 'wrong-type'),
  value('inherited terms', () => Object.create(document), '', 'not-json'),
]

const shapes: readonly Malformed[] = [
  changed('a function as a part', { permission: () => [] }, '/permission', 'wrong-form'),
  changed('a null permission', { permission: null }, '/permission', 'wrong-form'),
  changed('a number as title', { 'dct:title': 7 }, '/dct:title', 'not-text'),
  changed('prohibitions as words', { prohibition: 'none' }, '/prohibition', 'wrong-form'),
  changed('an object where countries go', { 'sov:home': { 0: 'GH' } }, '/sov:home', 'wrong-form'),
  changed('a hole in a list', { prohibition: new Array(3) }, '', 'not-json'),
  changed('undefined as a value', { 'dct:replaces': undefined }, '', 'not-json'),
  changed(
    'a date object as a predecessor',
    { 'dct:replaces': new Date(0) },
    '/dct:replaces',
    'wrong-form',
  ),
  changed('constraints on the policy', { constraint: [] }, '/constraint', 'unknown-key'),
  changed('a graph', { '@graph': [document] }, '/@graph', 'unknown-key'),
  changed('included blocks', { '@included': [document] }, '/@included', 'unknown-key'),
  changed('a reversed property', { '@reverse': {} }, '/@reverse', 'unknown-key'),
  changed('an index map', { '@index': 'a' }, '/@index', 'unknown-key'),
  changed('an id beside the uid', { '@id': 'urn:x:other' }, '/@id', 'unknown-key'),
  changed(
    'an import of another policy',
    { 'odrl:inheritFrom': 'urn:x:1' },
    '/odrl:inheritFrom',
    'unknown-key',
  ),
  changed(
    'a term in full',
    { 'http://www.w3.org/ns/odrl/2/permission': [] },
    '/http:~1~1www.w3.org~1ns~1odrl~12~1permission',
    'unknown-key',
  ),
]

/** The first clause of the template under another name. */
const named = (name: string, uid: string, code: string) =>
  value(
    name,
    () => refusedDocument(document, { set: { '/permission/0/uid': uid } }),
    '/permission/0/uid',
    code,
  )

const names: readonly Malformed[] = [
  named('a clause named by a prefix of the profile', 'sov:see', 'short-name'),
  named('a clause named by a prefix of ODRL', 'odrl:see', 'short-name'),
  named('a clause named by a prefix that only the ODRL context has', 'schema:see', 'short-name'),
  named('a clause named like a word of the profile', `${PROFILE}#learning`, 'taken-name'),
  named('a clause named like a word of ODRL', 'http://www.w3.org/ns/odrl/2/use', 'taken-name'),
  value(
    'a clause named like what a label of the licence adds',
    () =>
      refusedDocument(document, {
        set: {
          '/permission/0/uid': 'urn:commonhold:label:tknc',
          '/sov:labels': [{ 'sov:code': 'tknc' }],
        },
      }),
    '/sov:labels/0/sov:code',
    'duplicate-uid',
  ),
  named('a clause with a sign nobody sees in its name', 'urn:x:se\u200be', 'not-an-iri'),
  named('a clause with a control in its name', 'urn:x:se\u0000e', 'not-an-iri'),
  value(
    'a target named by a prefix',
    () => refusedDocument(document, { set: { '/permission/0/target': 'dct:target' } }),
    '/permission/0/target',
    'short-name',
  ),
  changed(
    'a predecessor named by a prefix',
    { 'dct:replaces': { '@id': 'xsd:string' } },
    '/dct:replaces/@id',
    'short-name',
  ),
  changed(
    'a title that is read from the other side',
    { 'dct:title': { '@value': 'may\u202eton', '@language': 'en' } },
    '/dct:title/@value',
    'not-text',
  ),
  changed(
    'a preamble with a control in it',
    { 'sov:preamble': { '@value': 'Our\u0007words', '@language': 'en' } },
    '/sov:preamble/@value',
    'not-text',
  ),
]

const REMOTE = 'http://127.0.0.1:9/context.jsonld'
const contexts: readonly Malformed[] = [
  changed('a remote context', { '@context': REMOTE }, '/@context', 'wrong-context'),
  changed(
    'a remote context beside the right ones',
    { '@context': [...(document['@context'] as unknown[]), REMOTE] },
    '/@context',
    'wrong-context',
  ),
  changed(
    'a context that imports',
    { '@context': { '@import': REMOTE } },
    '/@context',
    'wrong-context',
  ),
  changed(
    'a context in a file',
    { '@context': 'file:///etc/passwd' },
    '/@context',
    'wrong-context',
  ),
  changed(
    'a context over https',
    { '@context': ['https://www.w3.org/ns/odrl.jsonld'] },
    '/@context',
    'wrong-context',
  ),
  changed('no context', { '@context': null }, '/@context', 'wrong-context'),
  changed('a profile that would have to be read', { profile: REMOTE }, '/profile', 'wrong-profile'),
  value(
    'a context inside a rule',
    () => refusedDocument(document, { set: { '/permission/1/@context': REMOTE } }),
    '/permission/1/@context',
    'unknown-key',
  ),
  value(
    'a context inside a value',
    () =>
      refusedDocument(document, {
        set: {
          '/permission/1/constraint/0/rightOperand/0': {
            '@context': REMOTE,
            '@id': 'sov:learning',
          },
        },
      }),
    '/permission/1/constraint/0/rightOperand/0',
    'unknown-value',
  ),
]

const large: readonly Malformed[] = [
  value('a cycle', cyclic, `/prohibition${'/0/constraint'.repeat(16)}`, 'limit'),
  changed(
    'a cycle of its own',
    (() => {
      const own: Record<string, unknown> = {}
      own['sov:preamble'] = own
      return own
    })(),
    '/sov:preamble'.repeat(33),
    'limit',
  ),
  changed(
    'lists that double',
    { permission: doubling() },
    `/permission/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1/0/1/1/0/0/1/0/1/0/1/1/0`,
    'limit',
  ),
  changed(
    'a list nested without end',
    { permission: JSON.parse(nested(50_000, '[', ']')) },
    `/permission${'/0'.repeat(32)}`,
    'limit',
  ),
  changed(
    'a text of 10 MB',
    { 'dct:title': { '@value': 'a'.repeat(MEGABYTES), '@language': 'en' } },
    '/dct:title/@value',
    'limit',
  ),
  changed(
    'a list of a million holes',
    { permission: new Array(1_000_000) },
    '/permission',
    'limit',
  ),
  value(
    'as many dates as a licence has room for',
    () => refusedDocument(document, { set: { '/permission/0/constraint': dates(1200) } }),
    '',
    'limit',
  ),
  changed(
    'more countries in a claim than there are',
    {
      'sov:claims': [
        {
          uid: 'urn:x:claim',
          'sov:verdict': { '@id': 'sov:never' },
          'sov:scope': { 'sov:countries': Array.from({ length: 300 }, () => 'GH') },
        },
      ],
    },
    '/sov:claims/0/sov:scope/sov:countries',
    'limit',
  ),
  changed('300,000 rules', { prohibition: rules(300_000) }, '/prohibition', 'limit'),
  changed('a key of 10 MB', { ['k'.repeat(MEGABYTES)]: 1 }, `/${'k'.repeat(MEGABYTES)}`, 'limit'),
  value(
    'as many keys as one request can bring',
    () => Object.fromEntries(Array.from({ length: 90_000 }, (_, at) => [`key${at}`, at])),
    '',
    'limit',
  ),
  written(
    '10 MB of text',
    JSON.stringify({ ...document, 'sov:preamble': 'a'.repeat(MEGABYTES) }),
    '',
    'limit',
  ),
  written('10 MB of blanks', `${' '.repeat(MEGABYTES)}${text}`, '', 'limit'),
  written('10 MB of open brackets', '['.repeat(MEGABYTES), '', 'limit'),
  written('90,000 open brackets', '['.repeat(90_000), '', 'not-json'),
  written('objects as deep as the text allows', nested(28_000, '{"":', '}'), '', 'not-json'),
  written('lists as deep as a text allows', nested(99_000, '[', ']'), '/0'.repeat(32), 'limit'),
]

const texts: readonly Malformed[] = [
  written('an empty text', '', '', 'not-json'),
  written('a licence cut short', text.slice(0, -1), '', 'not-json'),
  written('two licences in one text', text + text, '', 'not-json'),
  written('a comment', `// licence\n${text}`, '', 'not-json'),
  written('a trailing comma', `${text.slice(0, -1)},}`, '', 'not-json'),
  written('single quotes', text.replaceAll('"', "'"), '', 'not-json'),
  written('a byte order mark', `\uFEFF${text}`, '', 'not-json'),
  written('a number that is none', `{"uid":NaN}`, '', 'not-json'),
  spliced(
    'a key twice at the top',
    '"@type":"Offer"',
    '"@type":"Offer","@type":"Offer"',
    '/@type',
    'duplicate-key',
  ),
  spliced(
    'permissions twice',
    '"permission":[',
    '"permission":[],"permission":[',
    '/permission',
    'duplicate-key',
  ),
  spliced(
    'a prohibition emptied afterwards',
    '"prohibition":[',
    '"prohibition":[],"prohibition":[',
    '/prohibition',
    'duplicate-key',
  ),
  spliced(
    'an operator twice, deep down',
    '"operator":"isAnyOf"',
    '"operator":"isAnyOf","operator":"isNoneOf"',
    '/permission/1/constraint/0/operator',
    'duplicate-key',
  ),
  spliced(
    'a key twice, once in other letters',
    '"@type":"Offer"',
    '"@type":"Offer","\\u0040type":"Offer"',
    '/@type',
    'duplicate-key',
  ),
  spliced(
    'a value twice',
    '"@id":"sov:communityUse"',
    '"@id":"sov:advertising","@id":"sov:communityUse"',
    '/permission/1/constraint/0/rightOperand/0/@id',
    'duplicate-key',
  ),
  spliced(
    'the prototype as a key',
    '"@type":"Offer"',
    '"@type":"Offer","__proto__":{"permission":[]}',
    '/__proto__',
    'unknown-key',
  ),
  spliced(
    'the constructor as a key',
    '"@type":"Offer"',
    '"@type":"Offer","constructor":{}',
    '/constructor',
    'unknown-key',
  ),
  spliced(
    'terms from the prototype',
    '"conflict":"prohibit"',
    '"__proto__":{"conflict":"prohibit"}',
    '/conflict',
    'wrong-conflict',
  ),
  spliced(
    'the prototype of a value',
    '{"@id":"sov:communityUse"}',
    '{"__proto__":{"@id":"sov:communityUse"}}',
    '/permission/1/constraint/0/rightOperand/0',
    'unknown-value',
  ),
  spliced(
    'an operand named like a method',
    '"leftOperand":"purpose"',
    '"leftOperand":"hasOwnProperty"',
    '/permission/1/constraint/0/leftOperand',
    'unknown-operand',
  ),
  spliced(
    'an operand named __proto__',
    '"leftOperand":"purpose"',
    '"leftOperand":"__proto__"',
    '/permission/1/constraint/0/leftOperand',
    'unknown-operand',
  ),
  spliced(
    'a label named toString',
    '"sov:home"',
    '"sov:labels":[{"sov:code":"toString"}],"sov:home"',
    '/sov:labels/0/sov:code',
    'unknown-value',
  ),
  spliced(
    'a table named valueOf',
    '"sov:home"',
    '"sov:economyTable":{"@id":"sov:valueOf"},"sov:home"',
    '/sov:economyTable',
    'unknown-value',
  ),
  spliced(
    'half a character in an escape',
    'Example speech',
    '\\ud800',
    '/dct:title/@value',
    'not-text',
  ),
]

const vectors: readonly Malformed[] = refused.map((vector) =>
  value(
    vector.name,
    () => refusedDocument(document, vector),
    vector.problem.path,
    vector.problem.code,
  ),
)

const corpus = [...vectors, ...whole, ...shapes, ...names, ...contexts, ...large, ...texts]
const slowest = { name: '', ms: 0 }

const shortened = (path: string): string => (path.length > 200 ? `${path.slice(0, 200)}…` : path)

describe('malformed documents', () => {
  const connections: unknown[] = []
  const seen = (message: unknown) => void connections.push(message)
  beforeAll(() => {
    diagnostics.subscribe('net.client.socket', seen)
    vi.stubGlobal('fetch', seen)
  })
  afterAll(() => {
    diagnostics.unsubscribe('net.client.socket', seen)
    vi.unstubAllGlobals()
    process.stdout.write(
      `malformed documents: ${corpus.length} refused; slowest ${slowest.ms.toFixed(1)} ms of CPU (${slowest.name})\n`,
    )
  })

  it('are many, and each has a name of its own', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(150)
    expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length)
  })

  it.each(corpus)('$name: is refused with its place and a reason', ({ name, read, problem }) => {
    const started = process.cpuUsage()
    const parsed = read()
    const { user, system } = process.cpuUsage(started)
    const ms = (user + system) / 1000
    if (ms > slowest.ms) Object.assign(slowest, { name, ms })
    const problems = parsed.ok ? [] : parsed.problems
    const places = problems.map(({ path, code }) => ({ path: shortened(path), code }))
    expect(places).toContainEqual({ ...problem, path: shortened(problem.path) })
    for (const { message } of problems) expect(message.length).toBeGreaterThan(10)
  })

  it('make nobody fetch anything', () => {
    expect(connections).toEqual([])
  })

  it('tell at most 200 of their problems', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`key${at}`, at]))
    const parsed = parseLicence({ ...document, ...many })
    expect(parsed.ok ? 0 : parsed.problems.length).toBe(200)
  })

  it('differ from documents that are accepted', () => {
    expect(parseLicenceText(text)).toMatchObject({ ok: true })
    expect(parseLicenceText(JSON.stringify(document, null, 4))).toMatchObject({ ok: true })
  })

  it('read the same licence from a text as from its value', () => {
    const [a, b] = [parseLicenceText(text), parseLicence(document)]
    expect(a.ok && a.licence.canonical).toBe(b.ok && b.licence.canonical)
  })
})
