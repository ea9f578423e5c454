const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const SHAPE = /^P(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,5})S)?)?$/

/**
 * Reads an ISO 8601 duration in days, hours, minutes and seconds and returns milliseconds, or null.
 * Years, months and weeks are left out: their length depends on a calendar or a habit.
 */
export function parseDuration(text: string): number | null {
  const match = SHAPE.exec(text)
  if (match === null || !/\d[DHMS]$/.test(text)) return null
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match
  return (
    Number(days) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND
  )
}

/** Milliseconds of a duration that a parser has already accepted; throws a RangeError otherwise. */
export function durationOf(text: string): number {
  const ms = parseDuration(text)
  if (ms === null) throw new RangeError(`"${text}" is no duration in days, hours, minutes, seconds`)
  return ms
}

const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', SECOND],
] as const

/** Says a length in milliseconds in English: `2 days 12 hours`; parts below a second are dropped. */
export function sayDuration(ms: number): string {
  const parts: string[] = []
  let left = ms
  for (const [name, size] of UNITS) {
    const count = Math.floor(left / size)
    left -= count * size
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`)
  }
  return parts.length === 0 ? 'no time' : parts.join(' ')
}
