import type { Problem } from '../../policies/index.ts'

type Doc = Record<string, unknown>

/** One edit to a document, by JSON pointers, and the problem it has to be refused with. */
export interface Refused {
  readonly name: string
  readonly set?: Doc
  readonly remove?: readonly string[]
  readonly problem: Pick<Problem, 'path' | 'code'>
}

function holderOf(document: Doc, pointer: string): [Doc, string] {
  const steps = pointer.slice(1).split('/')
  const last = steps.pop() ?? ''
  const holder = steps.reduce<Doc>((node, step) => node[step] as Doc, document)
  return [holder, last]
}

/** A copy of `document` with the edit made. */
export function refusedDocument(
  document: Doc,
  { set = {}, remove = [] }: Pick<Refused, 'set' | 'remove'>,
): Doc {
  const copy = structuredClone(document)
  for (const [pointer, value] of Object.entries(set)) {
    const [holder, key] = holderOf(copy, pointer)
    holder[key] = value
  }
  for (const pointer of remove) {
    const [holder, key] = holderOf(copy, pointer)
    delete holder[key]
  }
  return copy
}
