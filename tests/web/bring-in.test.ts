import { describe, expect, it } from 'vitest'
import { parseLicence } from '../../policies/index.ts'
import { impliesCode, SCHEMES } from '../../policies/rules/licence-codes.ts'
import { bringIn, offeredCodes } from '../../web/src/licences/bring-in.ts'
import { templateDocument } from '../policies/licence-support.ts'

const document = { ...templateDocument('open'), 'sov:home': ['GH'] }

const offered = (value: string) => {
  const found = offeredCodes.find((one) => one.value === value)
  if (!found) throw new Error(`no code ${value} is offered`)
  return found
}
const brought = (value: string, until = '') => bringIn(document, offered(value), until)

describe('a code of others brought into the licence that is being built', () => {
  it('is one of all forty-one, those without a counterpart too', () => {
    expect(offeredCodes).toHaveLength(41)
  })

  it.each(offeredCodes)('$value: the licence says it then, or people are told why not', (one) => {
    const answer = bringIn(document, one, '2030-01-01')
    if (answer.kind === 'left') return expect(answer.note.length).toBeGreaterThan(20)
    if (answer.kind === 'already') return expect(one.value).toBe('CLARIN BY')
    if (answer.kind !== 'done') throw new Error('the licence was not read')
    const parsed = parseLicence(answer.document)
    const mapping = SCHEMES[one.scheme].find(({ code }) => code === one.code)
    expect(parsed.ok && mapping && impliesCode(parsed.licence, mapping)).toBe(true)
    expect(bringIn(answer.document, one, '')).toEqual({ kind: 'already' })
  })

  it('needs a day where it ends use, and takes it from its first moment on', () => {
    expect(brought('DUO DUO:0000025')).toMatchObject({ kind: 'left' })
    const ended = brought('DUO DUO:0000025', '2030-02-28')
    expect(JSON.stringify(ended)).toContain('2030-02-28T00:00:00Z')
    expect(brought('DUO DUO:0000025', '2030-02-30')).toMatchObject({ kind: 'left' })
  })

  it('changes nothing where it promises more than the licence gives', () => {
    expect(brought('DUO DUO:0000004')).toMatchObject({
      kind: 'left',
      note: expect.stringContaining('never widens'),
    })
  })

  it('waits until the licence can be read', () => {
    expect(bringIn({ ...document, permission: [] }, offered('CLARIN NC'), '')).toEqual({
      kind: 'unreadable',
    })
  })
})
