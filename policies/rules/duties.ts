import { labelRules } from './label-rules.ts'
import type { Duty, Licence } from './licence.ts'

const deadline = ({ withinDays }: Duty): number => withinDays ?? Number.POSITIVE_INFINITY

/** The same duty from several clauses is one duty, due at the earliest deadline. */
export function mergeDuties(duties: readonly Duty[]): readonly Duty[] {
  const merged = new Map<string, Duty>()
  for (const duty of duties) {
    const known = merged.get(duty.kind)
    if (known === undefined || deadline(duty) < deadline(known)) merged.set(duty.kind, duty)
  }
  return [...merged.values()]
}

/** Every duty a licence can ask for, labels included, each once with its earliest deadline. */
export function dutiesOf(licence: Licence): readonly Duty[] {
  const added = labelRules(licence)
  return mergeDuties(licence.permissions.flatMap((rule) => [...rule.duties, ...added.duties(rule)]))
}
