import type { Answer, PageData } from './data.ts'

export type Execute = (
  query: string,
  variables: Record<string, unknown>,
) => Promise<{ data?: unknown; errors?: readonly { message: string }[] }>

interface Asked {
  readonly query: string
  readonly variables: Record<string, unknown>
}

export interface ServerData extends PageData {
  /** True while the last pass has asked something that is not answered yet. */
  asked(): boolean
  settle(): Promise<void>
  answers(): Readonly<Record<string, Answer>>
}

async function ask(execute: Execute, { query, variables }: Asked): Promise<Answer> {
  const { data, errors } = await execute(query, variables)
  return { data: data ?? undefined, error: errors?.[0]?.message }
}

/** Collects the questions of a rendering pass and answers them all at once. */
export function serverData(execute: Execute, text: (operation: never) => string): ServerData {
  const answers = new Map<string, Answer>()
  const open = new Map<string, Asked>()
  return {
    server: true,
    first: (key) => answers.get(key),
    want: (key, operation, variables) => {
      const query = typeof operation === 'string' ? operation : text(operation as never)
      open.set(key, { query, variables: { ...(variables as object) } })
    },
    round: () => 0,
    changed: () => undefined,
    aged: () => false,
    age: () => undefined,
    subscribe: () => () => undefined,
    asked: () => open.size > 0,
    settle: async () => {
      const questions = [...open]
      open.clear()
      const said = await Promise.all(questions.map(([, asked]) => ask(execute, asked)))
      // In the order asked: which was answered first tells what is hidden from what is not there.
      for (const [nth, [key]] of questions.entries()) answers.set(key, said[nth] ?? {})
    },
    answers: () => Object.fromEntries(answers),
  }
}
