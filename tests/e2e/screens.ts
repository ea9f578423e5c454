import type { Page } from 'playwright-core'
import type { Part, Props } from './cast.ts'

/** One state of one page, as somebody meets it. */
export interface Screen {
  readonly name: string
  readonly path: (props: Props) => string
  /** Who looks at it; nobody is signed in where this is not said. */
  readonly as?: Part
  /** The status of the page itself. */
  readonly status?: number
  /** On a registry without any community. */
  readonly empty?: boolean
  /** Words typed on an earlier visit, by the name of the draft. */
  readonly drafts?: (props: Props) => Readonly<Record<string, object>>
  /** What the person does before looking. */
  readonly act?: (page: Page) => Promise<unknown>
  /** The browser itself speaks of the broken line. */
  readonly broken?: boolean
}

const press = (name: string | RegExp) => (page: Page) =>
  page.locator('main').getByRole('button', { name }).first().click()

const sees = (text: string | RegExp) => (page: Page) => page.getByText(text).first().waitFor()

const ask = (params: string) => `?${params}#answer`

const at = (path: string) => () => path

/** Opens the first link of one kind that lies in the outbox; its port is that of the seed. */
const mailed = (kind: string) => async (page: Page) => {
  const link = page.locator(`article a[href*="/${kind}/"]`).first()
  const address = new URL((await link.getAttribute('href')) ?? '')
  await page.goto(new URL(address.pathname, page.url()).href)
}

const castByLink = async (page: Page) => {
  await mailed('vote')(page)
  await page.getByRole('radio', { name: /^Yes/ }).check()
  await press('Cast my ballot')(page)
  await sees('You voted: Yes')(page)
}

const signBallot = async (page: Page) => {
  await press('Prepare this device')(page)
  await page.getByRole('radio', { name: /^Yes/ }).check()
  await press('Sign with this device')(page)
  await sees('Your ballot is signed')(page)
}

const outbox = at('/dev/outbox?to=council-3@rimu-bay.example')

/** Pages behind the links of e-mails: no script, no session. */
const mailPages: readonly Screen[] = [
  { name: 'outbox', path: outbox },
  { name: 'vote-link', path: outbox, act: mailed('vote') },
  { name: 'vote-link-cast', path: outbox, act: castByLink },
  { name: 'vote-link-wrong', path: at('/vote/nothing'), status: 404 },
  { name: 'unsubscribe', path: outbox, act: mailed('unsubscribe') },
  { name: 'forgot', path: at('/forgot') },
]

const reading: readonly Screen[] = [
  { name: 'catalogue', path: at('/') },
  { name: 'catalogue-filtered', path: at('/?kind=parallel&language=en') },
  { name: 'catalogue-empty', path: at('/?q=nothing+has+this+name') },
  { name: 'dataset', path: ({ published }) => `/datasets/${published}` },
  { name: 'dataset-kept', path: ({ kept }) => `/datasets/${kept}` },
  { name: 'dataset-suspended', path: ({ suspended }) => `/datasets/${suspended}` },
  { name: 'dataset-embargoed', path: ({ embargoed }) => `/datasets/${embargoed}` },
  { name: 'dataset-missing', path: at('/datasets/nothing'), status: 404 },
  { name: 'dataset-gone', path: ({ gone }) => `/datasets/${gone}`, status: 410 },
  {
    name: 'version-changes',
    path: ({ revised }) => `/datasets/${revised}/versions/1.0.0...1.1.0`,
  },
  {
    name: 'preview',
    path: ({ open }) => `/datasets/${open}/preview?purpose=linguisticResearch&promise=attribute`,
  },
  { name: 'preview-refused', path: ({ published }) => `/datasets/${published}/preview` },
  {
    name: 'use-permitted',
    path: ({ open }) =>
      `/datasets/${open}${ask('purpose=linguisticResearch&action=download&actor=academic&tie=no&country=DE')}`,
  },
  {
    name: 'use-denied',
    path: ({ published }) =>
      `/datasets/${published}${ask('purpose=commercialProduct&action=download&actor=commercial&tie=yes')}`,
  },
  {
    name: 'use-referred',
    path: ({ published }) =>
      `/datasets/${published}${ask('purpose=linguisticResearch&action=download&actor=academic&tie=no&country=DE')}`,
  },
  { name: 'duties', path: at('/communities/amber-valley/duties') },
  { name: 'communities', path: at('/communities') },
  { name: 'community', path: at('/communities/rimu-bay') },
  { name: 'community-missing', path: at('/communities/nothing'), status: 404 },
  { name: 'catalogue-use', path: at('/?for=linguisticResearch&as=academic') },
  { name: 'licence', path: ({ licence }) => `/licences/${licence}` },
  { name: 'licences', path: at('/licences') },
  { name: 'together-one', path: ({ published }) => `/licences/together?d=${published}` },
  {
    name: 'together',
    path: ({ published, open }) => `/licences/together?d=${published}&d=${open}`,
  },
  {
    name: 'together-kept',
    path: ({ kept, open }) => `/licences/together?d=${kept}&d=${open}`,
  },
  { name: 'decisions', path: at('/decisions') },
  { name: 'decision-joint', path: ({ jointVote }) => `/decisions/${jointVote}` },
  { name: 'receipt', path: at('/receipt') },
  { name: 'decision-open', path: ({ inVote }) => `/decisions/${inVote}` },
  { name: 'decision-enacted', path: ({ enacted }) => `/decisions/${enacted}` },
  { name: 'decision-rejected', path: ({ rejected }) => `/decisions/${rejected}` },
  { name: 'decisions-unanswered', path: at('/decisions?state=unanswered') },
  { name: 'decision-minute', path: ({ enacted }) => `/decisions/${enacted}/minute` },
  { name: 'log', path: at('/log') },
  { name: 'log-entry', path: ({ entry }) => `/log/entries/${entry}` },
  {
    name: 'log-entry-proved',
    path: ({ entry }) => `/log/entries/${entry}`,
    act: async (page) => {
      await press('Check now')(page)
      await sees(/This entry is in the/)(page)
    },
  },
  { name: 'about', path: at('/about') },
  { name: 'page-missing', path: at('/nothing-here'), status: 404 },
]

const arriving: readonly Screen[] = [
  { name: 'sign-in', path: at('/sign-in') },
  { name: 'sign-in-mistake', path: at('/sign-in'), act: press('Sign in') },
  { name: 'register', path: at('/register') },
  { name: 'register-mistake', path: at('/register'), act: press(/account/i) },
  { name: 'invitation', path: at('/invitations/a-code-of-an-invitation') },
  { name: 'account', path: at('/account'), as: 'researcher' },
  { name: 'account-contributor', path: at('/account'), as: 'contributor' },
  { name: 'sign-out', path: at('/sign-out'), as: 'researcher' },
  { name: 'no-permission', path: at('/account'), status: 403 },
  { name: 'set-up-done-already', path: at('/set-up') },
  {
    name: 'offline',
    path: at('/'),
    broken: true,
    act: async (page) => {
      await page.context().setOffline(true)
      await sees(/You are offline/)(page)
    },
  },
  {
    name: 'error',
    path: at('/about'),
    broken: true,
    act: async (page) => {
      await page.route('**/graphql', (route) => route.abort())
      await page.locator('header').getByRole('link', { name: 'Decisions' }).click()
      await page.locator('main').getByRole('button').first().waitFor()
    },
  },
]

const contribution = {
  community: '',
  title: 'Songs of the river',
  description: 'Songs that were sung at the river, written down in 2019.',
  kind: 'text',
  languages: 'mi',
  keywords: 'songs',
  basis: 'community',
  scope: 'For teaching in our schools and for research that the council approves.',
  maxStage: '4',
  evidence: 'Signed sheets in the office, folder 12.',
  minors: 'no',
}

const contributing: readonly Screen[] = [
  ...[0, 1, 2, 3].map(
    (step): Screen => ({
      name: `contribute-${step + 1}`,
      path: at('/contribute'),
      as: 'contributor',
      drafts: ({ published }) => ({
        contribute: step === 0 ? {} : { ...contribution, dataset: published, step },
      }),
    }),
  ),
  {
    name: 'contribute-mistake',
    path: at('/contribute'),
    as: 'contributor',
    act: async (page) => {
      await page.getByText('A new dataset').first().click()
      await press('Next')(page)
    },
  },
  {
    name: 'contribute-sending',
    path: at('/contribute'),
    as: 'contributor',
    drafts: ({ published }) => ({ contribute: { ...contribution, dataset: published, step: 1 } }),
    act: (page) =>
      page
        .locator('input[type=file]')
        .first()
        .setInputFiles({
          name: 'songs-of-the-river-as-they-were-sung-in-the-year-2019.txt',
          mimeType: 'text/plain',
          buffer: Buffer.from('He waiata.\n'.repeat(9000)),
        }),
  },
  {
    name: 'contribute-record',
    path: at('/contribute'),
    as: 'contributor',
    drafts: ({ published }) => ({
      contribute: { ...contribution, kind: 'speech', dataset: published, step: 1 },
    }),
    act: async (page) => {
      await press('Record here')(page)
      await press('Begin to record')(page)
      await page.getByRole('alert').waitFor()
    },
  },
  { name: 'assemble', path: ({ assembling }) => `/datasets/${assembling}/assemble`, as: 'steward' },
  { name: 'assemble-kept', path: ({ kept }) => `/datasets/${kept}/assemble`, as: 'keeper' },
  { name: 'dataset-steward', path: ({ published }) => `/datasets/${published}`, as: 'steward' },
]

const request = {
  purposes: ['linguisticResearch'],
  actions: ['download'],
  actorKind: 'academic',
  commercialTie: 'no',
  country: 'DE',
  control: 'elsewhere',
  ethicsApproval: 'yes',
  duties: ['attribute', 'reportBack'],
  project: 'We study how verbs are used in stories.',
  days: '365',
}

const asking: readonly Screen[] = [
  ...[0, 1, 2, 3].map(
    (step): Screen => ({
      name: `request-${step + 1}`,
      path: ({ published }) => `/datasets/${published}/request`,
      as: 'researcher',
      drafts: ({ published }) => ({ [`request.${published}`]: { ...request, step } }),
    }),
  ),
  {
    name: 'request-kept',
    path: ({ kept }) => `/datasets/${kept}/request`,
    as: 'researcher',
    drafts: ({ kept }) => ({ [`request.${kept}`]: { ...request, step: 2 } }),
  },
  {
    name: 'request-mistake',
    path: ({ published }) => `/datasets/${published}/request`,
    as: 'researcher',
    act: press('Next'),
  },
  { name: 'request-status', path: ({ request: id }) => `/requests/${id}`, as: 'researcher' },
  { name: 'request-standing', path: ({ answered }) => `/requests/${answered}`, as: 'invited' },
  { name: 'grants', path: at('/grants'), as: 'researcher' },
  {
    name: 'renew',
    path: at('/grants'),
    as: 'researcher',
    act: async (page) => {
      await page.getByRole('link', { name: 'Ask for a further term' }).first().click()
      await sees('What has changed since?')(page)
    },
  },
  { name: 'grants-shared', path: at('/grants'), as: 'invited' },
  {
    name: 'team-place',
    path: at('/grants'),
    as: 'invited',
    act: async (page) => {
      await page.getByRole('link', { name: 'Read and answer' }).first().click()
      await sees('Accept and join')(page)
    },
  },
  { name: 'community-duties', path: at('/communities/rimu-bay/duties'), as: 'council' },
]

const deciding: readonly Screen[] = [
  { name: 'inbox', path: at('/inbox'), as: 'council' },
  { name: 'notices', path: at('/notices'), as: 'council' },
  { name: 'inbox-empty', path: at('/inbox'), as: 'researcher' },
  { name: 'ballot-open', path: ({ inVote }) => `/decisions/${inVote}/ballot`, as: 'council' },
  { name: 'sign', path: ({ inVote }) => `/decisions/${inVote}/sign`, as: 'council' },
  {
    name: 'sign-signed',
    path: ({ inVote }) => `/decisions/${inVote}/sign`,
    as: 'council',
    act: signBallot,
  },
  { name: 'ballot-voted', path: ({ inVote }) => `/decisions/${inVote}/ballot`, as: 'voted' },
  {
    name: 'ballot-meeting',
    path: ({ inVote }) => `/decisions/${inVote}/ballot`,
    as: 'steward',
    act: (page) => page.getByText('Enter the votes of a meeting').click(),
  },
  { name: 'proxy', path: at('/communities/rimu-bay/proxy'), as: 'council' },
  { name: 'ballot-closed', path: ({ enacted }) => `/decisions/${enacted}/ballot`, as: 'council' },
  {
    name: 'ballot-version',
    path: ({ revising }) => `/decisions/${revising}/ballot`,
    as: 'council',
    act: (page) => page.getByText('What changed since version 1.0.0').click(),
  },
  { name: 'propose', path: at('/communities/rimu-bay/propose'), as: 'council' },
  {
    name: 'propose-election',
    path: at('/communities/rimu-bay/propose?kind=election'),
    as: 'council',
    act: (page) => page.getByLabel('Which body?').selectOption({ label: 'Council' }),
  },
  {
    name: 'propose-end-mistake',
    path: at('/communities/rimu-bay/propose?kind=end'),
    as: 'council',
    act: press('Make the proposal'),
  },
  {
    name: 'propose-takedown',
    path: ({ published }) => `/communities/rimu-bay/propose?kind=takedown&dataset=${published}`,
    as: 'council',
  },
  {
    name: 'propose-delegation',
    path: at('/communities/rimu-bay/propose?kind=delegation'),
    as: 'council',
  },
  {
    name: 'propose-delegation-mistake',
    path: at('/communities/rimu-bay/propose?kind=delegation'),
    as: 'council',
    act: press('Make the proposal'),
  },
  {
    name: 'ballot-delegation',
    path: ({ handing }) => `/decisions/${handing}/ballot`,
    as: 'council',
  },
  {
    name: 'pause-delegation',
    path: at('/communities/rimu-bay'),
    as: 'council',
    act: async (page) => {
      await press('Pause it now')(page)
      await sees('Pause this standing decision?')(page)
    },
  },
  {
    name: 'ballot-licence',
    path: ({ newTerms }) => `/decisions/${newTerms}/ballot`,
    as: 'council',
  },
  { name: 'builder-start', path: at('/communities/rimu-bay/licences/new'), as: 'council' },
  {
    name: 'builder',
    path: at('/communities/rimu-bay/licences/new'),
    as: 'council',
    act: async (page) => {
      await press(/^Begin with this\s+Guardianship/)(page)
      await page.locator('#live li').first().waitFor()
    },
  },
  {
    name: 'builder-broken',
    path: at('/communities/rimu-bay/licences/new'),
    as: 'council',
    act: async (page) => {
      await press(/^Begin with this\s+Open with credit/)(page)
      await page.getByLabel('Something to be sure of').selectOption({ index: 1 })
      await press('Prove this too')(page)
      await page.locator('[id="rule-allow"] summary').first().click()
      await press('Propose this licence')(page)
      await sees('Does not hold')(page)
    },
  },
  { name: 'community-member', path: at('/communities/rimu-bay'), as: 'council' },
  { name: 'decision-roll', path: ({ enacted }) => `/decisions/${enacted}`, as: 'council' },
  {
    name: 'decision-minute-inside',
    path: ({ enacted }) => `/decisions/${enacted}/minute`,
    as: 'council',
    act: (page) => page.emulateMedia({ media: 'print' }),
  },
  { name: 'charter-start', path: at('/communities/rimu-bay/charter/edit'), as: 'council' },
  {
    name: 'charter-editor',
    path: at('/communities/rimu-bay/charter/edit'),
    as: 'council',
    act: async (page) => {
      await press('Change our charter')(page)
      await page.getByLabel('Least number free to decide').fill('9')
      await sees(/things? keeps? it from the vote/)(page)
    },
  },
  {
    name: 'charter-try',
    path: at('/communities/rimu-bay/charter/edit'),
    as: 'council',
    act: async (page) => {
      await press(/^Begin with this\s+Council of villages/)(page)
      await page.getByText('Try it: with these ballots').first().click()
      await press('Try this charter')(page)
      await page.locator('#try-outcome').waitFor()
      await page.getByLabel('Says, Person 2').selectOption('no')
    },
  },
  {
    name: 'community-try',
    path: at('/communities/rimu-bay'),
    act: async (page) => {
      await press('Try this charter')(page)
      await page.locator('#try-outcome').waitFor()
    },
  },
  {
    name: 'ballot-charter',
    path: ({ newCharter }) => `/decisions/${newCharter}/ballot`,
    as: 'council',
  },
]

const founder = (name: string, email: string, bodies: readonly string[]) => ({
  name,
  email: `${email}@village.example`,
  bodies,
  group: '',
})

const setUp = {
  operatorName: 'Operator',
  operatorEmail: 'operator@village.example',
  name: 'A village',
  slug: 'a-village',
  description: 'The people of the village and those who come from it.',
  charter: 'small-council-consent',
  founders: [
    founder('One', 'one', ['council']),
    founder('Two', 'two', ['council']),
    founder('Three', 'three', ['council', 'stewards']),
  ],
  licence: 'guardianship',
  licenceTitle: 'Our licence',
  home: 'NZ',
  region: '',
}

const settingUp: readonly Screen[] = [
  ...[0, 1, 2, 3, 4, 5].map(
    (step): Screen => ({
      name: `set-up-${step + 1}`,
      path: at('/set-up'),
      empty: true,
      drafts: () => ({ 'set-up': step === 0 ? {} : { ...setUp, step } }),
    }),
  ),
  { name: 'set-up-mistake', path: at('/set-up'), empty: true, act: press('Next') },
  { name: 'catalogue-of-nothing', path: at('/'), empty: true },
  { name: 'communities-of-nothing', path: at('/communities'), empty: true },
]

/** The pages that anybody may open, and the ways in. */
export const publicScreens: readonly Screen[] = [...reading, ...arriving, ...mailPages]

/** The pages of people with a task, and those of a registry that is still empty. */
export const personalScreens: readonly Screen[] = [
  ...contributing,
  ...asking,
  ...deciding,
  ...settingUp,
]

/** Every screen of the product. */
export const screens: readonly Screen[] = [...publicScreens, ...personalScreens]
