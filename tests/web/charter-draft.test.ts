import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lintCharter, MATTERS, parseCharter } from '../../policies/index.ts'
import {
  charterOf as charterIn,
  copyRule,
  type EditorCommunity,
  findingsOf,
  fromOwn,
  fromTemplate,
  idOf,
  matterAt,
  sizesFor,
  without,
  withRule,
} from '../../web/src/charters/charter-draft.ts'
import { readDuration, units, writeDuration } from '../../web/src/charters/DurationField.tsx'
import { charterOf, SIZES, templateOf } from '../policies/charters.ts'

const inForce = charterOf('council-with-groups')
const community: EditorCommunity = {
  id: 'c1',
  slug: 'village',
  name: 'A village',
  viewerIsMember: true,
  bodies: Object.keys(inForce.bodies).map((name) => ({
    name,
    size: SIZES[name]?.members ?? 0,
    groups: SIZES[name]?.groups ?? 0,
  })),
  members: [{ id: 'm1', bodies: ['mediators'], group: null }],
  charter: { digest: 'sha256-one', version: 1, document: inForce },
}
const place = { community, now: '2026-05-04T10:20:30.400Z' }
const written = (document: string | undefined) => charterIn({ document: document ?? '' })

describe('a charter being written', () => {
  it('begins behind the charter in force, of today', () => {
    const charter = written(fromOwn(place)?.document)
    expect(charter).toMatchObject({
      version: 2,
      previous: 'sha256-one',
      effectiveFrom: '2026-05-04T10:20:30Z',
    })
    expect(charter?.matters).toEqual(inForce.matters)
    expect(charter && findingsOf(charter, community)).toEqual([])
  })

  it('begins with a charter the registry offers, and says which body still needs members', () => {
    const template = {
      name: 'x',
      title: '',
      description: '',
      document: templateOf('open-assembly'),
    }
    const charter = written(fromTemplate(template, place)?.document)
    if (!charter) throw new Error('nothing was begun')
    expect(parseCharter(charter).ok).toBe(true)
    expect(Object.keys(charter.bodies)).toContain('mediators')
    expect(sizesFor(charter, community).mediators).toEqual({ members: 1, groups: 0 })
    expect(sizesFor(charter, { ...community, members: [] }).mediators?.members).toBe(0)
    const alone = findingsOf(charter, { ...community, members: [] })
    expect(alone.some(({ message }) => message.includes('"mediators" has no members'))).toBe(true)
  })

  it('gives a copied rule to the matters named and to no other', () => {
    const copied = copyRule(inForce, 'access.revoke', ['access.renew', 'member.admit'])
    const changed = MATTERS.filter((matter) => copied.matters[matter] !== inForce.matters[matter])
    expect(changed).toEqual(['access.renew', 'member.admit'])
    expect(copied.matters['member.admit']).toEqual(inForce.matters['access.revoke'])
  })

  it('loses a part of a rule without a trace', () => {
    const rule = inForce.matters['access.grant']
    if (!rule) throw new Error('no rule')
    const bare = withRule(inForce, 'access.grant', without(rule, 'veto'))
    expect(parseCharter(bare).ok).toBe(true)
    expect(bare.matters['access.grant']).not.toHaveProperty('veto')
    expect(lintCharter(bare, SIZES)).toEqual([])
  })

  it('leads from a finding to its control', () => {
    expect(idOf('/matters/access.grant/veto/window')).toBe('matters-access.grant-veto-window')
    expect(matterAt('/matters/access.grant/veto/window')).toBe('access.grant')
    expect(matterAt('/recusal/byPeers')).toBeNull()
  })
})

describe('a duration in its field', () => {
  it('is read back as it was written', () => {
    const unit = fc.constantFrom(...units.map(([name]) => name))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), unit, (count, of) => {
        expect(readDuration(writeDuration(count, of))).toEqual({ count, unit: of })
      }),
    )
  })

  it('that was written otherwise is shown in the largest unit that fits', () => {
    expect(readDuration('P1DT12H')).toEqual({ count: 36, unit: 'hours' })
    expect(readDuration('PT24H0M')).toEqual({ count: 1, unit: 'days' })
  })
})
