import type { LeftOut } from './corpus.ts'
import type { Article, Declaration } from './declaration.ts'

/** Two paragraphs that say the same; `id` is stable: `a01-p1` is article 1, paragraph 1. */
export interface AlignedUnit {
  readonly id: string
  readonly article: number
  readonly texts: readonly [string, string]
}

export interface Alignment {
  readonly tags: readonly [string, string]
  readonly units: readonly AlignedUnit[]
  readonly leftOut: readonly LeftOut[]
}

/** The identifier of a paragraph: two digits for the article (00 is the preamble), then its place. */
export const unitId = (article: number, index: number): string =>
  `a${String(article).padStart(2, '0')}-p${index + 1}`

const unitsOf = (left: Article, right: Article): readonly AlignedUnit[] =>
  left.paragraphs.map((text, index) => ({
    id: unitId(left.number, index),
    article: left.number,
    texts: [text, right.paragraphs[index] ?? ''],
  }))

/**
 * Pairs two translations paragraph by paragraph. An article counts only if both versions have the
 * same number of paragraphs: guessing a split would produce pairs that look right and are wrong.
 */
export const align = (left: Declaration, right: Declaration): Alignment => {
  const units: AlignedUnit[] = []
  const leftOut: LeftOut[] = []
  for (const article of left.articles) {
    const other = right.articles.find((a) => a.number === article.number)
    const counts = [article.paragraphs.length, other?.paragraphs.length ?? 0] as const
    if (other !== undefined && counts[0] === counts[1]) units.push(...unitsOf(article, other))
    else
      leftOut.push({
        pair: `${left.tag}-${right.tag}`,
        article: article.number,
        paragraphs: counts,
      })
  }
  return { tags: [left.tag, right.tag], units, leftOut }
}
