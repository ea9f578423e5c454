import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Parser, type Quad } from 'n3'
import { afterAll, describe, expect, it } from 'vitest'
import { type Action, decide, parseLicence, USE_ACTIONS } from '../../policies/index.ts'
import { adapted, instant, local, type Node, standIn } from './odrl-adapter.ts'

const root = fileURLToPath(new URL('../../../shared/vectors', import.meta.url))
const W3C = join(root, 'w3c-odrl')
const SUITE = join(root, 'odrl-test-suite')

interface Case {
  readonly name: string
  readonly policy: Node
  readonly action: string
  readonly now: number
  readonly active: boolean
}

/** Why the profile refuses a case, where it does: path and code of the problem that decides. */
const REFUSED: Readonly<Record<string, string>> = {
  B11: '/permission/0/action/0 unknown-action',
  B12: '/permission/0/action/0 unknown-action',
  C11: '/permission/0/action/0 unknown-action',
  C12: '/permission/0/action/0 unknown-action',
  C21: '/permission/0/action/0 unknown-action',
  C22: '/permission/0/action/0 unknown-action',
  C23: '/permission/0/action/0 unknown-action',
  'testcase-001-alice': '/permission/0/action missing',
  'testcase-002-bob': '/permission/0/action missing',
  'testcase-003-bob-write-y': '/permission/0/action missing',
  'testcase-004-alice': '/prohibition/0/action missing',
  'testcase-005-bob': '/prohibition/0/action missing',
  'testcase-006-bob-write-y': '/prohibition/0/action missing',
}

const readJson = (path: string): Node => JSON.parse(readFileSync(path, 'utf8')) as Node
const filesIn = (folder: string, pattern: RegExp): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => pattern.test(file))
        .sort()
        .map((file) => join(folder, file))
    : []

/** Examples of the community group: a policy, and beside it folders with a request and its report. */
const w3c = (): readonly Case[] =>
  filesIn(W3C, /evaluationrequest.*\.json$/i).map((path) => {
    const folder = dirname(path)
    const [policy = ''] = filesIn(dirname(folder), /policy\w*\.json$/)
    const [report = ''] = filesIn(folder, /compliancereport.*\.json$/i)
    const request = readJson(path)
    const asked = JSON.stringify(request.requestParameters ?? {})
    const time = /"@value":"([^"]+)","@type":"xsd:dateTime"/.exec(asked)?.[1] ?? '2018-01-01'
    return {
      name: basename(folder),
      policy: readJson(policy),
      action: String(request.evaluatedAction),
      now: Date.parse(instant(time)),
      active: readFileSync(report, 'utf8').includes('"report:Active"'),
    }
  })

const quadsOf = (path: string): readonly Quad[] => new Parser().parse(readFileSync(path, 'utf8'))
const object = (quads: readonly Quad[], subject: string, predicate: string) =>
  quads.find((quad) => quad.subject.value === subject && local(quad.predicate.value) === predicate)
    ?.object.value

const ruleOf = (quads: readonly Quad[], policy: string, kind: string, target: string): Node[] => {
  const uid = object(quads, policy, kind)
  if (uid === undefined) return []
  const action = object(quads, uid, 'action')
  // A rule that names no target is about everything, so about what is asked for too.
  const assigner = kind === 'permission' ? { assigner: 'urn:x:assigner' } : {}
  return [
    { '@id': uid, target, ...assigner, ...(action === undefined ? {} : { action: local(action) }) },
  ]
}

const suite = (): readonly Case[] => {
  const store = filesIn(SUITE, /(policies|requests|sotw)\/.*\.ttl$/).flatMap(quadsOf)
  return filesIn(SUITE, /testcase-.*\.ttl$/).map((path) => {
    const quads = quadsOf(path)
    const about = (predicate: string) =>
      quads.find((quad) => local(quad.predicate.value) === predicate)?.object.value ?? ''
    const [policy, request] = [about('policy'), about('request')]
    const asked = object(store, request, 'permission') ?? ''
    const target = object(store, asked, 'target') ?? ''
    const rules = (kind: string) => ruleOf(store, policy, kind, target)
    const prohibition = rules('prohibition')
    return {
      name: basename(path, '.ttl'),
      policy: {
        uid: policy,
        permission: rules('permission'),
        ...(prohibition.length === 0 ? {} : { prohibition }),
      },
      action: object(store, asked, 'action') ?? '',
      now: Date.parse(
        store.find(({ predicate }) => predicate.value.endsWith('issued'))?.object.value ?? '',
      ),
      active: about('activationState').endsWith('#Active'),
    }
  })
}

const counts = { agree: 0, refused: 0 }

const judge = ({ name, policy, action, now, active }: Case): void => {
  const parsed = parseLicence(adapted(policy))
  if (!parsed.ok) {
    const problems = parsed.problems.map(({ path, code }) => `${path} ${code}`)
    expect(problems, name).toContain(REFUSED[name] ?? 'nothing')
    counts.refused += 1
    return
  }
  expect(REFUSED[name], name).toBeUndefined()
  const here = standIn(action).replace('sov:', '') as Action | 'use'
  const use = { actions: here === 'use' ? USE_ACTIONS : [here], purposes: [] }
  expect(decide(parsed.licence, {}, use, now), name).toBe(active ? 'permit' : 'deny')
  counts.agree += 1
}

describe('policies of others', () => {
  const cases = { 'the community group': w3c(), 'the test suite': suite() }
  afterAll(() => {
    const all = Object.values(cases).flat().length
    if (all > 0)
      process.stdout.write(
        `policies of others: ${all} cases, ${counts.agree} agree, ${counts.refused} refused with a reason\n`,
      )
  })

  it.skipIf(cases['the community group'].length === 0)(
    'of the ODRL community group are decided alike or refused with the reason',
    () => {
      for (const one of cases['the community group']) judge(one)
      expect(cases['the community group'].length).toBe(9)
    },
  )

  it.skipIf(cases['the test suite'].length === 0)(
    'of the ODRL test suite are decided alike or refused with the reason',
    () => {
      for (const one of cases['the test suite']) judge(one)
      expect(cases['the test suite'].length).toBe(10)
    },
  )

  it.skipIf(!existsSync(W3C))('change nothing on their way through the adapter but names', () => {
    const [path = ''] = filesIn(W3C, /policyA2\.json$/)
    const parsed = parseLicence({
      ...adapted(readJson(path)),
      permission: [
        {
          uid: 'urn:x:p',
          target: 'http://example.com/photoAlbum:55',
          assigner: 'http://example.com/MyPix:55',
          action: 'use',
        },
      ],
    })
    expect(parsed).toMatchObject({ ok: true })
    if (!parsed.ok) return
    const use = { actions: ['download'], purposes: [] } as const
    const at = (time: string) => decide(parsed.licence, {}, use, Date.parse(time))
    expect(at('2024-12-31T23:59:59Z')).toBe('deny')
    expect(at('2025-01-01T00:00:00Z')).toBe('permit')
  })
})
