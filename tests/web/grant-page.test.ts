import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byUse, checksumLine, curlLine } from '../../web/src/grants/grant-page.ts'

describe('the line for a terminal', () => {
  const file = (path: string) => ({
    path,
    url: `/datasets/d1/versions/1.0.0/files/${encodeURIComponent(path)}`,
    sha256: 'ab'.repeat(32),
  })
  it('carries the full address, the token by name and a way to resume', () => {
    const line = curlLine(file('text/a.txt'), 'https://registry.example')
    expect(line).toContain(
      "'https://registry.example/datasets/d1/versions/1.0.0/files/text%2Fa.txt'",
    )
    expect(line).toContain('Bearer $COMMONHOLD_TOKEN')
    expect(line).toContain('--continue-at -')
  })

  it('gives the shell the file name and nothing to run, whatever the name holds', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => !/[/\0\r\n]/.test(text))
    fc.assert(
      fc.property(name, (path) => {
        const echoed = checksumLine(file(path))
          .replace(/^echo/, "printf '%s'")
          .replace(/ \| sha256sum.*$/s, '')
        const out = execFileSync('/bin/sh', ['-c', echoed], { encoding: 'utf8' })
        expect(out).toBe(`${'ab'.repeat(32)}  ${path}`)
      }),
      { numRuns: 25 },
    )
  })
})

describe('my grants', () => {
  it('start with those that open a door, each group newest first', () => {
    const grant = (state: string, issuedAt: string) => ({ state, issuedAt })
    const sorted = byUse([
      grant('expired', '2030-03-01'),
      grant('active', '2030-01-01'),
      grant('active', '2030-02-01'),
    ])
    expect(sorted.map(({ issuedAt }) => issuedAt)).toEqual([
      '2030-02-01',
      '2030-01-01',
      '2030-03-01',
    ])
  })
})
