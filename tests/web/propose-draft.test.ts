import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { instantiate } from '../../policies/index.ts'
import {
  emptyProposal,
  type ProposeDraft,
  proposalKinds,
  proposeProblems,
  readLicence,
  reasonHint,
} from '../../web/src/governance/propose-draft.ts'
import {
  toAttestation,
  toDelegation,
  toElection,
  toMember,
} from '../../web/src/governance/propose-input.ts'
import { loadAreas } from '../../web/src/i18n/area.ts'
import { propose } from '../../web/src/i18n/areas/propose.ts'
import { translator } from '../../web/src/i18n/translate.ts'

const template: unknown = JSON.parse(
  readFileSync(new URL('../../policies/licences/open.json', import.meta.url), 'utf8'),
)
const licence = JSON.stringify(
  instantiate(template, {
    licence: 'urn:commonhold:licence:test:1',
    target: 'urn:commonhold:dataset:test',
    assigner: 'urn:commonhold:community:test',
    title: 'Open',
    home: ['NZ'],
    region: [],
  }),
)

const complete: ProposeDraft = {
  ...emptyProposal,
  name: 'Rita',
  email: 'rita@example.org',
  actorKind: 'academic',
  document: licence,
  grant: 'g_1',
  body: 'guardians',
  members: ['m_1'],
  member: 'm_2',
  dataset: 'd_1',
  purposes: ['learning'],
  actions: ['download'],
  until: '2027-01-01',
  delegation: 'v_1',
  reason: 'We read a letter of her university.',
}
const faults = (change: Partial<ProposeDraft>) =>
  proposeProblems({ ...complete, ...change }).map(({ field }) => field)

describe('the form for a proposal', () => {
  it.each(proposalKinds)('has nothing to complain of in a complete %s', (kind) => {
    expect(faults({ kind })).toEqual([])
  })

  it.each([
    ['name', { kind: 'member', name: '' }],
    ['email', { kind: 'member', email: 'rita' }],
    ['email', { kind: 'attestation', email: '' }],
    ['actorKind', { kind: 'attestation', actorKind: '' }],
    ['document', { kind: 'licence', document: '{}' }],
    ['grant', { kind: 'revocation', grant: ' ' }],
    ['body', { kind: 'election', body: '' }],
    ['members', { kind: 'election', members: [] }],
    ['purposes', { kind: 'delegation', purposes: [] }],
    ['actions', { kind: 'delegation', actions: [] }],
    ['longestDays', { kind: 'delegation', longestDays: '0' }],
    ['longestDays', { kind: 'delegation', longestDays: 'ten' }],
    ['longestDays', { kind: 'delegation', longestDays: '1827' }],
    ['largestTeam', { kind: 'delegation', largestTeam: '21' }],
    ['until', { kind: 'delegation', until: '' }],
    ['delegation', { kind: 'delegationEnd', delegation: '' }],
    ['member', { kind: 'end', member: '' }],
    ['dataset', { kind: 'takedown', dataset: '' }],
    ['reason', { kind: 'member', reason: '' }],
  ])('names the field %s when only that is wrong', (field, change) => {
    expect(faults(change)).toEqual([field])
  })

  it('tells whoever takes access back that the reason stays public for ever', async () => {
    await loadAreas('de')
    const hint = (locale: string, kind: string) =>
      translator(propose, locale).code('field.reason', reasonHint(kind))
    expect(hint('en', 'revocation')).toMatch(/public log for ever/)
    expect(hint('de', 'revocation')).toMatch(/für immer im öffentlichen Protokoll/)
    expect(hint('en', 'member')).not.toMatch(/for ever/)
  })

  it.each(['election', 'end', 'takedown'])(
    'asks whoever proposes an %s to name nobody in public',
    (kind) => {
      const hint = translator(propose, 'en').code('field.reason', reasonHint(kind))
      expect(hint).toMatch(/public log for ever/)
      expect(hint).toMatch(/Name nobody/)
    },
  )

  it('elects exactly those who are ticked', () => {
    const { body, members } = toElection('c1', complete)
    expect({ body, members }).toEqual({ body: 'guardians', members: ['m_1'] })
  })

  it('does not mind what was typed for another kind', () => {
    expect(faults({ kind: 'revocation', name: '', email: '', document: '{' })).toEqual([])
  })

  it('leaves unsaid what nobody vouches for', () => {
    expect(toAttestation('c1', complete)).toMatchObject({
      actorKind: 'academic',
      commercialTie: null,
      identityAssurance: null,
      country: null,
    })
    expect(toAttestation('c1', { ...complete, assurance: '2' }).identityAssurance).toBe(2)
    expect(toMember('c1', complete).group).toBeNull()
  })
})

describe('a licence as it is typed', () => {
  it('is read when it is one', () => {
    expect(readLicence(licence).ok).toBe(true)
  })

  it('is told apart from what is not JSON', () => {
    const read = readLicence(licence.slice(0, 40))
    expect(read).toMatchObject({ ok: false, problems: [] })
    expect(read.ok || read.notJson).toBeTruthy()
  })

  it('names each problem by its place', () => {
    const read = readLicence(licence.replace('sov:download', 'sov:dowload'))
    if (read.ok) throw new Error('a misspelt action was taken for a licence')
    expect(read.notJson).toBeNull()
    expect(read.problems[0]?.path).toMatch(/^\/permission\/\d/)
  })

  it('hands a decision over until the first moment of the day that was chosen', () => {
    const input = toDelegation('c_1', { ...complete, longestDays: '30', largestTeam: '2' })
    expect(input).toMatchObject({
      community: 'c_1',
      until: '2027-01-01T00:00:00Z',
      longestDays: 30,
      largestTeam: 2,
      noCommercialTie: true,
      actorKinds: [],
    })
  })
})
