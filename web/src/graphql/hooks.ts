import type { Client, CombinedError } from '@urql/core'
import {
  useCallback,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from 'react'
import { type Answer, answerKey, DataContext, type Operation } from './data.ts'

// Loaded with the first question asked in the browser: a page read once never needs it.
const connection = () => import('./client.ts')

export interface QueryState<D> {
  /** Stays while the same question is asked again. */
  readonly data: D | undefined
  /** A sentence for the reader; absent while all is well. */
  readonly error: string | undefined
  readonly fetching: boolean
  readonly refetch: () => void
}

const BROKEN_LINE = '[Network]'

const message = (error: CombinedError | undefined): string | undefined =>
  error && (error.graphQLErrors[0]?.message ?? error.message)

/** What the registry said. Of a line that broke, the page around it tells in better words. */
export const saidByRegistry = (error: string | undefined): string | undefined =>
  error?.startsWith(BROKEN_LINE) ? undefined : error

/** Follows one question until the returned function is called. */
function observe<D, V>(
  operation: Operation<D, V>,
  variables: V,
  fresh: boolean,
  receive: (answer: Answer) => void,
): () => void {
  let stop = () => {}
  let gone = false
  const follow = ({ client }: { readonly client: () => Client }) => {
    if (gone) return
    const requestPolicy = fresh ? 'network-only' : 'cache-and-network'
    const result = client().query(operation, variables as never, { requestPolicy })
    stop = result.subscribe(({ data, error }) =>
      receive({ data, error: message(error) }),
    ).unsubscribe
  }
  connection().then(follow, (cause: unknown) => receive({ error: String(cause) }))
  return () => {
    gone = true
    stop()
  }
}

interface Received {
  readonly key: string
  readonly answer: Answer
}

/**
 * Reads from the registry. On the server the answer is there before the page is sent; in the browser
 * it comes from the page itself, then from the network. Read again after every mutation made here.
 */
export function useQuery<D, V>(
  operation: Operation<D, V>,
  variables: V,
  { pause = false }: { readonly pause?: boolean } = {},
): QueryState<D> {
  const page = useContext(DataContext)
  const key = answerKey(operation, variables)
  const first = page.first(key)
  if (page.server && !first && !pause) page.want(key, operation as never, variables)

  const round = useSyncExternalStore(page.subscribe, page.round, page.round)
  const [again, setAgain] = useState(0)
  const [received, setReceived] = useState<Received>()

  const start = useEffectEvent((fresh: boolean) =>
    observe(operation, variables, fresh, (answer) => setReceived({ key, answer })),
  )
  const settled = first !== undefined && !page.aged() && round === 0 && again === 0
  const turn = pause || settled ? '' : `${round} ${again} ${key}`
  useEffect(() => (turn ? start(!turn.startsWith('0 0 ')) : undefined), [turn])

  const answer = received?.key === key ? received.answer : first
  const refetch = useCallback(() => setAgain((count) => count + 1), [])
  return {
    data: (answer?.data ?? undefined) as D | undefined,
    error: answer?.error,
    fetching: !pause && !answer,
    refetch,
  }
}

export interface MutationState {
  readonly fetching: boolean
  readonly error: string | undefined
}

export type RunMutation<D, V> = (variables: V) => Promise<{ data?: D; error?: string }>

/** Changes something. `error` is a fault of network or server; refusals are part of `data`. */
export function useMutation<D, V>(
  operation: Operation<D, V>,
): readonly [RunMutation<D, V>, MutationState] {
  const page = useContext(DataContext)
  const [state, setState] = useState<MutationState>({ fetching: false, error: undefined })
  const run: RunMutation<D, V> = useCallback(
    async (variables) => {
      setState({ fetching: true, error: undefined })
      try {
        const { client, forget } = await connection()
        const result = await client().mutation(operation, variables as never)
        const error = message(result.error)
        forget()
        page.changed()
        setState({ fetching: false, error })
        return { data: result.data ?? undefined, error }
      } catch (cause) {
        const error = String(cause)
        setState({ fetching: false, error })
        return { error }
      }
    },
    [operation, page],
  )
  return [run, state]
}
