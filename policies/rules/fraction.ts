/** An exact share such as `2/3`. Kept as text so that no digest or threshold ever meets a float. */
export type Fraction = string

/** The two integers of a {@link Fraction}. */
export interface Ratio {
  readonly num: number
  readonly den: number
}

const SHAPE = /^(0|[1-9]\d{0,3})\/([1-9]\d{0,3})$/

/** Reads `n/d` with 0 ≤ n ≤ d ≤ 9999; anything else is null. */
export function parseFraction(text: string): Ratio | null {
  const match = SHAPE.exec(text)
  if (match === null) return null
  const ratio = { num: Number(match[1]), den: Number(match[2]) }
  return ratio.num <= ratio.den ? ratio : null
}

/** The integers of a fraction that a parser has already accepted; throws a RangeError otherwise. */
export function ratioOf(fraction: Fraction): Ratio {
  const ratio = parseFraction(fraction)
  if (ratio === null) throw new RangeError(`"${fraction}" is no exact fraction between 0/1 and 1/1`)
  return ratio
}

/** The smallest whole number that is at least `fraction` of `whole`. */
export function ceilOf(fraction: Fraction, whole: number): number {
  const { num, den } = ratioOf(fraction)
  return Math.ceil((num * whole) / den)
}

/** Whether `part` of `whole` is more than `fraction`. */
export function exceeds(part: number, whole: number, fraction: Fraction): boolean {
  const { num, den } = ratioOf(fraction)
  return part * den > num * whole
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const left = ratioOf(a)
  const right = ratioOf(b)
  return left.num * right.den - right.num * left.den
}
