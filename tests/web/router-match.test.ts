import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { routes } from '../../web/src/routes.tsx'
import { findRoute, matchPath } from '../../web/src/ui/router-match.ts'

describe('matching an address', () => {
  it('takes the values of named parts', () => {
    expect(matchPath('/datasets/:id', '/datasets/d_1')).toEqual({ id: 'd_1' })
    expect(matchPath('/datasets/:id', '/datasets/a%20b')).toEqual({ id: 'a b' })
    expect(matchPath('/', '/')).toEqual({})
  })

  it('refuses other lengths and other words', () => {
    expect(matchPath('/datasets/:id', '/datasets')).toBeUndefined()
    expect(matchPath('/datasets/:id', '/datasets/d_1/request')).toBeUndefined()
    expect(matchPath('/datasets/:id', '/dataset/d_1')).toBeUndefined()
  })

  it('keeps a part that is not well encoded as it stands', () => {
    expect(matchPath('/datasets/:id', '/datasets/%E0%A4%A')).toEqual({ id: '%E0%A4%A' })
  })

  it('puts a fixed word before a named part, in whatever order they come', () => {
    const both = [{ path: '/datasets/:id' }, { path: '/datasets/new' }]
    expect(findRoute(both, '/datasets/new')?.route.path).toBe('/datasets/new')
    expect(findRoute([...both].reverse(), '/datasets/new')?.route.path).toBe('/datasets/new')
    expect(findRoute(both, '/datasets/other')?.params).toEqual({ id: 'other' })
  })
})

describe('the pages of the site', () => {
  it('have one pattern each', () => {
    const patterns = routes.map(({ path }) => path.replace(/:\w+/g, ':'))
    expect(new Set(patterns).size).toBe(patterns.length)
  })

  it.each(['/', '/datasets/d', '/communities', '/communities/c', '/licences/l', '/decisions'])(
    'lead somewhere from %s',
    (address) => {
      expect(findRoute(routes, address)).toBeDefined()
    },
  )
})

describe('the links of the site', () => {
  const cwd = new URL('../../web/src', import.meta.url).pathname
  const links = globSync('**/*.tsx', { cwd })
    .sort()
    .flatMap((path) =>
      [...readFileSync(join(cwd, path), 'utf8').matchAll(/\bto=\{?[`"](\/[^`"]*)[`"]/g)].map(
        ([, to]) => [path, to ?? ''] as const,
      ),
    )

  it.each(links)('%s: %s leads to a page', (_path, to) => {
    const address = to.replace(/\$\{[^}]*\}/g, 'x').replace(/[?#].*$/, '')
    // A variable at the end of a path may be a query of its own.
    expect(findRoute(routes, address) ?? findRoute(routes, address.replace(/x$/, ''))).toBeDefined()
  })
})
