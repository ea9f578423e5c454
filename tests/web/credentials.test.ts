import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextPath, registrationProblems, signInProblems } from '../../web/src/people/credentials.ts'

const search = (next: string) => `?${new URLSearchParams({ next })}`

describe('where one goes after signing in', () => {
  it('is the page one came from', () => {
    expect(nextPath(search('/datasets/d1/request?step=2#who'))).toBe(
      '/datasets/d1/request?step=2#who',
    )
  })

  it('is the account when nothing was asked for', () => {
    expect(nextPath('')).toBe('/account')
  })

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    'relative',
  ])('is never %s', (next) => {
    expect(nextPath(search(next))).toBe('/account')
  })

  it('stays on this site whatever the address says', () => {
    const home = 'https://registry.example'
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.webUrl(), (text, url) => {
        for (const next of [text, `/${text}`, url, `/${url}`, `//${text}`]) {
          expect(new URL(nextPath(search(next)), home).origin).toBe(home)
        }
      }),
    )
  })
})

describe('the form for an account', () => {
  const given = { name: 'Aroha', email: 'aroha@example.org', password: 'twelve signs' }
  const faults = (change: Partial<typeof given>) =>
    registrationProblems({ ...given, ...change }).map(({ field }) => field)

  it('names the one field that is wrong', () => {
    expect(faults({})).toEqual([])
    expect(faults({ name: ' ' })).toEqual(['name'])
    expect(faults({ email: 'aroha' })).toEqual(['email'])
    expect(faults({ password: 'eleven sign' })).toEqual(['password'])
  })

  it('asks for no long password of one who signs in', () => {
    expect(signInProblems({ email: given.email, password: 'x' })).toEqual([])
    expect(signInProblems({ email: given.email, password: '' })).toHaveLength(1)
  })
})
