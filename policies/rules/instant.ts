/**
 * UTC instants as epoch milliseconds, without the Date object: the kernel has no clock, and the
 * calendar (proleptic Gregorian, ISO 8601) is arithmetic.
 */
const DAY = 86_400_000
const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{3}))?Z$/

interface Day {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
}

// Days before a year that is counted from March, so that the leap day is the last of its year.
const daysBefore = (year: number): number =>
  365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)

const EPOCH_DAY = 719_468

function epochDay({ year, month, day }: Day): number {
  const fromMarch = (month + 9) % 12
  const marchYear = month < 3 ? year - 1 : year
  return daysBefore(marchYear) + Math.floor((153 * fromMarch + 2) / 5) + day - 1 - EPOCH_DAY
}

/** The UTC calendar day of an instant. */
export function dayOf(instant: number): Day {
  const days = Math.floor(instant / DAY) + EPOCH_DAY
  const guess = Math.floor((days * 400) / 146_097)
  const fits = (year: number): boolean => daysBefore(year) <= days && days < daysBefore(year + 1)
  const marchYear = [guess, guess - 1, guess + 1].find(fits) ?? guess
  const inYear = days - daysBefore(marchYear)
  const fromMarch = Math.floor((5 * inYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  return {
    year: month < 3 ? marchYear + 1 : marchYear,
    month,
    day: inYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  }
}

/** The first instant of the month after the one `instant` lies in. */
export function nextMonthStart(instant: number): number {
  const { year, month } = dayOf(instant)
  const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 }
  return epochDay({ ...next, day: 1 }) * DAY
}

/**
 * Reads `2026-01-01T00:00:00Z` (seconds, optional milliseconds, always Z). Anything else, a day
 * that does not exist included, is undefined.
 */
export function parseInstant(text: string): number | undefined {
  const parts = INSTANT.exec(text)
  if (parts === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0))
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const start = epochDay({ year, month, day }) * DAY
  const back = dayOf(start)
  if (back.year !== year || back.month !== month || back.day !== day) return undefined
  return start + ((hour * 60 + minute) * 60 + second) * 1000 + milli
}

/** Writes an instant as `parseInstant` reads it; milliseconds only where there are any. */
export function formatInstant(instant: number): string {
  const { year, month, day } = dayOf(instant)
  const inDay = instant - Math.floor(instant / DAY) * DAY
  const pad = (part: number, width = 2) => String(Math.floor(part)).padStart(width, '0')
  const time = [inDay / 3_600_000, (inDay / 60_000) % 60, (inDay / 1000) % 60].map((part) =>
    pad(part),
  )
  const rest = inDay % 1000 === 0 ? '' : `.${pad(inDay % 1000, 3)}`
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${time.join(':')}${rest}Z`
}
