import type { PluralForm } from './plural.ts'

export type Catalogue = Readonly<Record<string, string>>

type WithoutForm<K> = K extends `${infer Base}_${PluralForm}` ? Base : K
/** The keys a catalogue offers: plural forms count as one key. */
export type KeyOf<M> = WithoutForm<keyof M & string>

/** The words of one part of the site. English is at hand; other languages are added when needed. */
export interface Area<M extends Catalogue = Catalogue> {
  readonly name: string
  readonly english: M
  readonly others: Map<string, Catalogue>
}

const known = new Map<string, Area>()
const sources = import.meta.glob<Catalogue>(['./*/*.json', '!./en/*.json'], { import: 'default' })

export function defineArea<const M extends Catalogue>(name: string, english: M): Area<M> {
  const area = { name, english, others: new Map<string, Catalogue>() }
  known.set(name, area)
  return area
}

async function loadOne(area: Area, locale: string): Promise<void> {
  const source = sources[`./${locale}/${area.name}.json`]
  if (source && !area.others.has(locale)) area.others.set(locale, await source())
}

/** Fetches the words of every part in use; a part without a translation stays English. */
export async function loadAreas(locale: string): Promise<void> {
  if (locale === 'en') return
  await Promise.all([...known.values()].map((area) => loadOne(area, locale)))
}
