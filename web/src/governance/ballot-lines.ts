/** The ballots in some texts, one a line, each of them once. */
export const linesIn = (texts: readonly string[]): readonly string[] => [
  ...new Set(texts.flatMap((text) => text.split(/\s+/)).filter((line) => line !== '')),
]
