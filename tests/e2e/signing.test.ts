import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Registry, startRegistry } from '../support/registry.ts'
import { found, type Village } from '../support/village.ts'
import { browserPath, type Desk, launch, openDesk, signInOn, tick } from './browser.ts'
import { axeFaults } from './faults.ts'

const PASSWORD = 'a long enough password'

describe.skipIf(!browserPath)('a council that meets where there is no line', () => {
  let registry: Registry
  let village: Village
  let browser: Browser
  let proposal = ''

  const seat = async (name: string): Promise<Desk> => {
    const desk = await openDesk(browser, { viewport: { width: 360, height: 800 } })
    await signInOn(desk, registry.url, `${name}@village.example`, PASSWORD)
    await desk.page.goto(`${registry.url}/decisions/${proposal}/sign`, {
      waitUntil: 'networkidle',
    })
    return desk
  }
  const press = ({ page }: Desk, name: string) =>
    page.locator('main').getByRole('button', { name, exact: true }).click()
  const reads = ({ page }: Desk, text: string | RegExp) =>
    page.locator('main').getByText(text).first().waitFor()
  /** Signs with the line cut; gives what the device has written. */
  const sign = async (desk: Desk, choice: RegExp, reason = ''): Promise<string> => {
    await desk.context.setOffline(true)
    await tick(desk.page.getByRole('radio', { name: choice }))
    await desk.page.getByLabel('Your reason').fill(reason)
    await press(desk, 'Sign with this device')
    await reads(desk, 'Your ballot is signed')
    return desk.page.getByLabel('The signed ballot').inputValue()
  }
  const ballotOf = async (seatOf: number) => {
    const { proposal: seen } = await (village.council[seatOf] ?? village.steward).run<{
      proposal: { myBallot: { choice: string; reason: string | null } | null }
    }>('query ($id: ID!) { proposal(id: $id) { myBallot { choice reason } } }', { id: proposal })
    return seen.myBallot
  }

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    const { proposeAttestation: made } = await village.steward.run<{
      proposeAttestation: { proposal: { id: string } }
    }>(
      'mutation ($input: ProposeAttestationInput!) { proposeAttestation(input: $input) { proposal { id } } }',
      {
        input: {
          community: village.community,
          email: 'researcher@university.example',
          actorKind: 'academic',
          reason: 'They have shown us a letter.',
        },
      },
    )
    proposal = made.proposal.id
    browser = await launch()
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    expect(registry.faults).toEqual([])
    await registry.close()
  })

  it('signs on its own devices, and one of them hands all ballots in', async () => {
    const [one, two] = [await seat('one'), await seat('two')]
    for (const desk of [one, two]) {
      await press(desk, 'Prepare this device')
      await reads(desk, 'This device is ready to sign')
    }
    const first = await sign(one, /^Yes/)
    const second = await sign(two, /^Object/, 'We have not met them.')
    expect(await ballotOf(0)).toBeNull()
    const [jws = '', sealed = ''] = second.split('~')
    const forged = `${jws.slice(0, -4)}AAAA~${sealed}`
    await one.context.setOffline(false)
    await one.page.getByLabel('Or paste ballots here').fill(`${first}\n${second}\n${forged}\n`)
    await press(one, 'Hand them in')
    await reads(one, '2 ballots are in the log.')
    await reads(one, /Ballot 3 does not count: The signature does not fit/)
    expect(await ballotOf(0)).toEqual({ choice: 'yes', reason: null })
    expect(await ballotOf(1)).toEqual({ choice: 'object', reason: 'We have not met them.' })
    expect(await axeFaults(one.page, 'light')).toEqual([])

    await one.page.goto(`${registry.url}/decisions/${proposal}/ballot`)
    await reads(one, /The ballot that your device signed stands/)
    await one.page.goto(`${registry.url}/account`)
    await reads(one, 'Devices that sign your ballots')
    await one.page.goto(`${registry.url}/decisions/${proposal}/sign`, { waitUntil: 'networkidle' })
    await reads(one, 'This device is ready to sign')
    await one.page.getByRole('button', { name: /^End this key/ }).click()
    await reads(one, 'The key of this device has been ended')
    expect(one.troubles).toEqual([])
    expect(two.troubles.filter((one) => !/ERR_INTERNET_DISCONNECTED/.test(one))).toEqual([])
    await registry.house.services.log.checkpoint()
    expect(await registry.house.audit()).toEqual([])
  }, 180_000)
})
