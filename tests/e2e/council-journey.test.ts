import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castBallot } from '../support/journey.ts'
import { linkTo, mailsTo } from '../support/mailbox.ts'
import { PASSWORD, type Person } from '../support/person.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { browserPath, type Desk, launch, openDesk, tick } from './browser.ts'
import {
  type CouncilVillage,
  emailOf,
  foundCouncil,
  furnish,
  type SeatName,
} from './council-village.ts'
import { axeFaults, overflow } from './faults.ts'

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
const TABLET = { viewport: { width: 768, height: 1024 }, hasTouch: true }

describe.skipIf(!browserPath)('a council of five with groups and a guardian', () => {
  let server: ServerProcess
  let village: CouncilVillage
  let browser: Browser
  const desks = new Map<string, Desk>()
  let dataset = ''
  let request = ''
  let vote = ''
  let revocation = ''

  /** A browser of somebody's own, in which they are signed in already. */
  const sit = async (name: SeatName | 'researcher', options: object = {}): Promise<Desk> => {
    const known = desks.get(name)
    if (known) return known
    const person: Person = name === 'researcher' ? village.researcher : village.seat[name]
    const desk = await openDesk(browser, options)
    const [cookie = '', value = ''] = person.cookie().split('=')
    const url = server.url.replace('http:', 'https:')
    await desk.context.addCookies([{ name: cookie, value, url }])
    desks.set(name, desk)
    return desk
  }
  const go = async (desk: Desk, path: string): Promise<Desk> => {
    await desk.page.goto(`${server.url}${path}`, { waitUntil: 'networkidle' })
    return desk
  }
  const at = async (name: SeatName | 'researcher', path: string, options?: object): Promise<Desk> =>
    go(await sit(name, options), path)
  const main = ({ page }: Desk): Locator => page.locator('main')
  const press = (desk: Desk, name: string | RegExp) =>
    main(desk).getByRole('button', { name }).filter({ visible: true }).first().click()
  const sees = ({ page }: Desk, text: string | RegExp) =>
    page.getByText(text).filter({ visible: true }).first().waitFor()
  const ballot = () => `/decisions/${vote}/ballot`

  /** One of the acts below a vote: opened, its reason given, and sent. */
  const act = async (desk: Desk, title: string, button: string, reason?: string) => {
    const box = main(desk)
      .locator('details')
      .filter({ has: desk.page.locator('summary').getByText(title, { exact: true }) })
    if ((await box.getAttribute('open')) === null) await box.locator('summary').first().click()
    if (reason) await box.getByLabel('Why?').fill(reason)
    await box.getByRole('button', { name: button }).click()
  }

  /** Nothing that axe-core, the width of the window or the browser itself finds fault with. */
  const isSound = async ({ page, troubles }: Desk) => {
    const over = await overflow(page)
    expect([...(await axeFaults(page, 'light')), ...troubles]).toEqual([])
    expect(over).toBeLessThanOrEqual(0)
  }

  /** Moves on with the Tab key until it stands there. */
  const tabTo = async ({ page }: Desk, target: Locator) => {
    await target.waitFor()
    for (let steps = 0; steps < 120; steps += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`the keyboard does not reach ${target}`)
  }
  const enterOn = async (desk: Desk, target: Locator) => {
    await tabTo(desk, target)
    await desk.page.keyboard.press('Enter')
  }

  /** By keys alone: the answer, the look back, and the ballot. */
  const voteByKeys = async (desk: Desk, answer: RegExp) => {
    const { page } = desk
    const wanted = page.getByRole('radio', { name: answer })
    await tabTo(desk, page.getByRole('radio').first())
    await page.keyboard.press('Space')
    for (let steps = 0; steps < 4 && !(await wanted.isChecked()); steps += 1)
      await page.keyboard.press('ArrowDown')
    await enterOn(desk, page.getByRole('button', { name: 'Continue' }))
    await enterOn(desk, page.getByRole('dialog').getByRole('button', { name: 'Cast my ballot' }))
  }

  const voteByHand = async (desk: Desk, answer: RegExp) => {
    await tick(desk.page.getByRole('radio', { name: answer }))
    await press(desk, 'Continue')
    await desk.page.getByRole('dialog').getByRole('button', { name: 'Cast my ballot' }).click()
  }

  const state = async (id: string): Promise<{ phase: string; closesAt: string }> =>
    (
      await village.seat.aroha.run<{ proposal: { phase: string; closesAt: string } }>(
        'query ($id: ID!) { proposal(id: $id) { phase closesAt } }',
        { id },
      )
    ).proposal

  beforeAll(async () => {
    server = await startServer()
    village = await foundCouncil({ ...server })
    dataset = await furnish(village, { 'kupu.txt': Buffer.from('He kupu.\n') })
    browser = await launch()
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('somebody asks for access, and the council is to talk it over', async () => {
    const desk = await at('researcher', `/datasets/${dataset}/request`)
    const { page } = desk
    await tick(page.getByLabel('Research about the language'))
    await press(desk, 'Next')
    await tick(page.getByRole('radio', { name: 'A university or research institute' }))
    await tick(page.getByRole('radio', { name: 'No', exact: true }).first())
    await press(desk, 'Next')
    const promises = main(desk).getByRole('checkbox')
    for (let i = 0; i < (await promises.count()); i += 1) await tick(promises.nth(i))
    await page.getByLabel('What is the work?').fill('We study how verbs are used in stories.')
    await press(desk, 'Next')
    await press(desk, 'Send the request')
    await page.waitForURL(/\/requests\//)
    request = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await isSound(desk)
    const { request: asked } = await village.researcher.run<{
      request: { proposal: { id: string; phase: string } }
    }>('query ($id: ID!) { request(id: $id) { proposal { id phase } } }', { id: request })
    expect(asked.proposal.phase).toBe('deliberation')
    vote = asked.proposal.id
  }, 120_000)

  it('it comes back twice, and whoever decides sees what changed each time', async () => {
    const council = await at('chima', ballot(), TABLET)
    const researcher = await sit('researcher')
    const says = ['Say which stories you will read.', 'Say who else will see them.'] as const
    for (const [round, words] of says.entries()) {
      await go(council, ballot())
      await act(council, 'Return it with words', 'Return it', words)
      await sees(council, 'The vote opens once it has been handed in again.')
      await go(researcher, `/requests/${request}`)
      await sees(researcher, words)
      if (round === 0) await isSound(researcher)
      await main(researcher).getByRole('link', { name: 'Change it and hand it in again' }).click()
      await press(researcher, 'Next')
      await press(researcher, 'Next')
      const work = researcher.page.getByLabel('What is the work?')
      await work.fill(`${await work.inputValue()} Answer ${round + 1}.`)
      await press(researcher, 'Next')
      await press(researcher, 'Hand it in again')
      await researcher.page.waitForURL(`**/requests/${request}`)
    }
    await go(council, ballot())
    await sees(council, 'Handed in again (3)')
    expect(await main(council).locator('ins').filter({ hasText: 'Answer 2' }).count()).toBe(1)
    await isSound(council)
  }, 120_000)

  it('a steward opens the vote', async () => {
    const desk = await at('steward', ballot())
    await act(desk, 'Open the vote', 'Open the vote now')
    await sees(desk, /ballots? of 5/)
    expect((await state(vote)).phase).toBe('open')
  }, 120_000)

  it('one votes on a large screen with the keyboard alone', async () => {
    const desk = await openDesk(browser)
    desks.set('aroha', desk)
    const { page } = desk
    await page.goto(`${server.url}/sign-in?next=/inbox`, { waitUntil: 'networkidle' })
    await tabTo(desk, page.getByLabel('E-mail address'))
    await page.keyboard.type(emailOf('aroha'))
    await tabTo(desk, page.getByLabel('Password'))
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/inbox/)
    await isSound(desk)
    await enterOn(desk, page.locator(`main a[href="${ballot()}"]`).first())
    await page.waitForURL(/\/ballot/)
    await voteByKeys(desk, /^No\b(?! position)/)
    await sees(desk, 'You voted: No')
    await isSound(desk)
  }, 120_000)

  it('one votes on a phone', async () => {
    const desk = await at('bela', ballot(), PHONE)
    await voteByHand(desk, /^No\b(?! position)/)
    await sees(desk, 'You voted: No')
    await isSound(desk)
  }, 120_000)

  it('one votes on a third device and then stands aside', async () => {
    const desk = await at('chima', ballot())
    await voteByHand(desk, /^Yes/)
    await sees(desk, 'You voted: Yes')
    await act(desk, 'Stand aside', 'Stand aside', 'She is my cousin.')
    await sees(desk, 'You cannot vote here')
    await isSound(desk)
  }, 120_000)

  it('one votes by the link of an e-mail, on a phone without a script', async () => {
    const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${server.url}${await linkTo(server, emailOf('dana'), 'vote')}`)
    await page.getByRole('radio', { name: /^Yes/ }).check()
    await page.getByRole('button', { name: 'Cast my ballot' }).click()
    await page.getByRole('heading', { name: 'You voted: Yes' }).waitFor()
    expect(await page.locator('pre').innerText()).toContain('c2sp.org/tlog-proof@v1')
    expect(await context.cookies()).toEqual([])
    await context.close()
    const scripted = await openDesk(browser, PHONE)
    await scripted.page.goto(`${server.url}${await linkTo(server, emailOf('dana'), 'vote')}`)
    await isSound(scripted)
    await scripted.context.close()
  }, 120_000)

  it('one is heard through a meeting that two stewards vouch for', async () => {
    const steward = await at('steward', ballot())
    await main(steward).getByText('Enter the votes of a meeting', { exact: true }).click()
    await steward.page
      .getByLabel('The minute')
      .fill('We met at the wharf on Sunday. Eru said yes with his hand raised.')
    await steward.page.getByLabel('eru').selectOption({ label: 'Yes' })
    await press(steward, 'Enter these ballots')
    await sees(steward, 'waits for a second steward')
    await isSound(steward)
    const clerk = await at('clerk', ballot(), PHONE)
    await press(clerk, /^Confirm: this is what the meeting said/)
    await sees(clerk, 'confirmed')
    await isSound(clerk)
  }, 120_000)

  it('a change of mind on the last day keeps the vote open longer', async () => {
    const before = await state(vote)
    await server.days(13)
    const desk = await at('aroha', ballot())
    const { page } = desk
    await enterOn(desk, page.getByRole('link', { name: 'Change my ballot' }))
    await voteByKeys(desk, /^Yes/)
    await sees(desk, 'You voted: Yes')
    const after = await state(vote)
    const later = Date.parse(after.closesAt) - Date.parse(before.closesAt)
    expect(later).toBeGreaterThan(0)
    expect(later).toBeLessThanOrEqual(2 * 86_400_000)
    await server.days(1)
    expect((await state(vote)).phase).toBe('open')
    await go(desk, ballot())
    await sees(desk, /stays open longer/)
    await isSound(desk)
  }, 120_000)

  it('it passes, a guardian stops it for a while, and then it takes effect by itself', async () => {
    await server.days(1)
    const guardian = await at('guardian', ballot(), PHONE)
    await sees(guardian, 'Accepted')
    await isSound(guardian)
    await act(guardian, 'Veto', 'Cast the veto', 'The elders have not been told.')
    await act(guardian, 'Lift the veto', 'Lift the veto')
    await main(guardian).locator('summary').getByText('Veto', { exact: true }).waitFor()
    expect((await state(vote)).phase).toBe('standstill')
    await server.days(8)
    const council = await at('aroha', ballot())
    await sees(council, 'Heard through a meeting')
    await sees(council, 'stood aside')
    expect((await state(vote)).phase).toBe('enacted')
    await isSound(council)
    await isSound(await at('bela', `/decisions/${vote}`))
  }, 120_000)

  it('whoever asked holds a grant and downloads', async () => {
    const desk = await at('researcher', `/requests/${request}`)
    await main(desk).getByRole('link', { name: 'Go to your grant and its files' }).click()
    await desk.page.waitForURL(/\/grants#/)
    await desk.page.getByRole('link', { name: /Download kupu\.txt/ }).waitFor()
    await isSound(desk)
    const file = await village.researcher.fetch(
      `/datasets/${dataset}/versions/1.0.0/files/kupu.txt`,
    )
    expect(file.status).toBe(200)
  }, 120_000)

  it('the council takes the grant back', async () => {
    const desk = await at('bela', ballot())
    await main(desk).getByRole('link', { name: 'Propose to take this grant back' }).click()
    await desk.page.waitForURL(/\/propose/)
    await sees(desk, /valid until/)
    await desk.page.getByLabel('Why?', { exact: true }).fill('Copies were passed on.')
    await isSound(desk)
    await press(desk, 'Make the proposal')
    await main(desk).getByRole('link', { name: 'Go to the proposal' }).click()
    await desk.page.waitForURL(/\/ballot/)
    revocation = /decisions\/(.+)\/ballot/.exec(desk.page.url())?.[1] ?? ''
    await voteByHand(desk, /^Yes/)
    await sees(desk, 'You voted: Yes')
    for (const person of village.council.slice(2)) await castBallot(person, revocation, 'yes')
    await server.days(14)
    expect((await state(revocation)).phase).toBe('standstill')
  }, 120_000)

  it('an appeal holds it up, is dismissed by the assembly, and the grant ends', async () => {
    const path = `/decisions/${revocation}/ballot`
    const member = await at('contributor', path)
    await main(member).locator('summary').getByText('Appeal', { exact: true }).click()
    await tick(member.page.getByRole('radio', { name: 'Something important was not known' }))
    await main(member).getByLabel('Why?').filter({ visible: true }).fill('It was another copy.')
    await press(member, 'Make the appeal')
    await sees(member, 'Decide the appeal')
    await isSound(member)
    expect((await state(revocation)).phase).toBe('appealed')
    const bela = await at('bela', path)
    // Whoever hears it reads why it was made, and that they have been heard.
    await sees(bela, 'It was another copy.')
    await press(bela, 'Dismiss: the decision stands')
    await sees(bela, 'Your voice is recorded.')
    const { aroha, dana, eru, clerk } = village.seat
    for (const { run } of [aroha, dana, eru, clerk]) {
      await run(
        'mutation ($input: DecideAppealInput!) { decideAppeal(input: $input) { refused { code } } }',
        { input: { proposal: revocation, upheld: false } },
      )
    }
    await server.days(8)
    expect((await state(revocation)).phase).toBe('enacted')
    const researcher = await at('researcher', '/grants')
    await sees(researcher, 'taken back')
    await isSound(researcher)
    const file = await village.researcher.fetch(
      `/datasets/${dataset}/versions/1.0.0/files/kupu.txt`,
    )
    expect(file.status).toBe(403)
    const told = await mailsTo(server, 'researcher@university.example')
    expect(told.map(({ subject }) => subject)).toContainEqual(expect.stringMatching(/revoked/))
  }, 120_000)

  it('a member puts an election, the end of a seat and a takedown to the vote', async () => {
    const desk = await at('bela', '/communities/coast')
    const { page } = desk
    const make = async () => {
      await page.getByLabel('Why?', { exact: true }).fill('We have talked about it for long.')
      await tick(page.getByLabel('Talk it over first'))
      await isSound(desk)
      await press(desk, 'Make the proposal')
      await main(desk).getByRole('link', { name: 'Go to the proposal' }).click()
      await page.waitForURL(/\/ballot/)
      await sees(desk, 'Voting has not been opened yet.')
    }
    await main(desk).getByRole('link', { name: 'Propose who sits in a body' }).click()
    await page.getByLabel('Which body?').selectOption({ label: 'Guardians' })
    await tick(page.getByRole('checkbox', { name: 'contributor (hill)' }))
    await page.getByRole('checkbox', { name: 'guardian (point)' }).uncheck()
    await sees(desk, 'Would leave the body: guardian')
    await make()
    await sees(desk, 'contributor')
    await go(desk, '/communities/coast')
    await main(desk).getByRole('link', { name: 'Propose that a membership ends' }).click()
    await page.getByLabel('Whose membership?').selectOption({ label: 'eru, Council' })
    await make()
    await go(desk, `/datasets/${dataset}`)
    await main(desk).getByRole('link', { name: 'Propose to take it down for good' }).click()
    await sees(desk, 'It cannot be opened again.')
    await make()
    await sees(desk, 'Take a dataset down')
  }, 120_000)
})
