import type { Constraint, Duty, HumanClause, Rule } from './licence.ts'
import { readConstraint, readTyped } from './parse-constraint.ts'
import {
  at,
  isObject,
  itemPath,
  type JsonObject,
  type Reading,
  readIri,
  readList,
  readTexts,
  readUid,
  refuse,
  refuseOtherKeys,
} from './reader.ts'
import { ACTIONS, type Action, DUTY_KINDS, type DutyKind, USE_ACTIONS } from './vocabulary.ts'

/** The parties a rule names; one licence has one target and one assigner. */
export interface Parties {
  readonly target?: string
  readonly assigner?: string
}

// `attribute` is an ODRL action of its own; every other duty is a term of the profile.
const dutyTerm = (kind: DutyKind): string => (kind === 'attribute' ? 'attribute' : `sov:${kind}`)

function readAction(reading: Reading, value: unknown, path: string): readonly Action[] {
  if (value === 'use') return USE_ACTIONS
  const action = ACTIONS.find((known) => value === `sov:${known}`)
  if (action !== undefined) return [action]
  const names = ACTIONS.map((known) => `sov:${known}`).join(', ')
  const form = isObject(value) ? 'An action with refinements' : (JSON.stringify(value) ?? 'Nothing')
  refuse(
    reading,
    path,
    'unknown-action',
    `${form} is not an action of this profile. Write use, or any of ${names}.`,
  )
  return []
}

function readActions(reading: Reading, value: unknown, path: string): readonly Action[] {
  const items = readList(value)
  if (items.length === 0) refuse(reading, path, 'missing', 'Name at least one action.')
  const actions = items.flatMap((item, index) =>
    readAction(reading, item, itemPath(path, value, index)),
  )
  if (new Set(actions).size < actions.length)
    refuse(
      reading,
      path,
      'duplicate-value',
      'Name each action once; use stands for all but discovery.',
    )
  return actions
}

function readConstraints(reading: Reading, value: unknown, path: string): readonly Constraint[] {
  return readList(value)
    .map((item, index) => readConstraint(reading, item, itemPath(path, value, index)))
    .filter((constraint) => constraint !== undefined)
}

const LONGEST_DEADLINE = 3650

function readDeadline(reading: Reading, value: unknown, path: string): number | undefined {
  const only = readList(value)
  const node = only[0]
  if (only.length !== 1 || !isObject(node))
    return refuse(reading, path, 'wrong-form', 'A duty has one constraint at most: elapsedTime.')
  const here = itemPath(path, value, 0)
  refuseOtherKeys(reading, node, ['uid', 'leftOperand', 'operator', 'rightOperand'], here)
  readUid(reading, node, here)
  if (node.leftOperand !== 'elapsedTime')
    refuse(reading, at(here, 'leftOperand'), 'unknown-operand', 'A duty is timed by elapsedTime.')
  if (node.operator !== 'lteq')
    refuse(reading, at(here, 'operator'), 'unknown-operator', 'A deadline is written with lteq.')
  const right = at(here, 'rightOperand')
  const text = readTyped(reading, node.rightOperand, 'xsd:duration', right)
  if (text === undefined) return undefined
  const days = Number(/^P([1-9]\d{0,3})D$/.exec(text)?.[1] ?? Number.NaN)
  if (days <= LONGEST_DEADLINE) return days
  return refuse(reading, right, 'unknown-value', `Write whole days, P1D to P${LONGEST_DEADLINE}D.`)
}

function readDuty(reading: Reading, node: unknown, path: string): Duty | undefined {
  if (!isObject(node)) return refuse(reading, path, 'wrong-form', 'A duty is written as an object.')
  refuseOtherKeys(reading, node, ['uid', 'action', 'constraint'], path)
  const clause = readUid(reading, node, path)
  const kind = DUTY_KINDS.find((known) => node.action === dutyTerm(known))
  if (kind === undefined) {
    const names = DUTY_KINDS.map(dutyTerm).join(', ')
    return refuse(reading, at(path, 'action'), 'unknown-action', `A duty is one of ${names}.`)
  }
  if (node.constraint === undefined) return { kind, clause }
  const withinDays = readDeadline(reading, node.constraint, at(path, 'constraint'))
  return withinDays === undefined ? undefined : { kind, clause, withinDays }
}

function readDuties(reading: Reading, value: unknown, path: string): readonly Duty[] {
  const duties = readList(value)
    .map((item, index) => readDuty(reading, item, itemPath(path, value, index)))
    .filter((duty) => duty !== undefined)
  if (new Set(duties.map(({ kind }) => kind)).size < duties.length)
    refuse(reading, path, 'duplicate-value', 'Name each duty once in a permission.')
  return duties
}

function readBody(reading: Reading, node: JsonObject, path: string): Rule & Parties {
  const assigner = node.assigner
  return {
    uid: readUid(reading, node, path),
    target: readIri(reading, node.target, at(path, 'target')),
    assigner: assigner === undefined ? undefined : readIri(reading, assigner, at(path, 'assigner')),
    actions: readActions(reading, node.action, at(path, 'action')),
    constraints: readConstraints(reading, node.constraint, at(path, 'constraint')),
    duties: readDuties(reading, node.duty, at(path, 'duty')),
  }
}

const COMMON = ['uid', 'target', 'assigner', 'action', 'constraint']

/** Reads one entry of `permission`. */
export function readPermission(reading: Reading, node: unknown, path: string) {
  if (!isObject(node)) return refuse(reading, path, 'wrong-form', 'A permission is an object.')
  refuseOtherKeys(reading, node, [...COMMON, 'duty'], path)
  if (node.assigner === undefined)
    refuse(reading, at(path, 'assigner'), 'missing', 'Name the community that gives permission.')
  return readBody(reading, node, path)
}

/** Reads one entry of `prohibition`. */
export function readProhibition(reading: Reading, node: unknown, path: string) {
  if (!isObject(node)) return refuse(reading, path, 'wrong-form', 'A prohibition is an object.')
  refuseOtherKeys(reading, node, COMMON, path)
  return readBody(reading, node, path)
}

/** Reads one entry of `sov:humanOnly`: a clause in words, with the uses it covers. */
export function readHumanClause(
  reading: Reading,
  node: unknown,
  path: string,
): (HumanClause & Parties) | undefined {
  if (!isObject(node))
    return refuse(reading, path, 'wrong-form', 'A clause for people is written as an object.')
  refuseOtherKeys(reading, node, [...COMMON, 'sov:statement'], path)
  const statement = readTexts(reading, node['sov:statement'], at(path, 'sov:statement'))
  if (statement.length === 0)
    refuse(reading, at(path, 'sov:statement'), 'missing', 'Say in words what people decide.')
  return { ...readBody(reading, node, path), statement }
}
