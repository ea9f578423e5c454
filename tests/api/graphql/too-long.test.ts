import { describe, expect, it } from 'vitest'
import type { Context } from '../../../api/src/context.ts'
import { mergeResolvers } from '../../../api/src/graphql/merge-resolvers.ts'
import { LeafError, LeafSizeError } from '../../../api/src/log/index.ts'

/** What whoever signs in is answered when recording it throws. */
const answerTo = (error: Error): Promise<unknown> => {
  const failing = () => Promise.reject(error)
  const { Mutation } = mergeResolvers([{ Mutation: { signIn: failing } }])
  const signIn: unknown = Mutation?.signIn
  if (typeof signIn !== 'function') throw new Error('nobody can sign in')
  return Promise.resolve(Reflect.apply(signIn, null, [{}, {}, {} as Context, {}]))
}

describe('what cannot be recorded', () => {
  it('is refused with the way out when somebody wrote more than an entry holds', async () => {
    const answer = await answerTo(new LeafSizeError('data.text', 'makes an entry of 70000 bytes'))
    expect(answer).toMatchObject({
      refused: { code: 'TOO_LONG', message: expect.stringContaining('Shorten it'), reasons: [] },
    })
  })

  it('stays a fault when the registry itself made an entry that cannot be', async () => {
    await expect(answerTo(new LeafError('data.seq', 'the log uses this name'))).rejects.toThrow(
      LeafError,
    )
  })
})
