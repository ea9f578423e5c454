import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { type Charter, instantiateCharter, type Sizes } from '../../policies/index.ts'
import { mergePatch } from './merge-patch.ts'

const folder = new URL('../../policies/charters/', import.meta.url)

export const TEMPLATES: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''))

export function templateOf(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))
}

/** Version 1 of a template for a community of that name. */
export function charterOf(name: string, overrides: unknown = {}): Charter {
  const made = instantiateCharter(templateOf(name), {
    community: 'c1',
    effectiveFrom: '2026-01-01T00:00:00Z',
    overrides,
  })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.charter
}

/** A charter with one edit (RFC 7396), which need not parse any more. */
export function edited(charter: Charter, patch: unknown): Charter {
  return mergePatch(charter, patch) as Charter
}

/** Bodies of a middling community. */
export const SIZES: Sizes = {
  council: { members: 6, groups: 3 },
  guardians: { members: 2, groups: 0 },
  assembly: { members: 30, groups: 3 },
  mediators: { members: 3, groups: 0 },
  stewards: { members: 2, groups: 0 },
}

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
