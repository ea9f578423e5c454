interface WordChangesProps {
  /** Runs of words, each `same`, `added` or `removed`. */
  readonly changes: readonly { readonly kind: string; readonly text: string }[]
}

/** Two wordings in one: what came is underlined, what went is struck out, also where colours are not seen. */
export function WordChanges({ changes }: WordChangesProps) {
  const keyed = changes.map((change, index) => ({ ...change, key: `${index} ${change.kind}` }))
  return (
    <p dir="auto">
      {keyed.map(({ key, kind, text }) => {
        if (kind === 'added') return <ins key={key}>{text}</ins>
        if (kind === 'removed') return <del key={key}>{text}</del>
        return <span key={key}>{text}</span>
      })}
    </p>
  )
}
