import { useState } from 'react'
import type { Operation } from './data.ts'
import { useMutation } from './hooks.ts'

/** A typed no, as every mutation of the registry gives it. */
export interface Refusal {
  readonly code: string
  readonly message: string
  readonly field: string | null
  readonly reasons: readonly { readonly clause: string; readonly text: string }[]
}

interface Answered {
  readonly refused: Refusal | null
}

export interface Command<D, V> {
  /** Resolves to the answer, or to `null` when it was refused or did not arrive. */
  readonly send: (variables: V) => Promise<D | null>
  readonly refused: Refusal | null
  /** A fault of the network or the server. */
  readonly error: string | undefined
  readonly busy: boolean
}

/** Sends a change and keeps why it was refused until the next try. */
export function useCommand<D, V>(
  operation: Operation<D, V>,
  answer: (data: D) => Answered,
): Command<D, V> {
  const [run, { fetching, error }] = useMutation(operation)
  const [refused, setRefused] = useState<Refusal | null>(null)
  const send = async (variables: V) => {
    setRefused(null)
    const { data, error: fault } = await run(variables)
    const no = data ? answer(data).refused : null
    setRefused(no)
    return data && !no && !fault ? data : null
  }
  return { send, refused, error, busy: fetching }
}

/** The refusal as the error of one field, when it is about that field. */
export const refusedAt = (refused: Refusal | null, field: string): string | undefined =>
  refused?.field === field || refused?.field?.endsWith(`.${field}`) ? refused.message : undefined
