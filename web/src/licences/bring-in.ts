import { type LicenceJson, parseLicence } from '../../../policies/index.ts'
import { parseInstant } from '../../../policies/rules/instant.ts'
import {
  impliesCode,
  importCodes,
  SCHEMES,
  type Scheme,
} from '../../../policies/rules/licence-codes.ts'

/** One code of a scheme of others, to be chosen from a list. */
export interface OfferedCode {
  /** Scheme and code in one word. */
  readonly value: string
  readonly scheme: Scheme
  readonly code: string
  readonly label: string
  /** Whether a day has to be named with it. */
  readonly ends: boolean
}

/** Every code of every scheme, those without a counterpart here included: asked for, they say why. */
export const offeredCodes: readonly OfferedCode[] = (['DUO', 'CLARIN'] as const).flatMap((scheme) =>
  SCHEMES[scheme].map(({ code, label, kind }) => ({
    value: `${scheme} ${code}`,
    scheme,
    code,
    label,
    ends: kind === 'ends',
  })),
)

/** What came of a code: `done` with the licence narrowed by it, or why nothing changed. */
export type BroughtIn =
  | { readonly kind: 'done'; readonly document: LicenceJson; readonly note: string }
  | { readonly kind: 'left'; readonly note: string }
  | { readonly kind: 'already' | 'unreadable' }

/** Narrows a licence to what a code says. `until` is a day (YYYY-MM-DD), for a code that ends use. */
export function bringIn(
  document: LicenceJson,
  { scheme, code }: OfferedCode,
  until: string,
): BroughtIn {
  const parsed = parseLicence(document)
  if (!parsed.ok) return { kind: 'unreadable' }
  const mapping = SCHEMES[scheme].find((one) => one.code === code)
  if (mapping && impliesCode(parsed.licence, mapping)) return { kind: 'already' }
  // Date.parse makes the 2nd of March of a 30th of February.
  const end = parseInstant(`${until}T00:00:00Z`)
  const { document: narrowed, left } = importCodes(parsed.licence, scheme, [code], end)
  const [first] = left
  return first
    ? { kind: 'left', note: first.because }
    : { kind: 'done', document: narrowed, note: mapping?.note ?? '' }
}
