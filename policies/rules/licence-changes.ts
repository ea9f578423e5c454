import { decide } from './decide.ts'
import type { FactName } from './facts.ts'
import type { Duty, Licence } from './licence.ts'
import { turnOf } from './moment.ts'
import { SCOPE_VALUES, type Scope } from './scope.ts'
import { type Example, type Found, findState, type Goal } from './search-state.ts'
import { BLANK, withFact } from './search-variables.ts'
import { shortened } from './shorten-example.ts'
import type { Inputs } from './test-table.ts'
import { ACTIONS, type Action, type ActorKind, type Purpose } from './vocabulary.ts'

/** Requests that gain or lose their permit, grouped by who asks for what. */
export interface Change {
  /**
   * Holds every changed request of the group: its actions, the kinds of actor and the purposes
   * where not all are concerned, and what else sets it apart from what was permitted already.
   */
  readonly scope: Scope & { readonly actions: readonly Action[] }
  /** One request of the group. */
  readonly example: Example
}

/** A duty that some permit of an action comes with in one version and not, or not so, in another. */
export interface DutyChange {
  readonly actions: readonly Action[]
  readonly before: Duty | null
  readonly after: Duty | null
}

/** What a new version of a licence changes in meaning. */
export interface LicenceChanges {
  readonly wider: readonly Change[]
  readonly narrower: readonly Change[]
  readonly duties: readonly DutyChange[]
  /** False when the versions were too large to go through: then an empty list proves nothing. */
  readonly complete: boolean
}

/** Asks one question in many scopes, and remembers whether any of them was too large. */
interface Asking {
  readonly goals: readonly Goal[]
  complete: boolean
}

function ask(asking: Asking, scope: Scope): Found {
  const found = findState(asking.goals, scope)
  if (found.kind === 'too-large') asking.complete = false
  return found
}

const isChanged = (asking: Asking, scope: Scope): boolean => ask(asking, scope).kind === 'found'

/** Values of a fact that no test of the licences tells apart, together. */
function classesOf<T extends string>(
  licences: readonly Licence[],
  fact: FactName,
  values: readonly T[],
  inputsOf: (value: T) => Inputs,
): readonly (readonly T[])[] {
  const tests = licences
    .flatMap(({ compiled }) => compiled.tests)
    .filter((one) => one.fact === fact)
  const classes = new Map<string, T[]>()
  for (const value of values) {
    const signature = tests.map((test) => test.truth(inputsOf(value))).join()
    const known = classes.get(signature)
    if (known === undefined) classes.set(signature, [value])
    else known.push(value)
  }
  return [...classes.values()]
}

interface Block {
  readonly actions: readonly Action[]
  readonly actorKind: readonly ActorKind[]
  readonly purposes: readonly Purpose[]
}

/** Blocks that agree in all but one part are one block. */
function joined(blocks: readonly Block[], part: keyof Block): readonly Block[] {
  const byRest = new Map<string, Block>()
  for (const block of blocks) {
    const key = JSON.stringify({ ...block, [part]: null })
    const known = byRest.get(key)
    byRest.set(key, known ? { ...known, [part]: [...known[part], ...block[part]] } : block)
  }
  return [...byRest.values()]
}

function blocksOf(asking: Asking, licences: readonly Licence[]): readonly Block[] {
  const kinds = classesOf(licences, 'actorKind', SCOPE_VALUES.actorKind, (kind) =>
    withFact('actorKind', kind)(BLANK),
  )
  const purposes = classesOf(licences, 'purpose', SCOPE_VALUES.purposes, (purpose) => ({
    ...BLANK,
    purpose,
  }))
  const touched = ACTIONS.filter((action) => isChanged(asking, { actions: [action] }))
  const cells = touched.flatMap((action) =>
    kinds.flatMap((actorKind) =>
      purposes.map((group): Block => ({ actions: [action], actorKind, purposes: group })),
    ),
  )
  const changed = cells.filter((cell) => isChanged(asking, cell))
  return joined(joined(joined(changed, 'purposes'), 'actorKind'), 'actions')
}

/** The lists of a scope that can set a change apart, with the fact each is about. */
const APART = {
  membership: 'membership',
  commercialTie: 'commercialTie',
  territory: 'territory',
  control: 'control',
  ethicsApproval: 'ethicsApproval',
  identityAssurance: 'identityAssurance',
  overdue: 'overdueDuties',
  councilApproval: 'councilApproval',
  councilRefused: 'councilRefused',
  benefitAgreement: 'benefitAgreement',
  settledByPeople: 'humanOnly',
} as const satisfies Partial<Record<keyof Scope, FactName>>
const APART_KEYS = Object.keys(APART).filter((key): key is keyof typeof APART => key in APART)

/** The values of one list under which the question is still answered by some request. */
const reached = (asking: Asking, scope: Scope, key: keyof typeof APART): readonly unknown[] =>
  [...SCOPE_VALUES[key]].filter((value) => isChanged(asking, { ...scope, [key]: [value] }))

type Period = Pick<Scope, 'from' | 'until'>

function periodsOf(licences: readonly Licence[]): readonly Period[] {
  const tests = licences.flatMap(({ compiled }) => compiled.tests)
  const turns = new Set(tests.filter(({ fact }) => fact === 'dateTime').map(turnOf))
  const marks = [undefined, ...[...turns].sort((a, b) => a - b)]
  return marks.map((from, index) => ({ from, until: marks[index + 1] }))
}

function within({ from, until }: Period): Period {
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) }
}

function span(asking: Asking, scope: Scope, periods: readonly Period[]): Period {
  const changed = periods.map(within).filter((period) => isChanged(asking, { ...scope, ...period }))
  return within({ from: changed[0]?.from, until: changed.at(-1)?.until })
}

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value) => b.includes(value))

/** What the changed requests have in common beyond all that the wider version permits. */
function setApart(asking: Asking, permitted: Asking, scope: Scope, licences: readonly Licence[]) {
  const tested = new Set(licences.flatMap(({ compiled }) => compiled.tests.map(({ fact }) => fact)))
  const apart: Record<string, unknown> = {}
  for (const key of APART_KEYS) {
    if (!tested.has(APART[key])) continue
    const here = reached(asking, scope, key)
    const all = here.length === SCOPE_VALUES[key].length
    if (!all && !sameList(here, reached(permitted, scope, key))) apart[key] = here
  }
  const duties = SCOPE_VALUES.withDuties.filter(
    (kind) =>
      licences.some(({ compiled }) =>
        compiled.tests.some(({ fact, values }) => fact === 'acceptedDuties' && values[0] === kind),
      ) && !isChanged(asking, { ...scope, withDuties: [kind] }),
  )
  if (duties.length > 0) apart.withoutDuties = duties
  const periods = periodsOf(licences)
  const [here, there] = [span(asking, scope, periods), span(permitted, scope, periods)]
  if (here.from !== there.from) apart.from = here.from
  if (here.until !== there.until) apart.until = here.until
  // Every list was taken from the values of its own key.
  return Object.fromEntries(
    Object.entries(apart).filter(([, value]) => value !== undefined),
  ) as Scope
}

function scopeOf({ actions, actorKind, purposes }: Block): Change['scope'] {
  return {
    actions,
    ...(actorKind.length === SCOPE_VALUES.actorKind.length ? {} : { actorKind }),
    ...(purposes.length === SCOPE_VALUES.purposes.length ? {} : { purposes }),
  }
}

function gained(less: Licence, more: Licence): { changes: readonly Change[]; complete: boolean } {
  const permitted: Asking = { goals: [{ licence: more, permits: true }], complete: true }
  const asking: Asking = {
    goals: [...permitted.goals, { licence: less, permits: false }],
    complete: true,
  }
  const shows = ({ facts, use, now }: Example) =>
    decide(more, facts, use, now) === 'permit' && decide(less, facts, use, now) === 'deny'
  const changes = blocksOf(asking, [less, more]).flatMap((block): readonly Change[] => {
    const plain = scopeOf(block)
    const scope = { ...plain, ...setApart(asking, permitted, plain, [less, more]) }
    const found = ask(asking, scope)
    if (found.kind !== 'found') return []
    return [{ scope, example: shortened(found.example, scope, shows) }]
  })
  return { changes, complete: asking.complete && permitted.complete }
}

const dutiesFor = ({ compiled }: Licence, action: Action): readonly Duty[] =>
  compiled.byAction[action].permissions.flatMap(({ duties }) => duties)

const sameDuty = (a: Duty, b: Duty): boolean => a.kind === b.kind && a.withinDays === b.withinDays

function dutyChanges(before: Licence, after: Licence): readonly DutyChange[] {
  const both = ACTIONS.filter((action) =>
    [before, after].every(({ compiled }) => compiled.byAction[action].permissions.length > 0),
  )
  const found = new Map<string, DutyChange>()
  const note = (action: Action, old: Duty | null, now: Duty | null) => {
    const told = [old, now].map((duty) => [duty?.kind, duty?.withinDays])
    const known = found.get(JSON.stringify(told))
    const actions = [...new Set([...(known?.actions ?? []), action])]
    found.set(JSON.stringify(told), { actions, before: old, after: now })
  }
  for (const action of both) {
    const [old, now] = [dutiesFor(before, action), dutiesFor(after, action)]
    const dropped = old.filter((duty) => !now.some((other) => sameDuty(duty, other)))
    const added = now.filter((duty) => !old.some((other) => sameDuty(duty, other)))
    for (const duty of dropped)
      note(action, duty, added.find(({ kind }) => kind === duty.kind) ?? null)
    for (const duty of added)
      if (!dropped.some(({ kind }) => kind === duty.kind)) note(action, null, duty)
  }
  return [...found.values()]
}

/**
 * The difference in meaning between two versions: who may newly do what, who no longer may, each
 * group with a request that shows it, and the duties that come, go or change their time.
 */
export function licenceChanges(before: Licence, after: Licence): LicenceChanges {
  const wider = gained(before, after)
  const narrower = gained(after, before)
  return {
    wider: wider.changes,
    narrower: narrower.changes,
    duties: dutyChanges(before, after),
    complete: wider.complete && narrower.complete,
  }
}
