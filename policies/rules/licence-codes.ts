import { CLARIN } from './clarin.ts'
import type { CodeMapping, WrittenTest } from './code-mapping.ts'
import { DUO } from './duo.ts'
import { formatInstant } from './instant.ts'
import type { Licence } from './licence.ts'
import { turnOf } from './moment.ts'
import { proveClaim } from './prove-claim.ts'
import { isObject, readList } from './reader.ts'
import { commonUse, proveNever } from './refine-licence.ts'
import type { Scope } from './scope.ts'
import { type DutyKind, PURPOSES, USE_ACTIONS } from './vocabulary.ts'

/** Schemes of other communities whose codes are understood, each with all of its codes. */
export const SCHEMES = { DUO, CLARIN } as const
export type Scheme = keyof typeof SCHEMES
const NAMES: readonly Scheme[] = ['DUO', 'CLARIN']

/** A code that a licence amounts to; `exact` when the code says no more and no less. */
export interface LicenceCode {
  readonly scheme: Scheme
  readonly code: string
  readonly label: string
  readonly exact: boolean
  readonly note: string
}

const never = (licence: Licence, scope: Scope): boolean =>
  proveNever(licence, { actions: USE_ACTIONS, ...scope }).holds === true

const others = (purposes: readonly string[]) =>
  PURPOSES.filter((one) => one !== 'unlisted' && !purposes.includes(one))

/** Whether nothing is permitted any more once the last date of the licence has passed. */
function ends(licence: Licence): boolean {
  const turns = licence.compiled.tests.filter(({ fact }) => fact === 'dateTime').map(turnOf)
  return turns.length > 0 && never(licence, { from: Math.max(...turns) })
}

/** Whether the terms of a licence imply what a code says: proved, never guessed. */
export function impliesCode(licence: Licence, mapping: CodeMapping): boolean {
  switch (mapping.kind) {
    case 'none':
      return false
    case 'limits':
      return mapping.never.every((scope) => never(licence, scope))
    case 'allows':
      return (
        never(licence, { purposes: others(mapping.purposes) }) &&
        mapping.purposes.every((one) => commonUse([licence], { purposes: [one] }) !== null)
      )
    case 'free':
      return proveClaim(licence, { id: '', verdict: 'always', scope: {} }).holds === true
    case 'ends':
      return ends(licence)
  }
}

/** The codes of all schemes that a licence implies. A licence that permits nothing implies all limits. */
export const licenceCodes = (licence: Licence): readonly LicenceCode[] =>
  NAMES.flatMap((scheme) =>
    SCHEMES[scheme].flatMap((mapping) =>
      mapping.kind !== 'none' && impliesCode(licence, mapping)
        ? [
            {
              scheme,
              code: mapping.code,
              label: mapping.label,
              exact: mapping.exact,
              note: mapping.note,
            },
          ]
        : [],
    ),
  )

type Node = Readonly<Record<string, unknown>>

/** A licence document narrowed by codes, and the codes that could not be brought in. */
export interface Imported {
  readonly document: Node
  readonly left: readonly { readonly code: string; readonly because: string }[]
}

interface Additions {
  readonly bars: readonly (WrittenTest | { readonly action: readonly string[] })[]
  readonly duties: readonly DutyKind[]
}

const purposeBar = (purposes: readonly string[]): WrittenTest => ({
  leftOperand: 'purpose',
  operator: 'isNoneOf',
  rightOperand: purposes.map((name) => ({ '@id': `sov:${name}` })),
})

const dateBar = (until: number): WrittenTest => ({
  leftOperand: 'dateTime',
  operator: 'gteq',
  rightOperand: { '@value': formatInstant(until), '@type': 'xsd:dateTime' },
})

/** Actions that a code bars as such are those its scopes name beside nothing else. */
const barredActions = (scopes: readonly Scope[]): Additions['bars'] =>
  scopes.flatMap(({ actions = [] }) =>
    actions.length === 0 ? [] : [{ action: actions.map((action) => `sov:${action}`) }],
  )

/** What a code adds to a document, or why it cannot be brought in. */
function additions(mapping: CodeMapping | undefined, until?: number): Additions | string {
  if (mapping === undefined) return 'There is no such code in this scheme.'
  switch (mapping.kind) {
    case 'none':
      return mapping.note
    case 'limits':
      return { bars: [...mapping.bars, ...barredActions(mapping.never)], duties: mapping.duties }
    case 'allows':
      return { bars: [purposeBar(mapping.purposes)], duties: [] }
    case 'free':
      return { bars: [], duties: [] }
    case 'ends':
      return until === undefined
        ? 'Say on which day use ends.'
        : { bars: [dateBar(until)], duties: [] }
  }
}

const isRule = (value: unknown): value is Node => isObject(value)

const aboutPlaces = ({ bars }: Additions): boolean =>
  bars.some((bar) => 'leftOperand' in bar && bar.leftOperand === 'sov:territory')

/** What stands against additions that parse on their own: a class of country nobody has listed. */
function missingFor(licence: Licence, added: Additions): string | undefined {
  if (!aboutPlaces(added) || licence.home.length > 0) return undefined
  return 'List the home countries of the licence first: this code is about them.'
}

/** Every permission to use takes the duty on, unless it has it already. */
function withDuty(permission: Node, kind: DutyKind, uid: string): Node {
  const action = kind === 'attribute' ? 'attribute' : `sov:${kind}`
  const duties = readList(permission.duty)
  const has = duties.some((duty) => isObject(duty) && duty.action === action)
  const sees = readList(permission.action).every((one) => one === 'sov:discover')
  return has || sees ? permission : { ...permission, duty: [...duties, { uid, action }] }
}

function withAdditions(document: Node, name: string, { bars, duties }: Additions): Node {
  const permissions = readList(document.permission).filter(isRule)
  const target = permissions[0]?.target
  const rules = bars.map((bar, index) => {
    const uid = `${String(document.uid)}#${name}-${index}`
    if ('action' in bar) return { uid, target, action: bar.action }
    return { uid, target, action: ['use'], constraint: [{ uid: `${uid}-test`, ...bar }] }
  })
  const permission = permissions.map((rule, index) =>
    duties.reduce(
      (given, kind) => withDuty(given, kind, `${String(document.uid)}#${name}-${kind}-${index}`),
      rule,
    ),
  )
  const prohibition = [...readList(document.prohibition), ...rules]
  // An empty list is a fair answer, a missing one an oversight.
  const places = aboutPlaces({ bars, duties }) ? { 'sov:region': [], ...document } : document
  return { ...places, permission, ...(prohibition.length === 0 ? {} : { prohibition }) }
}

/** What stands against a code that promises freedom: a licence that gives less of it. */
const tooNarrowFor = (licence: Licence, mapping: CodeMapping | undefined): string | undefined =>
  mapping?.kind === 'free' && !impliesCode(licence, mapping)
    ? 'A code never widens a licence. Begin with one that is open to everybody for everything.'
    : undefined

/**
 * A licence narrowed to what codes of a scheme say, as a document to be read and voted on like any
 * other. `until` (epoch milliseconds) is the day a time limit ends on. A code never widens.
 */
export function importCodes(
  licence: Licence,
  scheme: Scheme,
  codes: readonly string[],
  until?: number,
): Imported {
  const left: { code: string; because: string }[] = []
  let document: Node = licence.document
  for (const code of new Set(codes)) {
    const mapping = SCHEMES[scheme].find((one) => one.code === code)
    const added = additions(mapping, until)
    const name = `${scheme}-${code}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
    const because =
      typeof added === 'string'
        ? added
        : (tooNarrowFor(licence, mapping) ?? missingFor(licence, added))
    if (because !== undefined) left.push({ code, because })
    else if (typeof added !== 'string') document = withAdditions(document, name, added)
  }
  return { document, left }
}
