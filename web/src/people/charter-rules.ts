import {
  describeRule,
  instantiateCharter,
  isMatter,
  MATTERS,
} from '../../../policies/rules/governance.ts'
import type { BodySizes } from './set-up-draft.ts'

export type MatterText = { readonly matter: string; readonly text: readonly string[] }

/** The rules of a charter template in words; numbers are for the members named so far. */
export function charterRules(template: unknown, sizes: BodySizes): readonly MatterText[] {
  // The template is only read aloud here: any community and day make it a whole charter.
  const example = { community: 'c-example', effectiveFrom: '2026-01-01T00:00:00Z' }
  const parsed = instantiateCharter(template, example)
  if (!parsed.ok) return [{ matter: '', text: parsed.problems.map(({ message }) => message) }]
  const { matters } = parsed.charter
  return MATTERS.filter(isMatter).flatMap((matter) => {
    const rule = matters[matter]
    return rule ? [{ matter, text: describeRule(rule, sizes, 'en') }] : []
  })
}
