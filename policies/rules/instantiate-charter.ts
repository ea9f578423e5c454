import { type ParseCharterResult, parseCharter } from './parse-charter.ts'
import { problem } from './problem.ts'

/**
 * Makes version 1 of a charter for a community from one of `policies/charters/*.json`.
 *
 * A template is a charter without `community`, `version` and `effectiveFrom`; its `defaults` hold
 * what each of its `matters` shares, and a matter adds to or replaces that. `overrides` is a JSON
 * Merge Patch (RFC 7396) applied to the template first, so one line under `defaults` reaches all
 * matters that say nothing else. Nothing is linted here.
 */
export function instantiateCharter(
  template: unknown,
  input: {
    readonly community: string
    readonly effectiveFrom: string
    readonly overrides?: unknown
  },
): ParseCharterResult {
  const patched = input.overrides === undefined ? template : merge(template, input.overrides)
  if (!isObject(patched) || !isObject(patched.matters)) {
    const found = problem('', 'not-a-template', 'Expected a charter template with `matters`.')
    return { ok: false, problems: [found] }
  }
  const { defaults = {}, template: _name, matters, ...rest } = patched
  const filled = Object.entries(matters).map(([matter, rule]) => [matter, merge(defaults, rule)])
  return parseCharter({
    ...rest,
    community: input.community,
    version: 1,
    effectiveFrom: input.effectiveFrom,
    matters: Object.fromEntries(filled),
  })
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** RFC 7396 section 2: objects are merged, null removes, anything else replaces. */
function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const merged = new Map(Object.entries(isObject(target) ? target : {}))
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key)
    else merged.set(key, merge(merged.get(key), value))
  }
  return Object.fromEntries(merged)
}
