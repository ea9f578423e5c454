/** A version number, see semver.org 2.0.0; build parts are not used. */
export interface SemanticVersion {
  readonly core: readonly [number, number, number]
  readonly pre: readonly (string | number)[]
}

const NUMBER = '(0|[1-9]\\d{0,8})'
const PART = '(?:0|[1-9]\\d{0,8}|\\d*[A-Za-z-][0-9A-Za-z-]*)'
const SHAPE = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${PART}(?:\\.${PART})*))?$`)

/** null when the text is no version number. */
export const parseVersion = (text: string): SemanticVersion | null => {
  const match = text.length > 64 ? null : SHAPE.exec(text)
  if (!match) return null
  const pre = match[4]?.split('.') ?? []
  return {
    core: [Number(match[1]), Number(match[2]), Number(match[3])],
    pre: pre.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
  }
}

const comparePart = (a: string | number, b: string | number): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
  if (a === b) return 0
  return a < b ? -1 : 1
}

const comparePre = (a: SemanticVersion['pre'], b: SemanticVersion['pre']): number => {
  // Semver 11.3: what is released comes after its candidates.
  if (a.length === 0 || b.length === 0) return b.length - a.length
  for (const [i, part] of a.entries()) {
    const other = b[i]
    if (other === undefined) return 1
    const order = comparePart(part, other)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Below 0 when `a` comes before `b` (semver 11), 0 when they are equal. */
export const compareVersions = (a: SemanticVersion, b: SemanticVersion): number => {
  for (const i of [0, 1, 2] as const) {
    if (a.core[i] !== b.core[i]) return a.core[i] - b.core[i]
  }
  return comparePre(a.pre, b.pre)
}
