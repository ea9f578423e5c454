import { createRequire } from 'node:module'
import { type Facts, type Purpose, territoriesOf } from '../../policies/index.ts'

/**
 * A licence document as Cedar policies, read from the JSON by itself: it shares no code with the
 * compiled kernel but the tables of countries. Cedar knows two truth values, so a document becomes
 * two policy sets: one allows what is permitted for certain, the other what is not denied for
 * certain. Each bar is one `forbid … unless`, and so is each term of an action with one permission.
 */
type Node = Readonly<Record<string, unknown>>
type Cedar = typeof import('@cedar-policy/cedar-wasm/nodejs')

const cedar: Cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs')

const USE = ['preview', 'useInPlace', 'download', 'derive', 'train', 'redistribute']

const list = (value: unknown): readonly Node[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Node]

const local = (name: unknown): string => String(name).replace(/^sov:/, '')

const scalar = (node: Node): string | number => {
  if (node['@id'] !== undefined) return local(node['@id'])
  return node['@type'] === 'xsd:dateTime'
    ? Date.parse(String(node['@value']))
    : Number(node['@value'])
}

const OPERATORS: Readonly<Record<string, string>> = { lt: '<', lteq: '<=', gt: '>', gteq: '>=' }

/** What a test says of a known value, as a Cedar expression. */
const comparison = ({ leftOperand, operator, rightOperand }: Node): string => {
  const fact = `context.${local(leftOperand)}`
  const values = list(rightOperand).map(scalar)
  const sign = OPERATORS[String(operator)]
  if (sign !== undefined) return `${fact} ${sign} ${values[0]}`
  const contains = `${JSON.stringify(values)}.contains(${fact})`
  return operator === 'eq' || operator === 'isAnyOf' ? contains : `!${contains}`
}

/** A country may be in two classes; a test is certain when it is so for both. */
const territory = ({ operator, rightOperand }: Node, wanted: boolean): string => {
  const values = JSON.stringify(list(rightOperand).map(scalar))
  const within = (operator === 'eq' || operator === 'isAnyOf') === wanted
  return within
    ? `${values}.containsAll(context.territory)`
    : `!${values}.containsAny(context.territory)`
}

/** Holds for certain (`wanted`) or fails for certain: a missing fact does neither. */
const certain = (node: Node, wanted: boolean): string => {
  for (const [key, sign] of [
    ['and', wanted ? '&&' : '||'],
    ['or', wanted ? '||' : '&&'],
  ] as const)
    if (node[key] !== undefined)
      return `(${list(node[key])
        .map((part) => certain(part, wanted))
        .join(` ${sign} `)})`
  const fact = local(node.leftOperand)
  const test =
    fact === 'territory' ? territory(node, wanted) : `${wanted ? '' : '!'}(${comparison(node)})`
  return `(context has ${fact} && ${test})`
}

const accepted = (duty: Node, wanted: boolean): string =>
  `(${wanted ? '' : '!'}context.acceptedDuties.contains("${local(duty.action)}"))`

const actionsOf = (rule: Node): readonly string[] =>
  list(rule.action).flatMap((one) => (String(one) === 'use' ? USE : [local(one)]))

/** The terms of a rule; for the second set a term counts when it does not fail for certain. */
const termsOf = (rule: Node, strict: boolean): readonly string[] => [
  ...list(rule.constraint).map((node) =>
    strict ? certain(node, true) : `!${certain(node, false)}`,
  ),
  ...list(rule.duty).map((duty) => accepted(duty, true)),
]

const head = (effect: string, action: string): string =>
  `${effect}(principal, action == Action::"${action}", resource)`

const permits = (rules: readonly Node[], action: string, strict: boolean): readonly string[] => {
  const [only] = rules
  if (rules.length === 1 && only !== undefined)
    return [
      `${head('permit', action)};`,
      ...termsOf(only, strict).map((term) => `${head('forbid', action)} unless { ${term} };`),
    ]
  return rules.map((rule) => {
    const terms = termsOf(rule, strict)
    const when = terms.length === 0 ? '' : ` when { ${terms.join(' && ')} }`
    return `${head('permit', action)}${when};`
  })
}

/** A bar lets pass what it surely misses; in the second set, what it does not surely hit. */
const bar = (rule: Node, action: string, strict: boolean): string => {
  const tests = list(rule.constraint)
  const missed = strict
    ? tests.map((node) => certain(node, false)).join(' || ')
    : `!(${tests.map((node) => certain(node, true)).join(' && ')})`
  return `${head('forbid', action)} unless { ${tests.length === 0 ? 'false' : missed} };`
}

/** Nobody can say for certain that it lets pass what people have not settled, nor that it bars it. */
const leftToPeople = (rule: Node, action: string, strict: boolean): readonly string[] => {
  if (!strict) return []
  const missed = list(rule.constraint).map((node) => certain(node, false))
  const settled = '(context has settledByPeople && context.settledByPeople == "yes")'
  return [`${head('forbid', action)} unless { ${[settled, ...missed].join(' || ')} };`]
}

const policiesOf = (document: Node, strict: boolean): readonly string[] =>
  ['discover', ...USE].flatMap((action) => {
    const about = (key: string) =>
      list(document[key]).filter((rule) => actionsOf(rule).includes(action))
    return [
      ...permits(about('permission'), action, strict),
      ...about('prohibition').map((rule) => bar(rule, action, strict)),
      ...about('sov:humanOnly').flatMap((rule) => leftToPeople(rule, action, strict)),
    ]
  })

/** How many `forbid … unless` and `permit` policies a licence comes to in one set. */
export const policyCount = (document: Node): number => policiesOf(document, true).length

const known = (facts: Node): Node =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))

/** The facts as Cedar is told them: the registry fills in its "no", the unknown stays away. */
const contextOf = (document: Node, facts: Facts, purpose: Purpose | undefined, now: number) => {
  const { country, ...rest } = facts
  const table = document['sov:economyTable'] as { '@id': string } | undefined
  const classes = territoriesOf(country ?? '', {
    home: (document['sov:home'] ?? []) as string[],
    region: (document['sov:region'] ?? []) as string[],
    ...(table === undefined ? {} : { economyTable: 'worldBankFY26' as const }),
  })
  return known({
    membership: 'none',
    identityAssurance: 0,
    overdueDuties: 0,
    acceptedDuties: [],
    benefitAgreement: 'none',
    councilRefused: 'no',
    ...known(rest as Node),
    territory: classes.length === 0 ? undefined : classes,
    purpose: purpose === 'unlisted' ? undefined : purpose,
    dateTime: now,
    month: new Date(now).getUTCMonth() + 1,
  })
}

export interface CedarRequest {
  readonly facts: Facts
  readonly action: string
  readonly purpose: Purpose | undefined
  readonly now: number
}

const prepare = (id: string, policies: readonly string[]): void => {
  const parsed = cedar.preparsePolicySet(id, { staticPolicies: policies.join('\n') })
  if (parsed.type === 'failure') throw new Error(JSON.stringify(parsed.errors))
}

const ask = (id: string, action: string, context: Node) => {
  const answer = cedar.statefulIsAuthorized({
    principal: { type: 'User', id: 'someone' },
    action: { type: 'Action', id: action },
    resource: { type: 'Dataset', id: 'd' },
    context: context as Parameters<Cedar['statefulIsAuthorized']>[0]['context'],
    preparsedPolicySetId: id,
    entities: [],
  })
  if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors))
  return answer.response
}

const allows = (id: string, action: string, context: Node): boolean => {
  const { decision, diagnostics } = ask(id, action, context)
  if (diagnostics.errors.length > 0) throw new Error(JSON.stringify(diagnostics.errors))
  return decision === 'allow'
}

/**
 * A judge for one document: permit, refer or deny. Throws when Cedar reports any error. Without the
 * second set (`[true]`) whatever is no permit is called a denial.
 */
export const cedarJudge = (
  name: string,
  document: Node,
  sets: readonly boolean[] = [true, false],
) => {
  for (const strict of sets) prepare(`${name} ${strict}`, policiesOf(document, strict))
  return ({ facts, action, purpose, now }: CedarRequest): 'permit' | 'refer' | 'deny' => {
    const context = contextOf(document, facts, purpose, now)
    if (allows(`${name} true`, action, context)) return 'permit'
    return sets.includes(false) && allows(`${name} false`, action, context) ? 'refer' : 'deny'
  }
}

/** A test as a manual would write it: a missing fact is an error, and Cedar skips the policy. */
const plainly = (node: Node): string => {
  for (const [key, sign] of [
    ['and', '&&'],
    ['or', '||'],
  ] as const)
    if (node[key] !== undefined) return `(${list(node[key]).map(plainly).join(` ${sign} `)})`
  return local(node.leftOperand) === 'territory' ? territory(node, true) : comparison(node)
}

const plainPolicy = (effect: string, rule: Node, action: string): string => {
  const terms = [
    ...list(rule.constraint).map(plainly),
    ...list(rule.duty).map((duty) => accepted(duty, true)),
  ]
  const when = terms.length === 0 ? '' : ` when { ${terms.join(' && ')} }`
  return `${head(effect, action)}${when};`
}

/** One permit for each permission and one forbid for each bar, without a word about missing facts. */
export const naturalCedar = (name: string, document: Node) => {
  const rules = (key: string, effect: string) =>
    list(document[key]).flatMap((rule) =>
      actionsOf(rule).map((action) => plainPolicy(effect, rule, action)),
    )
  prepare(name, [...rules('permission', 'permit'), ...rules('prohibition', 'forbid')])
  return ({ facts, action, purpose, now }: CedarRequest): boolean =>
    ask(name, action, contextOf(document, facts, purpose, now)).decision === 'allow'
}
