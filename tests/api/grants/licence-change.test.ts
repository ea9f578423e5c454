import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../../api/src/log/index.ts'
import { licenceDigest, parseLicence } from '../../../policies/index.ts'
import { castBallot, decide, requestAccess, requestInput } from '../../support/journey.ts'
import { accept, duty, see } from './duties.ts'
import { eventsSince, type Held, hold, sizeOf, urlOf } from './held.ts'

type Json = Record<string, unknown>
interface Document extends Json {
  uid: string
  permission: { target: string; action: string[]; constraint?: Json[]; duty?: Json[] }[]
  prohibition: Json[]
}

const IMPACT = 'impact { datasets grants reaccept closed duties }'

describe('a licence that changes while a grant is in force', () => {
  let held: Held
  let licence: { digest: string; id: string; document: Document }

  const current = async () => {
    const { licences } = held.registry.house.services
    const [newest] = await licences.adoptedBy(held.village.community)
    if (!newest) throw new Error('no licence')
    return { ...newest, document: structuredClone(newest.document) as Document }
  }

  /** The council adopts a changed version; answers what the ballot told of its impact. */
  const adopt = async (change: (document: Document) => void) => {
    const { id, version, document } = await current()
    document.uid = `${document.uid}+${version}`
    change(document)
    const { proposeLicence } = await held.village.steward.run<{
      proposeLicence: {
        proposal: { id: string; subject: { impact: object } } | null
        refused: object | null
      }
    }>(
      `mutation ($input: ProposeLicenceInput!) { proposeLicence(input: $input) {
         proposal { id subject { ${IMPACT} } } refused { code message reasons { text } } } }`,
      {
        input: { community: held.village.community, replaces: id, document, reason: 'We agreed.' },
      },
    )
    if (!proposeLicence.proposal) throw new Error(JSON.stringify(proposeLicence.refused))
    await decide(held.village, proposeLicence.proposal.id)
    return { impact: proposeLicence.proposal.subject.impact, digest: (await current()).digest }
  }

  const fetchFile = async () => {
    const response = await held.village.researcher.fetch(urlOf(held.published, 'words.txt'))
    return response.ok ? 'ok' : ((await response.json()) as { code: string }).code
  }
  const state = async () => (await see(held.village.researcher, held.grant))?.state

  beforeAll(async () => {
    held = await hold()
    licence = await current()
  }, 120_000)
  afterAll(() => held.registry.close())

  it('says on the dataset which version was voted for and which is in force beside it', async () => {
    const query = `query ($id: ID!) { dataset(id: $id) { version { licence { digest } newerLicence { digest } } } }`
    const shown = () =>
      held.village.researcher.run<{ dataset: { version: object } }>(query, {
        id: held.published.dataset,
      })
    expect((await shown()).dataset.version).toEqual({
      licence: { digest: licence.digest },
      newerLicence: null,
    })
    const { digest } = await adopt((document) => {
      document.permission[1]?.action.push('sov:useInPlace')
    })
    expect((await shown()).dataset.version).toEqual({
      licence: { digest: licence.digest },
      newerLicence: { digest },
    })
  })

  it('changes nothing for a grant when it is wider, and reaches no data given for less', async () => {
    expect([await state(), await fetchFile()]).toEqual(['active', 'ok'])
    const use = { purposes: ['linguisticResearch'], actions: ['useInPlace'] }
    const wider = await requestAccess(
      held.village.researcher,
      requestInput(held.published.dataset, { use }),
    )
    expect(wider.refused?.code).toBe('NOT_PERMITTED')
    expect(await accept(held.village.researcher, held.grant, (await current()).digest)).toBe(
      'NOTHING_TO_ACCEPT',
    )
  })

  it('tells the voters before: what it asks for and of how many', async () => {
    const { impact } = await adopt((document) => {
      document.permission[1]?.duty?.push({
        uid: `${document.uid}#secure`,
        action: 'sov:secureStorage',
      })
    })
    expect(impact).toEqual({ datasets: 1, grants: 1, reaccept: 1, closed: 0, duties: 3 })
  })

  it('shuts the door at once where it asks for more, and says the way', async () => {
    expect(await fetchFile()).toBe('REACCEPT_NEEDED')
    const seen = await see(held.village.researcher, held.grant)
    expect(seen).toMatchObject({
      state: 'reacceptNeeded',
      newTerms: { duties: [{ kind: 'secureStorage', withinDays: null }] },
    })
    const plain = await requestAccess(
      held.village.researcher,
      requestInput(held.published.dataset, { project: 'Another look at the verbs of the river.' }),
    )
    expect(plain.refused).toMatchObject({ code: 'DUTIES_NOT_ACCEPTED' })
  })

  it('opens it again for the holder who accepts the version that was read, in one event', async () => {
    const { digest } = await current()
    expect(await accept(held.village.steward, held.grant, digest)).toBe('NOT_FOUND')
    expect(await accept(held.village.researcher, held.grant, licence.digest)).toBe(
      'TERMS_CHANGED licence',
    )
    expect(await fetchFile()).toBe('REACCEPT_NEEDED')
    const size = await sizeOf(held.registry)
    expect(await accept(held.village.researcher, held.grant, digest)).toBe('ok')
    expect(await sizeOf(held.registry)).toBe(size + 1)
    const [event] = await eventsSince(held.registry, size, 'licence.accepted')
    expect(event?.data).toMatchObject({ grant: held.grant, licence: digest })
    expect([await state(), await fetchFile()]).toEqual(['active', 'ok'])
    expect((await duty(held.village.researcher, held.grant, 'secureStorage')).phase).toBe(
      'scheduled',
    )
  })

  it('is what the agreement of the grant says from then on, duties included', async () => {
    const path = `/grants/${held.grant}/agreement.jsonld`
    const agreement = await (await held.village.researcher.fetch(path)).text()
    expect(agreement).toContain(`"sov:licenceDigest":"${(await current()).digest}"`)
    expect(agreement).toContain('"action":"sov:secureStorage"')
  })

  it('asks again when only a date comes sooner, and the new date counts from the acceptance', async () => {
    await adopt((document) => {
      const report = document.permission[1]?.duty?.find(({ uid }) =>
        String(uid).endsWith('#report'),
      )
      const [by] = (report?.constraint ?? []) as Json[]
      if (by) by.rightOperand = { '@value': 'P90D', '@type': 'xsd:duration' }
    })
    expect(await state()).toBe('reacceptNeeded')
    const before = await duty(held.village.researcher, held.grant)
    const now = held.registry.house.services.log.now()
    expect(await accept(held.village.researcher, held.grant, (await current()).digest)).toBe('ok')
    const after = await duty(held.village.researcher, held.grant)
    expect(Date.parse(after.dueAt ?? '')).toBeLessThanOrEqual(Date.parse(before.dueAt ?? ''))
    expect(Date.parse(after.dueAt ?? '')).toBeGreaterThan(now)
    expect([await state(), await fetchFile()]).toEqual(['active', 'ok'])
  })

  it('closes a grant whose use it no longer allows; no acceptance helps', async () => {
    const { impact, digest } = await adopt((document) => {
      document.prohibition.push({
        uid: `${document.uid}#no-linguistics`,
        target: document.prohibition[0]?.target,
        action: ['use'],
        constraint: [
          {
            uid: `${document.uid}#linguistics`,
            leftOperand: 'purpose',
            operator: 'isAnyOf',
            rightOperand: [{ '@id': 'sov:linguisticResearch' }],
          },
        ],
      })
    })
    expect(impact).toMatchObject({ grants: 1, reaccept: 0, closed: 1 })
    expect([await state(), await fetchFile()]).toEqual(['narrowed', 'LICENCE_NARROWED'])
    expect(await accept(held.village.researcher, held.grant, digest)).toBe('LICENCE_NARROWED')
  })

  it('counts only what the one who asks may see', async () => {
    const { id, document } = await current()
    const input = { community: held.village.community, licence: id, document }
    const ask = async () => {
      const { licenceImpact } = await held.village.researcher.run<{ licenceImpact: object }>(
        'query ($input: LicenceImpactInput!) { licenceImpact(input: $input) { datasets grants } }',
        { input },
      )
      return licenceImpact
    }
    expect(await ask()).toEqual({ datasets: 1, grants: 1 })
    const other = { ...input, licence: 'l_0000000000000000' }
    const { licenceImpact } = await held.village.researcher.run<{ licenceImpact: object }>(
      'query ($input: LicenceImpactInput!) { licenceImpact(input: $input) { datasets grants } }',
      { input: other },
    )
    expect(licenceImpact).toEqual({ datasets: 0, grants: 0 })
  })

  interface Proposed {
    readonly proposal: { readonly id: string } | null
    readonly refused: { readonly code: string; readonly field: string | null } | null
  }

  /** Asks for the newest version with one bar more, as another licence of this name where none is replaced. */
  const barring = async (name: string, action: string, changes: object = {}): Promise<Proposed> => {
    const { id, document } = await current()
    const bar = { uid: `${document.uid}#${name}`, target: document.permission[0]?.target, action }
    const changed = {
      ...document,
      uid: `${document.uid}+${name}`,
      prohibition: [...document.prohibition, bar],
    }
    const { proposeLicence } = await held.village.steward.run<{ proposeLicence: Proposed }>(
      'mutation ($input: ProposeLicenceInput!) { proposeLicence(input: $input) { proposal { id } refused { code field } } }',
      {
        input: {
          ...{ community: held.village.community, replaces: id, reason: 'One of two.' },
          ...{ document: changed, ...changes },
        },
      },
    )
    return proposeLicence
  }

  it('waits while a vote on the same licence is under way, and no longer', async () => {
    const { version } = await current()
    const first = (await barring('no-previews', 'sov:preview')).proposal?.id ?? ''
    expect(await barring('no-deriving', 'sov:derive')).toEqual({
      proposal: null,
      refused: { code: 'ALREADY_PROPOSED', field: 'replaces' },
    })
    // A name that lies before the voters is taken, for another licence as well.
    expect((await barring('no-previews', 'sov:derive', { replaces: null })).refused).toEqual({
      code: 'BAD_INPUT',
      field: 'document/uid',
    })
    await decide(held.village, first)
    expect((await current()).version).toBe(version + 1)
    const at = await Promise.all(
      ['a', 'b'].map((name) => barring(`no-deriving-${name}`, 'sov:derive', { deliberate: true })),
    )
    // Of two that come at once, one is asked.
    expect(at.map(({ refused }) => refused?.code)).toEqual(
      expect.arrayContaining([undefined, 'ALREADY_PROPOSED']),
    )
    const open = at.find(({ proposal }) => proposal)?.proposal?.id ?? ''
    await held.village.steward.run(
      'mutation ($id: ID!) { withdrawProposal(proposal: $id) { refused { code } } }',
      { id: open },
    )
    expect((await barring('no-deriving-c', 'sov:derive', { deliberate: true })).refused).toBeNull()
  })

  it('is compared with what it would replace, also where that was adopted while the vote was open', async () => {
    const { id, version, document } = await current()
    const { governance, people } = held.registry.house.services
    const account = await people.accountByEmail(held.village.steward.email)
    if (!account) throw new Error('no steward')
    /** As another process would that has not heard of the vote on the first. */
    const propose = async (name: string, action: string): Promise<string> => {
      const bar = { uid: `${document.uid}#${name}`, target: document.permission[0]?.target, action }
      const changed = {
        ...document,
        uid: `${document.uid}+${name}`,
        prohibition: [...document.prohibition, bar],
      }
      const parsed = parseLicence(changed)
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
      const digest = licenceDigest(parsed.licence, sha256)
      const made = await governance.propose({
        ...{ community: held.village.community, title: name, text: 'One of two.' },
        effect: { kind: 'licence.adopt', licence: id, version: version + 1, digest },
        secret: { document: JSON.parse(parsed.licence.canonical) },
        sponsor: { account, session: 's', scopes: null },
        cmd: `x_${name}`,
      })
      if (!made.ok) throw new Error(made.message)
      return made.proposal.id
    }
    const wider = async (proposal: string) => {
      const read = await held.village.steward.run<{
        proposal: { subject: { changes: { wider: string[] } } }
      }>('query ($id: ID!) { proposal(id: $id) { subject { changes { wider } } } }', {
        id: proposal,
      })
      return read.proposal.subject.changes.wider
    }
    const first = await propose('not-in-place', 'sov:useInPlace')
    await held.registry.days(10)
    const second = await propose('no-training', 'sov:train')
    expect(await wider(second)).toEqual([])
    for (const person of held.village.council) await castBallot(person, first, 'yes')
    await held.registry.days(13)
    expect((await current()).version).toBe(version + 1)
    // It bars nothing of what the other has barred meanwhile.
    expect(await wider(second)).toEqual([expect.stringContaining('without a copy')])
    await decide(held.village, second)
    expect((await current()).version).toBe(version + 2)
    expect(await wider(second)).toEqual([expect.stringContaining('without a copy')])
    expect(await wider(first)).toEqual([])
  })

  /** What a proposal of the newest version is told once it was changed. */
  const refusedFor = async (change: (text: string) => string) => {
    const { id, document } = await current()
    const input = { community: held.village.community, replaces: id, reason: 'Again.' }
    const { proposeLicence } = await held.village.steward.run<{
      proposeLicence: { refused: { code: string; field: string | null } | null }
    }>(
      'mutation ($input: ProposeLicenceInput!) { proposeLicence(input: $input) { refused { code field } } }',
      { input: { ...input, document: JSON.parse(change(JSON.stringify(document))) } },
    )
    return [proposeLicence.refused?.code, proposeLicence.refused?.field]
  }

  it('cannot be adopted word for word a second time', async () => {
    expect(await refusedFor((text) => text)).toEqual(['ALREADY_ADOPTED', 'document'])
  })

  it('cannot take the name of an adopted version for other terms', async () => {
    const lengthen = (text: string) => text.replace('"P90D"', '"P91D"')
    expect(await refusedFor(lengthen)).toEqual(['BAD_INPUT', 'document/uid'])
  })

  it('cannot speak for another community, nor of what is theirs', async () => {
    const { uid } = (await current()).document
    const { community } = held.village
    const own = `"urn:commonhold:community:${community}`
    const renamed = (from: string, to: string) => (text: string) =>
      text.replaceAll(uid, `${uid}+x`).replaceAll(from, to)
    const other = '"urn:commonhold:community:c_0000000000000000'
    expect(await refusedFor(renamed(`${own}"`, `${other}"`))).toEqual([
      'BAD_INPUT',
      'document/permission/0/assigner',
    ])
    expect(await refusedFor(renamed(`${own}:`, `${other}:`))).toEqual([
      'BAD_INPUT',
      'document/permission/0/target',
    ])
    // Whose name merely begins like one's own is another.
    expect(await refusedFor(renamed(`${own}"`, `${own}x"`))).toEqual([
      'BAD_INPUT',
      'document/permission/0/assigner',
    ])
  })

  it('reports no fault', () => {
    expect(held.registry.faults).toEqual([])
  })
})
