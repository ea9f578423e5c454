import { describe, expect, it } from 'vitest'
import { type Execute, serverData } from '../../web/src/graphql/server-data.ts'

/** Asks one question of a registry that fails so many times. */
const asking = async (failures: number) => {
  let asked = 0
  const execute: Execute = async () => {
    asked += 1
    return asked <= failures ? { errors: [{ message: 'a fault' }] } : { data: { n: asked } }
  }
  const data = serverData(execute, String)
  data.want('key', 'query { n }' as never, {} as never)
  await data.settle()
  return { asked, answer: data.first('key') }
}

describe('a page rendered on the server', () => {
  it('asks once when the answer comes', async () => {
    expect(await asking(0)).toMatchObject({ asked: 1, answer: { data: { n: 1 } } })
  })

  it('asks again when a read has failed, and no more than once', async () => {
    const passing = await asking(1)
    expect(passing).toMatchObject({ asked: 2, answer: { data: { n: 2 } } })
    expect(passing.answer?.error).toBeUndefined()
    expect(await asking(2)).toMatchObject({ asked: 2, answer: { error: 'a fault' } })
  })
})
