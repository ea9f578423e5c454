/** A run of words that stands in both texts, only in the newer or only in the older one. */
export interface TextChange {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** Cells of the table of common words; two texts that need more are shown one after the other. */
const MOST_CELLS = 4_000_000

/** Words with the space that follows them, so that the parts put together are the text again. */
const wordsOf = (text: string): readonly string[] => text.match(/\s+|\S+\s*/gu) ?? []

/**
 * What changed between two texts, word by word: the parts that are not `added` put together are
 * `before`, those not `removed` are `after`. A longest common subsequence, as `diff` finds it.
 */
export function diffWords(before: string, after: string): readonly TextChange[] {
  const [a, b] = [wordsOf(before), wordsOf(after)]
  const start = commonStart(a, b)
  const end = commonEnd(a.slice(start), b.slice(start))
  const parts = [
    ...said('same', a.slice(0, start)),
    ...between(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...said('same', a.slice(a.length - end)),
  ]
  return joined(parts)
}

const said = (kind: TextChange['kind'], words: readonly string[]): readonly TextChange[] =>
  words.map((text) => ({ kind, text }))

function commonStart(a: readonly string[], b: readonly string[]): number {
  const differs = a.findIndex((word, at) => word !== b[at])
  return differs === -1 ? a.length : differs
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  return commonStart(a.toReversed(), b.toReversed())
}

function between(a: readonly string[], b: readonly string[]): readonly TextChange[] {
  if ((a.length + 1) * (b.length + 1) > MOST_CELLS)
    return [...said('removed', a), ...said('added', b)]
  const width = b.length + 1
  const common = commonTable(a, b)
  const at = (row: number, column: number) => common[row * width + column] ?? 0
  const parts: TextChange[] = []
  let [row, column] = [0, 0]
  while (row < a.length || column < b.length) {
    const [older, newer] = [a[row], b[column]]
    if (older !== undefined && older === newer) {
      parts.push({ kind: 'same', text: older })
      row += 1
      column += 1
      continue
    }
    const drops = newer === undefined || at(row + 1, column) >= at(row, column + 1)
    if (older !== undefined && drops) {
      parts.push({ kind: 'removed', text: older })
      row += 1
      continue
    }
    parts.push({ kind: 'added', text: newer ?? '' })
    column += 1
  }
  return parts
}

/** How many words both have in common from each pair of places on. */
function commonTable(a: readonly string[], b: readonly string[]): Uint16Array {
  const width = b.length + 1
  const table = new Uint16Array((a.length + 1) * width)
  for (let row = a.length - 1; row >= 0; row -= 1)
    for (let column = b.length - 1; column >= 0; column -= 1) {
      const here = row * width + column
      table[here] =
        a[row] === b[column]
          ? 1 + (table[here + width + 1] ?? 0)
          : Math.max(table[here + width] ?? 0, table[here + 1] ?? 0)
    }
  return table
}

function joined(parts: readonly TextChange[]): readonly TextChange[] {
  const runs: TextChange[] = []
  for (const { kind, text } of parts) {
    const last = runs.at(-1)
    if (last?.kind === kind) runs[runs.length - 1] = { kind, text: last.text + text }
    else runs.push({ kind, text })
  }
  return runs
}
