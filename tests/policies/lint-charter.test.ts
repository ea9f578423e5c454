import { describe, expect, it } from 'vitest'
import { type Charter, lintCharter, type Sizes } from '../../policies/index.ts'
import { charterOf, edited, SIZES } from './charters.ts'

const charter = charterOf('council-with-groups')
const small = charterOf('small-council-consent')
const stewards = charterOf('steward-and-assembly')

const found = (given: Charter, sizes: Sizes = SIZES, previous?: Charter): string[] =>
  lintCharter(given, sizes, previous).map(
    ({ rule, severity, path }) => `${rule} ${severity} ${path}`,
  )

const matter = (name: string, patch: unknown) => ({ matters: { [name]: patch } })

/** One edit of a sound charter, and what lint then says, among other things. */
const edits: readonly (readonly [string, Charter, unknown, string])[] = [
  [
    'a matter without a rule',
    charter,
    { matters: { 'duty.waive': null } },
    'L1 error /matters/duty.waive',
  ],
  [
    'no rule for amending',
    charter,
    { matters: { 'charter.amend': null } },
    'L1 error /matters/charter.amend',
  ],
  [
    'amending with a smaller share of the roll',
    small,
    matter('charter.amend', { approveOfRoll: '1/3' }),
    'L2 error /matters/charter.amend',
  ],
  [
    'amending with a smaller share of the votes',
    charter,
    matter('charter.amend', { approveOfCast: '1/2' }),
    'L2 error /matters/charter.amend',
  ],
  [
    'amending with fewer deciders',
    small,
    matter('charter.amend', { minDeciders: 2 }),
    'L2 error /matters/charter.amend',
  ],
  [
    'amending without consent',
    small,
    matter('charter.amend', { objection: 'none' }),
    'L2 error /matters/charter.amend',
  ],
  [
    'amending without the groups',
    charter,
    matter('charter.amend', { groups: null }),
    'L2 error /matters/charter.amend',
  ],
  [
    'amending with fewer groups',
    charter,
    matter('charter.amend', { groups: { need: '1/3' } }),
    'L2 error /matters/charter.amend',
  ],
  [
    'a matter that needs more of each group',
    charter,
    matter('licence.adopt', { groups: { minYes: 2 } }),
    'L2 error /matters/charter.amend',
  ],
  [
    'amending past the guardians',
    charter,
    matter('charter.amend', { veto: null }),
    'L2 error /matters/charter.amend',
  ],
  [
    'amending with less time for a veto',
    charter,
    matter('charter.amend', { veto: { window: 'P4D' } }),
    'L2 error /matters/charter.amend',
  ],
  [
    'amending in less time',
    charter,
    matter('charter.amend', { open: { min: 'PT1H' } }),
    'L2 error /matters/charter.amend',
  ],
  [
    'amending by a smaller body',
    stewards,
    matter('charter.amend', { body: 'stewards', minDeciders: 1 }),
    'L2 error /matters/charter.amend',
  ],
  [
    'revoking with a larger share of the roll',
    charter,
    matter('access.revoke', { approveOfRoll: '3/4' }),
    'L3 error /matters/access.revoke',
  ],
  [
    'revoking with a larger share of the votes',
    small,
    {
      matters: {
        'access.grant': { approveOfCast: '1/2' },
        'access.revoke': { approveOfCast: '2/3' },
      },
    },
    'L3 error /matters/access.revoke',
  ],
  [
    'revoking by consent only',
    small,
    {
      matters: { 'access.grant': { objection: 'none' }, 'access.revoke': { objection: 'blocks' } },
    },
    'L3 error /matters/access.revoke',
  ],
  [
    'suspending past a veto',
    charter,
    {
      matters: {
        'access.grant': { veto: null },
        'access.suspend': { veto: { body: 'guardians', window: 'P5D', overridable: false } },
      },
    },
    'L3 error /matters/access.suspend',
  ],
  [
    'taking down in more time than publishing',
    charter,
    matter('data.takedown', { open: { min: 'P2D' } }),
    'L3 error /matters/data.takedown',
  ],
  [
    'a veto without time',
    charter,
    matter('dataset.publish', { veto: { window: 'PT0S' } }),
    'L4 error /matters/dataset.publish/veto/window',
  ],
  [
    'an appeal without time',
    charter,
    matter('dataset.publish', { appeal: { window: 'P0D' } }),
    'L4 error /matters/dataset.publish/appeal/window',
  ],
  [
    'an hour for a veto',
    charter,
    matter('dataset.publish', { veto: { window: 'PT1H' } }),
    'L4 warning /matters/dataset.publish/veto/window',
  ],
  [
    'more deciders than members',
    charter,
    matter('dataset.publish', { minDeciders: 7 }),
    'L5 error /matters/dataset.publish/minDeciders',
  ],
  [
    'more of each group than there are',
    charter,
    {
      matters: {
        'dataset.publish': { groups: { minYes: 4 } },
        'charter.amend': { groups: { minYes: 4 } },
      },
    },
    'L5 error /matters/dataset.publish/groups',
  ],
  [
    'a body that hears appeals against itself',
    charter,
    matter('dataset.publish', { appeal: { body: 'council' } }),
    'L6 error /matters/dataset.publish/appeal/body',
  ],
  [
    'an emergency without end',
    charter,
    { emergency: { maxDuration: 'PT0S' } },
    'L7 error /emergency/maxDuration',
  ],
  [
    'an emergency without rest',
    charter,
    { emergency: { coolDown: 'PT0S' } },
    'L7 error /emergency/coolDown',
  ],
  [
    'a rest shorter than the emergency',
    charter,
    { emergency: { coolDown: 'P13D' } },
    'L7 warning /emergency/coolDown',
  ],
  [
    'a key nobody obeys',
    charter,
    matter('dataset.publish', { quorum: '1/2' }),
    'L8 error /matters/dataset.publish/quorum',
  ],
  [
    'less than half of the votes',
    charter,
    matter('body.elect', { approveOfCast: '49/100' }),
    'L9 error /matters/body.elect/approveOfCast',
  ],
  [
    'a minority that removes members',
    charter,
    { recusal: { byPeers: '1/3' } },
    'L9 warning /recusal/byPeers',
  ],
]

describe('charter lint', () => {
  it('finds nothing in a sound charter', () => {
    expect(found(charter)).toEqual([])
    expect(found(small)).toEqual([])
  })

  it.each(edits)('finds %s', (_what, base, patch, finding) => {
    const now = found(edited(base, patch))
    expect(now).toContain(finding)
    expect(new Set(now.map((line) => line.slice(0, 2)))).toEqual(new Set([finding.slice(0, 2)]))
  })

  it('says each finding in a sentence', () => {
    for (const [what, base, patch] of edits) {
      for (const { message } of lintCharter(edited(base, patch), SIZES)) {
        expect(message, what).toMatch(/^.{20,}\.$/)
      }
    }
  })

  it('counts one member and several in words that fit', () => {
    const said = (members: number) => {
      const sizes = { ...SIZES, council: { members, groups: 1 } }
      return lintCharter(charter, sizes)
        .map(({ message }) => message)
        .join(' ')
    }
    expect(said(1)).toMatch(/"council" has 1 member;/)
    expect(said(2)).toMatch(/"council" has 2 members;/)
  })

  it('accepts a body of just as many as must decide', () => {
    const least = charter.matters['access.grant']?.minDeciders ?? 0
    const at = (members: number) =>
      found(charter, { ...SIZES, council: { members, groups: 3 } }).includes(
        'L5 error /matters/access.grant/minDeciders',
      )
    expect([at(least), at(least - 1)]).toEqual([false, true])
  })

  it('calls a window of less than a day one for demonstrations, and one of a day not', () => {
    const at = (window: string) =>
      found(edited(charter, matter('access.grant', { veto: { window } }))).filter((line) =>
        line.startsWith('L4 warning'),
      )
    expect(at('PT23H')).toEqual(['L4 warning /matters/access.grant/veto/window'])
    expect(at('P1D')).toEqual([])
  })

  it('says of an emergency without end and of one without rest what it would never do', () => {
    const said = (emergency: object) =>
      lintCharter(edited(charter, { emergency }), SIZES)
        .map(({ message }) => message)
        .join(' ')
    expect(said({ coolDown: 'PT0S' })).toContain('would never rest')
    expect(said({ maxDuration: 'PT0S' })).toContain('would never be one')
  })

  it('accepts a cool-down just as long as the emergency', () => {
    const at = (coolDown: string) =>
      found(edited(charter, { emergency: { maxDuration: 'P14D', coolDown } })).filter((line) =>
        line.startsWith('L7'),
      )
    expect([at('P14D').length, at('P13D').length]).toEqual([0, 1])
  })

  it('finds a body that has become too small', () => {
    const sizes = { ...SIZES, council: { members: 2, groups: 2 } }
    expect(found(charter, sizes)).toContain('L5 error /matters/access.grant/minDeciders')
  })

  it('finds a body whose groups are gone', () => {
    const sizes = { ...SIZES, council: { members: 6, groups: 0 } }
    expect(found(charter, sizes)).toContain('L5 error /matters/access.grant/groups')
  })

  it('finds guardians and appeal bodies without anyone', () => {
    const { guardians: _, ...noGuardians } = SIZES
    expect(found(charter, noGuardians)).toContain('L5 error /matters/access.grant/veto')
    const noAssembly = { ...SIZES, assembly: { members: 0, groups: 0 } }
    expect(found(charter, noAssembly)).toContain('L5 error /matters/access.grant/appeal')
  })

  it('compares taking back with giving only where both have a rule', () => {
    for (const name of ['access.revoke', 'access.grant', 'data.takedown', 'dataset.publish']) {
      expect(found(edited(charter, matter(name, null)))).toEqual([`L1 error /matters/${name}`])
    }
  })

  it('measures a smaller amending body by the yes votes it takes', () => {
    const sizes = { ...SIZES, assembly: { members: 4, groups: 3 } }
    expect(found(charter, sizes)).toContain('L2 error /matters/charter.amend')
  })

  it('accepts more than half of the votes and no less', () => {
    const at = (approveOfCast: string) =>
      found(edited(charter, matter('body.elect', { approveOfCast })))
    expect(at('1/2')).toEqual([])
    expect(at('499/1000')).not.toEqual([])
  })
})

describe('an amendment', () => {
  const next = edited(charter, { version: 2, previous: 'sha256-before' })

  it('passes when it follows its charter', () => {
    expect(found(next, SIZES, charter)).toEqual([])
  })

  it('keeps its community', () => {
    expect(found(edited(next, { community: 'c2' }), SIZES, charter)).toEqual([
      'L2 error /community',
    ])
  })

  it('leaves no version out', () => {
    expect(found(edited(next, { version: 3 }), SIZES, charter)).toEqual(['L2 error /version'])
  })

  it('is told in a sentence which version and community it must have', () => {
    const said = (patch: unknown) =>
      lintCharter(edited(next, patch), SIZES, charter).map(({ message }) => message)
    expect(said({ version: 3 })).toEqual([expect.stringMatching(/must be 2, .+\.$/)])
    expect(said({ community: 'c2' })).toEqual([expect.stringMatching(/^.{20,}\.$/)])
    const harder = matter('charter.amend', { approveOfRoll: '1/1' })
    expect(said(harder)).toEqual([expect.stringMatching(/^.{60,}\.$/)])
  })

  it('is compared with what there is where one of the two has no rule for amending', () => {
    const none = matter('charter.amend', null)
    expect(found(next, SIZES, edited(charter, none))).toEqual([])
    expect(found(edited(next, none), SIZES, charter)).toEqual(['L1 error /matters/charter.amend'])
  })

  it('is told when it binds those who come later harder than it was bound', () => {
    const harder = edited(next, matter('charter.amend', { approveOfRoll: '1/1' }))
    expect(found(harder, SIZES, charter)).toEqual(['L2 warning /matters/charter.amend'])
  })
})
