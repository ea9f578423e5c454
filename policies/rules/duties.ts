import { labelRules } from './label-rules.ts'
import type { Duty, Licence } from './licence.ts'

const deadline = ({ withinDays }: Duty): number => withinDays ?? Number.POSITIVE_INFINITY

/** The same duty from several clauses is one duty, due at the earliest deadline. */
export function mergeDuties(lists: readonly (readonly Duty[])[]): readonly Duty[] {
  const [only] = lists
  // The duties of one clause are already distinct.
  if (only !== undefined && lists.every((list) => list === only)) return only
  const merged = new Map<string, Duty>()
  for (const duty of lists.flat()) {
    const known = merged.get(duty.kind)
    if (known === undefined || deadline(duty) < deadline(known)) merged.set(duty.kind, duty)
  }
  return [...merged.values()]
}

/** Every duty a licence can ask for, labels included, each once with its earliest deadline. */
export function dutiesOf(licence: Licence): readonly Duty[] {
  const added = labelRules(licence)
  return mergeDuties(licence.permissions.map((rule) => [...rule.duties, ...added.duties(rule)]))
}
