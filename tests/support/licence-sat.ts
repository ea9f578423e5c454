import Logic from 'logic-solver'
import {
  ACTIONS,
  type Action,
  DUTY_KINDS,
  PURPOSES,
  type Scope,
  territoriesOf,
} from '../../policies/index.ts'
import { SCOPE_VALUES } from '../../policies/rules/scope.ts'

/**
 * Licences as Boolean formulas over the documents themselves, for a SAT solver: the second opinion
 * on what the kernel proves. It shares the country tables with the kernel and nothing else. A test
 * is two formulas, "known to hold" and "known to fail"; where neither is true it is unknown.
 */
type Node = Readonly<Record<string, unknown>>

type Formula = ReturnType<typeof Logic.and>

interface Truth {
  readonly yes: Formula
  readonly no: Formula
}

type Value = string | number
type Known = (value: Value, document: Node) => readonly Value[]

/** One variable of the problem: its values, and what a document takes each value for. */
interface Variable {
  readonly values: readonly Value[]
  readonly known: Known
}
type Domain = ReadonlyMap<string, Variable>

const list = (value: unknown): readonly Node[] => (value ?? []) as Node[]

function scalar(value: unknown): Value {
  const node = value as { '@id'?: string; '@value'?: string; '@type'?: string }
  if (node['@id'] !== undefined) return node['@id'].replace('sov:', '')
  if (node['@type'] === 'xsd:dateTime') return Date.parse(node['@value'] ?? '')
  return Number(node['@value'])
}

const scalars = (right: unknown): readonly Value[] =>
  (Array.isArray(right) ? right : [right]).map(scalar)

function* testsOf(node: unknown): Generator<Node> {
  if (Array.isArray(node)) for (const item of node) yield* testsOf(item)
  else if (typeof node === 'object' && node !== null) {
    if ('leftOperand' in node && node.leftOperand !== 'elapsedTime') yield node as Node
    for (const field of Object.values(node)) yield* testsOf(field)
  }
}

const classesOf = (country: Value, document: Node): readonly string[] =>
  territoriesOf(String(country), {
    home: (document['sov:home'] ?? []) as string[],
    region: (document['sov:region'] ?? []) as string[],
    economyTable: document['sov:economyTable'] === undefined ? undefined : 'worldBankFY26',
  })

/** Values that look alike are one value. */
function distinct(values: readonly Value[], looks: (value: Value) => unknown): readonly Value[] {
  const seen = new Map(values.toReversed().map((value) => [JSON.stringify(looks(value)), value]))
  return [...seen.values()]
}

function accepts({ operator, rightOperand }: Node, value: Value): boolean {
  const values = scalars(rightOperand)
  const [first = Number.NaN] = values
  switch (operator) {
    case 'lt':
      return value < first
    case 'lteq':
      return value <= first
    case 'gt':
      return value > first
    case 'gteq':
      return value >= first
    case 'eq':
    case 'isAnyOf':
      return values.includes(value)
    default:
      return !values.includes(value)
  }
}

/** Starts of months, and the millisecond on each side of every date that anybody names. */
function instants(marks: readonly number[]): readonly number[] {
  const near = [0, ...marks].flatMap((mark) => [mark - 1, mark, mark + 1])
  const years = near.map((mark) => new Date(mark).getUTCFullYear())
  const months = [...new Set(years.flatMap((year) => [year - 1, year, year + 1]))].flatMap((year) =>
    [...Array(12).keys()].map((month) => Date.UTC(year, month, 1)),
  )
  return [...new Set([...near, ...months])].sort((a, b) => a - b)
}

const PLAIN = {
  actorKind: SCOPE_VALUES.actorKind,
  commercialTie: SCOPE_VALUES.commercialTie,
  control: SCOPE_VALUES.control,
  ethicsApproval: SCOPE_VALUES.ethicsApproval,
  councilApproval: SCOPE_VALUES.councilApproval,
  councilRefused: SCOPE_VALUES.councilRefused,
  membership: SCOPE_VALUES.membership,
  identityAssurance: SCOPE_VALUES.identityAssurance,
  benefitAgreement: SCOPE_VALUES.benefitAgreement,
  settledByPeople: SCOPE_VALUES.settledByPeople,
} as const

const fact = (test: Node): string => String(test.leftOperand).replace('sov:', '')
const itself: Known = (value) => [value]

function meant(scope: Scope, documents: readonly Node[]) {
  const { countries = SCOPE_VALUES.countries, territory, overdue, from, until } = scope
  return {
    country: (code: Value) =>
      countries.includes(String(code)) &&
      (territory?.some((one) => documents.some((doc) => classesOf(code, doc).includes(one))) ??
        true),
    overdue: (count: Value) => overdue?.includes(count === 0 ? 'none' : 'some') ?? true,
    now: (now: Value) =>
      Number(now) >= (from ?? Number.NEGATIVE_INFINITY) &&
      Number(now) < (until ?? Number.POSITIVE_INFINITY),
  }
}

function domainOf(documents: readonly Node[], scope: Scope): Domain {
  const all = documents.flatMap((document) =>
    [...testsOf([document.permission, document.prohibition, document['sov:humanOnly']])].map(
      (test) => [test, document] as const,
    ),
  )
  const about = (...facts: readonly string[]) => all.filter(([test]) => facts.includes(fact(test)))
  const fits = meant(scope, documents)
  const made = (tests: typeof all, values: readonly Value[], known: Known): Variable => {
    const answers = (one: Value) => tests.map(([test]) => accepts(test, one))
    return { values: distinct(values, (value) => known(value, {}).map(answers)), known }
  }
  const dates = about('dateTime').flatMap(([test]) => scalars(test.rightOperand).map(Number))
  const marks = [...dates, scope.from, scope.until].filter((mark) => mark !== undefined)
  const counts = about('overdueDuties').flatMap(([test]) => scalars(test.rightOperand).map(Number))
  const near = [0, 1, ...counts.flatMap((count) => [count - 1, count, count + 1])]
  const timed = about('dateTime', 'month')
  const purposes: Known = (value) => (value === 'unlisted' ? [] : [value])
  const times = instants(marks).filter(fits.now)
  const here = SCOPE_VALUES.countries.filter(fits.country)
  return new Map<string, Variable>([
    ['purpose', made(about('purpose'), scope.purposes ?? PURPOSES, purposes)],
    [
      'territory',
      {
        values: distinct(here, (code) => documents.map((document) => classesOf(code, document))),
        known: classesOf,
      },
    ],
    [
      'overdueDuties',
      made(
        about('overdueDuties'),
        near.filter((n) => n >= 0 && fits.overdue(n)),
        itself,
      ),
    ],
    [
      'now',
      {
        values: distinct(times, (now) => timed.map(([test]) => accepts(test, read(test, now)))),
        known: itself,
      },
    ],
    ...Object.entries(PLAIN).map(([name, values]) => {
      const given = scope[name as keyof typeof PLAIN] ?? values
      const variable = made(about(name), given, itself)
      // No document tests what people settle: both answers are kept apart by hand.
      return [name, name === 'settledByPeople' ? { ...variable, values: given } : variable] as const
    }),
  ])
}

const read = (test: Node, now: Value): Value =>
  fact(test) === 'month' ? new Date(Number(now)).getUTCMonth() + 1 : now

function testTruth(test: Node, document: Node, domain: Domain): Truth {
  const name = ['dateTime', 'month'].includes(fact(test)) ? 'now' : fact(test)
  const variable = domain.get(name)
  if (variable === undefined) throw new Error(`no variable for ${name}`)
  const answer = (value: Value, wanted: boolean) => {
    const known = name === 'now' ? [read(test, value)] : variable.known(value, document)
    return known.length > 0 && known.every((one) => accepts(test, one) === wanted)
  }
  const any = (wanted: boolean) =>
    Logic.or(
      variable.values.filter((value) => answer(value, wanted)).map((value) => `${name}=${value}`),
    )
  return { yes: any(true), no: any(false) }
}

function truth(node: Node, document: Node, domain: Domain): Truth {
  const group = node.and ?? node.or
  if (group === undefined) return testTruth(node, document, domain)
  const parts = list(group).map((part) => truth(part, document, domain))
  const [yes, no] = [parts.map((part) => part.yes), parts.map((part) => part.no)]
  return node.and === undefined
    ? { yes: Logic.or(yes), no: Logic.and(no) }
    : { yes: Logic.and(yes), no: Logic.or(no) }
}

function ruleTruth(rule: Node, document: Node, domain: Domain): Truth {
  const parts = list(rule.constraint).map((part) => truth(part, document, domain))
  const duties = list(rule.duty).map(({ action }) => `duty=${String(action).replace('sov:', '')}`)
  return {
    yes: Logic.and([...parts.map((part) => part.yes), ...duties]),
    no: Logic.or([...parts.map((part) => part.no), ...duties.map((duty) => Logic.not(duty))]),
  }
}

function speaksOf(rule: Node, action: Action): boolean {
  const named: readonly unknown[] = Array.isArray(rule.action) ? rule.action : [rule.action]
  return named.some((name) => name === `sov:${action}` || (name === 'use' && action !== 'discover'))
}

function permit(document: Node, action: Action, domain: Domain): Formula {
  const name = 'settledByPeople'
  const settled = domain.get(name)?.values.includes('yes') ? [`${name}=yes`] : []
  const rules = (key: string) =>
    list(document[key])
      .filter((rule) => speaksOf(rule, action))
      .map((rule) => ruleTruth(rule, document, domain))
  return Logic.and(
    Logic.or(rules('permission').map(({ yes }) => yes)),
    rules('prohibition').map(({ no }) => no),
    rules('sov:humanOnly').map(({ no }) => Logic.or(no, ...settled)),
  )
}

export interface SatGoal {
  readonly document: Node
  readonly permits: boolean
}

/** The actions with some request of the scope that meets every goal, as a SAT solver finds it. */
export function actionsMeeting(goals: readonly SatGoal[], scope: Scope = {}): readonly Action[] {
  const documents = goals.map(({ document }) => document)
  const domain = domainOf(documents, scope)
  const solver = new Logic.Solver()
  for (const [name, { values }] of domain)
    solver.require(Logic.exactlyOne(values.map((value) => `${name}=${value}`)))
  for (const kind of DUTY_KINDS) {
    if (scope.withDuties?.includes(kind)) solver.require(`duty=${kind}`)
    if (scope.withoutDuties?.includes(kind)) solver.require(Logic.not(`duty=${kind}`))
  }
  return (scope.actions ?? ACTIONS).filter((action) => {
    const wanted = goals.map(({ document, permits }) => {
      const formula = permit(document, action, domain)
      return permits ? formula : Logic.not(formula)
    })
    return solver.solveAssuming(Logic.and(wanted)) !== null
  })
}
