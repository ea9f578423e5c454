import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { createContext } from 'react'

export interface Answer {
  readonly data?: unknown
  readonly error?: string
}

export type Operation<D, V> = TypedDocumentNode<D, V>

/** The answers a page came with, and (on the server) the questions it still has. */
export interface PageData {
  readonly server: boolean
  first(key: string): Answer | undefined
  want(key: string, operation: Operation<unknown, never>, variables: unknown): void
  /** Counts the changes made here: what was read before a change is read again. */
  round(): number
  changed(): void
  /** True once the reader has moved on: first answers are shown, but read again. */
  aged(): boolean
  age(): void
  subscribe(listener: () => void): () => void
}

/** Operations are one-line texts in a build and syntax trees in tests; both carry the name. */
export function operationName(operation: unknown): string {
  if (typeof operation === 'string') return /^\w+ (\w+)/.exec(operation)?.[1] ?? operation
  const [first] = (operation as TypedDocumentNode).definitions
  return first?.kind === 'OperationDefinition' ? (first.name?.value ?? '') : ''
}

export function answerKey(operation: unknown, variables: unknown): string {
  return `${operationName(operation)} ${JSON.stringify(variables ?? {})}`
}

export function browserData(answers: Readonly<Record<string, Answer>>): PageData {
  const listeners = new Set<() => void>()
  let round = 0
  let aged = false
  return {
    server: false,
    first: (key) => answers[key],
    want: () => undefined,
    round: () => round,
    changed: () => {
      round += 1
      for (const listener of listeners) listener()
    },
    aged: () => aged,
    age: () => {
      aged = true
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const DataContext = createContext<PageData>(browserData({}))
