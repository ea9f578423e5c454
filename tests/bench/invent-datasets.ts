import type { SearchDoc } from '../../api/src/datasets/search/index.ts'

export type Random = () => number

/** Mulberry32: small, seeded, and the same everywhere. */
export const seeded = (seed: number): Random => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const SYLLABLES =
  'ka mā to ri nu wha ngi ẹ ọ̀ ɗa ku zi mbo ho te pa lo sé ɓi ʻa ŋu va ɔ gb li ā ro nyi'.split(' ')

/** Words with the marks that real orthographies have. */
export const inventWords = (random: Random, count: number): readonly string[] => {
  const words = new Set<string>()
  while (words.size < count) {
    const length = 2 + Math.floor(random() * 3)
    const parts = Array.from({ length }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)])
    words.add(parts.join(''))
  }
  return [...words]
}

/** Draws an index below `count`, the k-th with a weight of 1/(k+3). */
const zipf = (random: Random, count: number): (() => number) => {
  const sums = new Float64Array(count)
  let sum = 0
  for (let at = 0; at < count; at += 1) {
    sum += 1 / (at + 4)
    sums[at] = sum
  }
  return () => {
    const wanted = random() * sum
    let [low, high] = [0, count - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}

const DAY = 86_400_000

/** Datasets of 31 words, four of them in the title, with five facets. */
export const inventDocs = (count: number, words: readonly string[], random: Random) => {
  const word = zipf(random, words.length)
  const language = zipf(random, 200)
  const community = zipf(random, 300)
  const text = (length: number) => Array.from({ length }, () => words[word()]).join(' ')
  return Array.from(
    { length: count },
    (_, at): SearchDoc => ({
      id: `dataset-${at}`,
      title: text(4),
      description: text(27),
      keywords: [],
      languages: [`l${language()}`, `l${language()}`],
      communities: [`c${community()}`],
      licences: [`licence-${Math.floor(random() * 8)}`],
      kind: `kind-${Math.floor(random() * 4)}`,
      stage: `stage-${Math.floor(random() * 3)}`,
      publishedAt: Math.floor(random() * 1000) * DAY,
      rank: Math.floor(random() * 100),
    }),
  )
}
