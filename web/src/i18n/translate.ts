import type { Area, Catalogue, KeyOf } from './area.ts'
import { formatNumber } from './format.ts'
import { pluralForm } from './plural.ts'

export type Values = Readonly<Record<string, string | number>>

export interface Translate<M extends Catalogue> {
  /** The words for a key. `count` chooses the plural form; `{{name}}` takes the value of that name. */
  (key: KeyOf<M>, values?: Values): string
  /** The words for a code that came as data, or the code itself when we have no words for it. */
  code(group: string, code: string): string
}

function find(area: Area, locale: string, key: string, count?: number): string | undefined {
  const forms =
    count === undefined ? [key] : [`${key}_${pluralForm(locale, count)}`, `${key}_other`]
  const language = area.others.get(locale)
  const here = forms.map((form) => language?.[form]).find((text) => text !== undefined)
  if (here !== undefined) return here
  const english =
    count === undefined ? [key] : [`${key}_${pluralForm('en', count)}`, `${key}_other`, key]
  return english.map((form) => area.english[form]).find((text) => text !== undefined)
}

function fill(text: string, values: Values, locale: string): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return typeof value === 'number' ? formatNumber(value, locale) : value
  })
}

export function translator<M extends Catalogue>(
  area: Area<M>,
  locale: string,
  accent: (text: string) => string = (text) => text,
): Translate<M> {
  const say = (key: string, values: Values = {}): string | undefined => {
    const { count } = values
    const text = find(area, locale, key, typeof count === 'number' ? count : undefined)
    return text === undefined ? undefined : fill(accent(text), values, locale)
  }
  return Object.assign((key: KeyOf<M>, values?: Values) => say(key, values) ?? key, {
    code: (group: string, code: string) => say(`${group}.${code}`) ?? code,
  })
}
