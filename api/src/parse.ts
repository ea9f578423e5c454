import type { z } from 'zod'
import { refuse } from './errors.ts'
import type { Refusal } from './log/index.ts'

/** Reads what came from outside; the refusal names the first field at fault. */
export const parse = <S extends z.ZodType>(
  schema: S,
  input: unknown,
): { readonly ok: true; readonly value: z.output<S> } | Refusal => {
  const result = schema.safeParse(input)
  if (result.success) return { ok: true, value: result.data }
  const issue = result.error.issues[0]
  return refuse('BAD_INPUT', issue?.message ?? 'This input cannot be used.', {
    field: issue?.path.join('.') ?? '',
  })
}
