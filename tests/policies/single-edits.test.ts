import { afterAll, describe, expect, it } from 'vitest'
import {
  decide,
  diffLicences,
  type Example,
  type Licence,
  licenceChanges,
} from '../../policies/index.ts'
import {
  licenceOf,
  problemsOf,
  TEMPLATES,
  type TemplateName,
  template,
  templateDocument,
} from './licence-support.ts'
import { compareAll } from './quotient.ts'
import { editsOf } from './single-edits.ts'

const totals = { edits: 0, refused: 0, found: 0, duties: 0, silent: 0, states: 0, ms: 0 }

afterAll(() => {
  const { edits, refused, found, duties, silent, states, ms } = totals
  process.stdout.write(
    `single edits: ${edits} legal (${refused} refused by the profile), ${found} found by their ` +
      `permits, ${duties} by their duties, ${silent} change nothing: shown on ${states} requests; ` +
      `diff ${(ms / edits).toFixed(0)} ms each\n`,
  )
})

const permits = (licence: Licence, { facts, use, now }: Example): boolean =>
  decide(licence, facts, use, now) === 'permit'

/** How a legal edit shows: as changed permits, changed duties, or not at all. */
function shownBy(before: Licence, after: Licence): 'permits' | 'duties' | 'nothing' {
  const started = performance.now()
  const { wider, narrower, complete } = diffLicences(before, after)
  totals.ms += performance.now() - started
  expect(complete).toBe(true)
  for (const example of wider)
    expect([permits(before, example), permits(after, example)]).toEqual([false, true])
  for (const example of narrower)
    expect([permits(before, example), permits(after, example)]).toEqual([true, false])
  if (wider.length + narrower.length > 0) return 'permits'
  return licenceChanges(before, after).duties.length > 0 ? 'duties' : 'nothing'
}

/** The clauses in which an edit may change nothing, because the rest says the same. */
const REDUNDANT: Readonly<Record<TemplateName, readonly string[]>> = {
  guardianship: ['never-for', 'no-redistribution'],
  'tiered-benefit': [],
  reinvest: ['never-for', 'no-redistribution'],
  'open-with-credit': [],
  'research-only': ['never-for', 'no-commercial-actor', 'no-redistribution'],
  'community-only': ['no-copies'],
  'staged-release': [],
  open: [],
}

/** The clause an edit is made in: the rule its path leads to. */
function clauseOf(json: Record<string, unknown>, path: string): string {
  const [, key = '', index = ''] = path.split('~')[0]?.split('/') ?? []
  const rule = (json[key] as { uid: string }[])[Number(index)]
  return rule?.uid.split('#')[1] ?? path
}

describe.each(TEMPLATES)('every single edit of %s', (name) => {
  const json = templateDocument(name)
  const before = template(name)

  it('is found by the diff, or changes no answer to any request', () => {
    const silent = new Set<string>()
    for (const [path, edited] of editsOf(json)) {
      if (problemsOf(edited).length > 0) {
        totals.refused += 1
        continue
      }
      totals.edits += 1
      const after = licenceOf(edited)
      const shown = shownBy(before, after)
      if (shown === 'permits') totals.found += 1
      if (shown === 'duties') totals.duties += 1
      if (shown !== 'nothing') continue
      totals.silent += 1
      const { states, differing } = compareAll(before, after)
      totals.states += states
      expect([path, differing]).toEqual([path, 0])
      silent.add(clauseOf(json, path))
    }
    expect([...silent].sort()).toEqual(REDUNDANT[name])
  }, 300_000)
})

describe('going through all requests', () => {
  it('sees every kind of difference', () => {
    const open = template('open')
    expect(compareAll(open, template('open-with-credit')).differing).toBeGreaterThan(0)
    expect(compareAll(open, open)).toEqual({ states: 14, differing: 0 })
  })
})
