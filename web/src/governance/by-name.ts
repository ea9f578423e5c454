/** As people look for each other in a list, "Person 2" before "Person 10". */
export const byName = <T extends { readonly name: string }>(people: readonly T[]): readonly T[] =>
  people.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
