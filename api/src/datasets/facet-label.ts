import { templateTitle } from '../licences/licences.ts'
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

const lookUp = (tag: string): string => {
  try {
    return LANGUAGES.of(tag) ?? tag
  } catch {
    return tag
  }
}

/** More than there are in any catalogue; looking one up takes far longer than remembering it. */
const MOST = 10_000
const said = new Map<string, string>()

const sayLanguage = (tag: string): string => {
  const known = said.get(tag)
  if (known !== undefined) return known
  const words = lookUp(tag)
  if (said.size < MOST) said.set(tag, words)
  return words
}

/** A facet value in words. */
export const facetLabel = async (
  name: CatalogueFacet['name'],
  value: string,
  community: (id: string) => Promise<{ readonly name: string } | null>,
): Promise<string> => {
  if (name === 'community') return (await community(value))?.name ?? value
  if (name === 'language') return sayLanguage(value)
  if (name === 'licence') return templateTitle(value)
  if (name === 'stage') return sayRung(Number(value))
  return name === 'kind' ? (KIND_LABELS[value] ?? value) : value
}
