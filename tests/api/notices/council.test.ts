import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castBallot } from '../../support/journey.ts'
import { mailsTo, verifyEmail } from '../../support/mailbox.ts'
import { join, type Person } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { type Seated, seatAll } from '../../support/seats.ts'

const SEATS = [
  { name: 'one', bodies: ['council'], group: 'up the river' },
  { name: 'two', bodies: ['council'], group: 'down the river' },
  { name: 'three', bodies: ['council'], group: 'by the sea' },
  { name: 'guardian', bodies: ['guardians'], group: 'by the sea' },
  { name: 'keeper', bodies: ['stewards'], group: 'by the sea' },
  { name: 'helper', bodies: ['stewards'], group: 'up the river' },
  { name: 'cousin', bodies: [], group: 'up the river' },
]
const COUNCIL = ['one', 'two', 'three']
const mailOf = (name: string) => `${name}@village.example`

describe('what a council is told', () => {
  let registry: Registry
  let people: Seated['people']
  let community: string

  beforeAll(async () => {
    registry = await startRegistry()
    const founders = SEATS.map((seat) => ({ ...seat, email: mailOf(seat.name) }))
    ;({ community, people } = await seatAll(registry, founders, 'council-with-groups'))
    for (const name of ['helper', 'cousin']) await verifyEmail(registry, mailOf(name))
    await join(registry, 'outsider@elsewhere.example')
  }, 120_000)
  afterAll(async () => {
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  const who = (name: string): Person => {
    const person = people[mailOf(name)]
    if (!person) throw new Error(`nobody is called ${name}`)
    return person
  }
  const run = (name: string, mutation: string, type: string, input: object) =>
    who(name).run(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { refused { code message } } }`,
      { input },
    )
  const propose = async (): Promise<string> => {
    const { proposeAttestation: made } = await who('one').run<{
      proposeAttestation: { proposal: { id: string } }
    }>(
      'mutation ($input: ProposeAttestationInput!) { proposeAttestation(input: $input) { proposal { id } } }',
      {
        input: {
          community,
          email: 'outsider@elsewhere.example',
          actorKind: 'academic',
          reason: 'They have shown us a letter.',
        },
      },
    )
    return made.proposal.id
  }
  /** Who has a notice of this kind about this vote, and how many of them. */
  const told = async (kind: string, proposal: string): Promise<readonly string[]> => {
    await registry.house.post()
    await registry.house.post()
    const { people: all, notices } = registry.house.services
    const found = await Promise.all(
      SEATS.map(async ({ name }) => {
        const account = (await all.accountByEmail(mailOf(name)))?.id ?? ''
        const mine = await notices.notices(account, 200)
        return mine
          .filter((one) => one.kind === kind && one.about.proposal === proposal)
          .map(() => name)
      }),
    )
    return found.flat().sort()
  }
  const subjects = async (name: string) =>
    (await mailsTo(registry, mailOf(name))).map(({ subject }) => subject)

  describe('of ballots from a meeting', () => {
    let proposal = ''
    beforeAll(async () => {
      proposal = await propose()
      const seats = await registry.house.services.people.members(community)
      const member = seats.find(({ name }) => name === 'two')?.id
      await run('keeper', 'enterMinute', 'EnterMinuteInput', {
        proposal,
        text: 'We met under the old tree and Two said yes.',
        ballots: [{ member, choice: 'yes' }],
      })
    })

    it('the other steward hears once that they wait, in the registry and by mail', async () => {
      expect(await told('minute-waiting', proposal)).toEqual(['helper'])
      const mails = await mailsTo(registry, mailOf('helper'))
      const mine = mails.filter(({ subject }) => subject.startsWith('Please confirm or leave:'))
      expect(mine).toHaveLength(1)
      expect(mine[0]?.text).toContain(`/decisions/${proposal}/ballot`)
    })

    it('whoever was heard there learns of it, and nobody else', async () => {
      expect(await told('ballot-entered', proposal)).toEqual(['two'])
    })
  })

  it('of an appeal: those who hear it and those who had voted, but not who lodged it', async () => {
    const proposal = await propose()
    for (const name of COUNCIL) await castBallot(who(name), proposal, 'yes')
    await registry.days(14)
    expect(await told('appeal-lodged', proposal)).toEqual([])
    await run('cousin', 'appeal', 'AppealInput', {
      proposal,
      grounds: 'new-facts',
      reason: 'The letter is not real.',
    })
    const everybodyElse = SEATS.map(({ name }) => name).filter((name) => name !== 'cousin')
    expect(await told('appeal-lodged', proposal)).toEqual(everybodyElse.sort())
    expect(await subjects('helper')).toContainEqual(
      expect.stringMatching(/^An appeal was lodged: Vouch for facts/),
    )
    const [mail] = (await mailsTo(registry, mailOf('helper'))).filter(({ subject }) =>
      subject.startsWith('An appeal was lodged'),
    )
    expect(mail?.text).not.toContain('The letter is not real')
    expect(mail?.text).not.toContain('cousin')
  })

  it('of a vote that is held again: everybody in the community, once each', async () => {
    const first = await propose()
    for (const name of ['one', 'two'])
      await run(name, 'recuse', 'ReasonInput', { proposal: first, reason: 'It is my kin.' })
    await registry.days(15)
    const { governance } = registry.house.services
    const second = (await governance.proposal(first))?.rerunAs ?? ''
    expect(second).not.toBe('')
    expect(await told('vote-opened', second)).toEqual([...COUNCIL].sort())
    expect(await told('vote-again', second)).toEqual(['cousin', 'guardian', 'helper', 'keeper'])
    const again = (await subjects('cousin')).filter((one) => /^Put to the vote again/.test(one))
    expect(again).toHaveLength(1)
  })

  it('in German, as a draft, to whoever asked for that', async () => {
    await who('helper').run(
      'mutation ($input: NoticeSettingsInput!) { saveNoticeSettings(input: $input) { refused { code } } }',
      { input: { language: 'de', mode: 'each', off: [] } },
    )
    const proposal = await propose()
    for (const name of COUNCIL) await castBallot(who(name), proposal, 'yes')
    await registry.days(14)
    await run('one', 'appeal', 'AppealInput', {
      proposal,
      grounds: 'procedure',
      reason: 'Nobody was asked.',
    })
    await registry.house.post()
    const mail = (await mailsTo(registry, mailOf('helper'))).at(-1)
    expect(mail?.subject).toMatch(/^Es wurde Einspruch eingelegt: Vouch for facts/)
    expect(mail?.text).toContain('Diese Übersetzung wurde noch von niemandem geprüft.')
  })
})
