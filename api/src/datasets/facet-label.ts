import type { CatalogueFacet } from './datasets.ts'
import { sayRung } from './release-ladder.ts'

const KIND_LABELS: Readonly<Record<string, string>> = {
  text: 'Text',
  parallel: 'Parallel text',
  speech: 'Speech',
  lexicon: 'Word list',
  annotations: 'Annotations',
}

const LANGUAGES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })

const sayLanguage = (tag: string): string => {
  try {
    return LANGUAGES.of(tag) ?? tag
  } catch {
    return tag
  }
}

/** A facet value in words. */
export const facetLabel = async (
  name: CatalogueFacet['name'],
  value: string,
  community: (id: string) => Promise<{ readonly name: string } | null>,
): Promise<string> => {
  if (name === 'community') return (await community(value))?.name ?? value
  if (name === 'language') return sayLanguage(value)
  if (name === 'stage') return sayRung(Number(value))
  return name === 'kind' ? (KIND_LABELS[value] ?? value) : value
}
