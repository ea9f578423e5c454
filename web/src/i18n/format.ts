import { shared } from './areas/shared.ts'
import { translator } from './translate.ts'

const words = (locale: string) => translator(shared, locale)

/** Digits in groups of three; at most one decimal. */
export function formatNumber(value: number, locale: string): string {
  const t = shared.others.get(locale) ?? shared.english
  const [whole = '0', part] = String(Math.round(value * 10) / 10).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, t['number.group'] ?? ',')
  return part ? `${grouped}${t['number.decimal'] ?? '.'}${part}` : grouped
}

/** 1 kB = 1000 bytes, as SI has it. */
export function formatSize(bytes: number, locale: string): string {
  const t = words(locale)
  if (bytes < 1000) return t('size.byte', { count: bytes })
  const units = ['kB', 'MB', 'GB', 'TB']
  const step = Math.min(Math.floor(Math.log10(bytes) / 3), units.length)
  return `${formatNumber(bytes / 1000 ** step, locale)} ${units[step - 1]}`
}

/** The UTC day of an ISO 8601 date or instant, with the month in words. */
export function formatDay(iso: string, locale: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  const t = words(locale)
  return t('date.day', {
    day: String(date.getUTCDate()),
    month: t.code('month', String(date.getUTCMonth() + 1)),
    year: String(date.getUTCFullYear()),
  })
}

/** Day and time in UTC, so that everyone reads the same close of a vote. */
export function formatInstant(iso: string, locale: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  return words(locale)('date.instant', {
    date: formatDay(iso, locale),
    time: date.toISOString().slice(11, 16),
  })
}

const dayMs = 86_400_000

/** How far an instant lies from `now`: "in 3 days", "2 days ago", "today". */
export function formatDistance(iso: string, now: string, locale: string): string {
  const t = words(locale)
  const ms = new Date(iso).getTime() - new Date(now).getTime()
  const days = Math.floor(Math.abs(ms) / dayMs)
  if (days === 0) {
    const hours = Math.max(1, Math.floor(Math.abs(ms) / 3_600_000))
    return ms >= 0
      ? t('distance.hours', { count: hours })
      : t('distance.hoursAgo', { count: hours })
  }
  return ms >= 0 ? t('distance.days', { count: days }) : t('distance.daysAgo', { count: days })
}
