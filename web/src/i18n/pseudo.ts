const marks: Record<string, string> = {
  a: 'ā',
  e: 'ẹ́',
  i: 'ī',
  o: 'ọ̀',
  u: 'ū',
  n: 'ñ',
  s: 'ş',
  A: 'Ā',
  E: 'Ẹ̀',
  O: 'Ō',
}

/** Makes English look foreign and a third longer, to find text that is not in the catalogue or too tight. */
export function accented(text: string): string {
  const parts = text.split(/(\{\{\w+\}\})/)
  const marked = parts.map((part) =>
    part.startsWith('{{')
      ? part
      : part.replace(/[aeiounsAEO]/g, (letter) => marks[letter] ?? letter),
  )
  return `⟦${marked.join('')}${'·'.repeat(Math.ceil(text.length / 3))}⟧`
}
