import { describe, expect, it } from 'vitest'
import { render } from '../../web/src/entry-server.tsx'
import { licences } from './support/sample-data.ts'
import {
  grant,
  home,
  no,
  openBallot,
  request,
  stewarded,
  viewer,
} from './support/signed-in-data.ts'
import { type Answers, signedInExecutor } from './support/signed-in-executor.ts'

const template =
  '<html><head><!--head--></head><body><div id="app"><!--app--></div><!--data--></body></html>'

const open = async (url: string, answers: Answers = {}) => {
  const execute = signedInExecutor(answers)
  const origin = 'https://registry.example'
  const page = await render({ url, locale: 'en', nonce: 'n', template, origin, execute })
  const html = page.html.slice(page.html.indexOf('<main'), page.html.indexOf('</main>'))
  return { status: page.status, html, text: plain(html) }
}

const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, "'")
    .replace(/\s+/g, ' ')

const pages = [
  ['/sign-in', 'Sign in'],
  ['/register', 'Make an account'],
  ['/sign-out', 'Sign out'],
  ['/invitations/code', 'Accept your invitation'],
  ['/account', 'Your account'],
  ['/inbox', 'Your votes'],
  ['/decisions/p-open/ballot', openBallot.title],
  ['/communities/velane-river/propose', 'Propose something'],
  ['/contribute', 'Contribute'],
  ['/datasets/d-river/assemble', 'Look after River readings'],
  ['/datasets/d-river/request', 'Ask for access'],
  ['/requests/r-1', 'Your request'],
  ['/grants', 'Your grants'],
  ['/notices', 'Notices'],
  ['/communities/velane-river/duties', 'What is owed and given back'],
] as const

describe('a page for people who are signed in', () => {
  it.each(pages)('%s has one main heading and all its data', async (url, heading) => {
    const { status, html } = await open(url)
    expect(status).toBe(200)
    expect(html.match(/<h1[^>]*>([^<]*)/)?.[1]).toBe(heading)
    expect(html.match(/<h1/g)).toHaveLength(1)
  })

  it.each(pages)('%s names every field and uses no id twice', async (url) => {
    const { html } = await open(url)
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(ids).toEqual([...new Set(ids)])
    const fields = html.match(/<(input(?! type="hidden")|select|textarea)[^>]*>/g) ?? []
    const inLabel = [...html.matchAll(/<label[^>]*>.*?<\/label>/gs)].join('')
    const unnamed = fields.filter((field) => {
      const id = field.match(/\sid="([^"]+)"/)?.[1]
      return !inLabel.includes(field) && !(id && html.includes(`for="${id}"`))
    })
    expect(unnamed).toEqual([])
  })

  it.each(['/account', '/inbox', '/contribute', '/datasets/d-river/request', '/grants'])(
    '%s sends a stranger to sign in and back',
    async (url) => {
      const { status, html } = await open(url, { viewer: null })
      expect(status).toBe(403)
      expect(html).toContain(`/sign-in?next=${encodeURIComponent(url)}`)
    },
  )
})

const ballot = (change: object, answers: Answers = {}) =>
  open('/decisions/p-open/ballot', { ...answers, proposal: { ...openBallot, ...change } })

describe('the ballot page', () => {
  it('says the rule, what silence means, and offers four choices', async () => {
    const { html, text } = await ballot({ rule: ['Five of seven must say yes.'] })
    expect(text).toContain('Five of seven must say yes.')
    expect(text).toContain('Silence is not a yes')
    expect(html.match(/name="choice"/g)).toHaveLength(4)
  })

  it('says why instead of offering a ballot to one who may not vote', async () => {
    const { html, text } = await ballot({ viewerCanVote: no('You are not on the frozen roll.') })
    expect(text).toContain('You are not on the frozen roll.')
    expect(html).not.toContain('name="choice"')
  })

  it('shows a ballot that was cast and offers to change it', async () => {
    const at = '2026-03-09T10:00:00.000Z'
    const { html, text } = await ballot({
      myBallot: { choice: 'no', reason: 'Too soon.', at, entry: 4, assisted: false },
    })
    expect(text).toContain('You voted: No')
    expect(text).toContain('Too soon.')
    expect(text).toContain('Change my ballot')
    expect(html).not.toContain('name="choice"')
  })

  it('offers to withdraw an objection, and only an objection', async () => {
    const mine = { reason: 'Harm.', at: '2026-03-09T10:00:00.000Z', entry: 4, assisted: false }
    const objected = await ballot({ myBallot: { ...mine, choice: 'object' } })
    expect(objected.text).toContain('Withdraw my objection')
    const declined = await ballot({ myBallot: { ...mine, choice: 'no' } })
    expect(declined.text).not.toContain('Withdraw my objection')
  })

  it('shows no outcome while the vote is open and the names only where they are given', async () => {
    const sealed = await ballot({})
    expect(sealed.text).not.toContain('The outcome')
    const tally = {
      yes: 5,
      no: 1,
      abstain: 1,
      objections: 0,
      deciders: 7,
      needed: 4,
      pass: true,
      reasons: [],
    }
    const told = await ballot({ phase: 'standstill', tally, rollCall: null })
    expect(told.text).toContain('Accepted')
    expect(told.text).not.toContain('Who said what')
    const call = { member: 'm-2', name: 'Tama', choice: 'yes', reason: null, recused: false }
    const inside = await ballot({ phase: 'standstill', tally, rollCall: [call] })
    expect(inside.text).toContain('Tama')
  })

  it('compares what is asked again in the words of the page, and what was written as it stands', async () => {
    const changes = [
      { field: 'purposes', changes: [{ kind: 'removed', text: 'learning' }] },
      {
        field: 'actions',
        changes: [
          { kind: 'same', text: 'download ' },
          { kind: 'added', text: 'train' },
        ],
      },
      { field: 'actorKind', changes: [{ kind: 'added', text: 'academic' }] },
      { field: 'ethicsApproval', changes: [{ kind: 'added', text: 'yes' }] },
      { field: 'project', changes: [{ kind: 'same', text: 'We learn and train ' }] },
    ]
    const again = { request: { id: 'r-0' }, changes }
    const { html } = await ballot({
      subject: { ...openBallot.subject, request: { ...request, again } },
    })
    expect(html).toContain('<del>Learning and teaching the language</del>')
    expect(html).toMatch(/<span>download a copy · <\/span><ins>train a system with it<\/ins>/)
    expect(html).toContain('<ins>A university or research institute</ins>')
    expect(html).toContain('<span>We learn and train </span>')
  })

  it('offers to take a grant back only while it opens a door', async () => {
    const subject = (state: string) => ({
      ...openBallot.subject,
      request: { ...request, grant: { ...grant, state } },
    })
    const link = 'kind=revocation&amp;grant=g-1'
    expect((await ballot({ subject: subject('active') })).html).toContain(link)
    expect((await ballot({ subject: subject('revoked') })).html).not.toContain(link)
  })

  it('is not there for a proposal that is not there', async () => {
    expect((await open('/decisions/none/ballot', { proposal: null })).status).toBe(404)
  })
})

describe('the pages of grants and requests', () => {
  it('give each file a plain download link, its size and its fingerprint', async () => {
    const { html, text } = await open('/grants')
    expect(html).toContain(
      'href="/datasets/d-river/versions/1.1.0/files/transcripts.jsonl" download=""',
    )
    expect(text).toContain('88.4 kB')
  })

  it('lead to the agreement of each grant for other tools', async () => {
    const { html } = await open('/grants')
    expect(html).toContain(`href="/grants/${grant.id}/agreement.jsonld"`)
  })

  it('show no link under a grant that is suspended, and say why', async () => {
    const suspended = { ...grant, state: 'suspended', stateReason: 'A duty is overdue.' }
    const { html, text } = await open('/grants', { viewer: { ...viewer, grants: [suspended] } })
    expect(html).not.toContain('download=""')
    expect(text).toContain('A duty is overdue.')
  })

  it('tell a duty that always holds from one that is due and one that is overdue', async () => {
    const { text } = await open('/grants')
    expect(text).toContain('Name the community holds as long as you use the data')
    expect(text).toContain('overdue since 1 March 2026')
    expect(text).toContain('due 1 June 2026')
  })

  it('offer the new terms with what they add, and a credit to copy', async () => {
    const licence = { digest: 'sha256-new', title: 'River terms', version: 2 }
    const duties = [{ kind: 'secureStorage', text: 'Keep it safe.', withinDays: 30 }]
    const asked = { ...grant, state: 'reacceptNeeded', newTerms: { licence, duties } }
    const { html, text } = await open('/grants', { viewer: { ...viewer, grants: [asked] } })
    expect(html).toContain('href="/licences/sha256-new"')
    expect(text).toContain('Keep it safe. Within 30 days.')
    expect(text).toContain('Accept the new terms')
    expect(html).not.toContain('download=""')
    expect(html).toContain('River words, version 1.1.0.')
  })

  it('show a community what is owed, and the answer it may give', async () => {
    const handedIn = {
      ...grant.duties[1],
      phase: 'submitted',
      viewerCanAnswer: true,
      records: [
        {
          type: 'submitted',
          at: '2026-02-01T00:00:00.000Z',
          words: null,
          entry: 40,
          evidence: [{ field: 'done', text: 'We counted verbs.' }],
        },
      ],
    }
    const owed = { ...home, grantsWithDuties: [{ ...grant, duties: [handedIn] }] }
    const { text } = await open('/communities/velane-river/duties', { community: owed })
    expect(text).toContain('We counted verbs.')
    expect(text).toContain('Return it')
    expect(text).toContain('Propose to waive it')
    const closed = { ...home, grantsWithDuties: null }
    const none = await open('/communities/velane-river/duties', { community: closed })
    expect(none.text).not.toContain('For you to look at')
    expect(none.text).toContain('All promises')
  })

  it('show the requester what the council says', async () => {
    const { text } = await open('/requests/r-1')
    expect(text).toContain('Which archive?')
    expect(text).toContain('The council votes on it. #who-council')
  })

  it('tell whoever appealed that it is being heard, and those who hear it what it says', async () => {
    const made = { kind: 'appeal', state: 'pending', at: openBallot.madeAt, grounds: 'new-facts' }
    const challenges = [{ ...made, byApplicant: true, reason: 'You had the wrong letter.' }]
    const appealed = { ...openBallot, phase: 'appealed', challenges }
    const { text } = await open('/requests/r-1', { request: { ...request, proposal: appealed } })
    const hearing = await open('/decisions/p-open/ballot', { proposal: appealed })
    for (const said of [text, hearing.text]) {
      expect(said).toContain('Something important was not known')
      expect(said).toContain('You had the wrong letter.')
    }
    expect(text).toContain('under appeal')
    expect(text).toContain('An appeal was lodged')
    expect(text).not.toContain('the council votes')
    expect((await open('/requests/r-1')).text).not.toContain('Vetoes and appeals')
    const upheld = {
      ...appealed,
      phase: 'annulled',
      challenges: [{ ...challenges[0], state: 'upheld' }],
    }
    const over = { ...request, state: 'rejected', proposal: upheld }
    const anew = (await open('/requests/r-1', { request: over })).text
    expect(anew).toContain('decision annulled on appeal')
    expect(anew).not.toContain('not accepted by the council')
    expect(anew).toContain('Ask again')
  })

  it('offer to ask again once a request has come to nothing', async () => {
    const over = await open('/requests/r-1', { request: { ...request, state: 'rejected' } })
    expect(over.text).toContain('Ask again')
    expect(over.text).not.toContain('Withdraw the request')
    const running = await open('/requests/r-1')
    expect(running.text).toContain('Withdraw the request')
    expect(running.text).not.toContain('Ask again')
  })
})

describe('a standing decision on the page of its community', () => {
  it('says which of its licences a newer version has replaced', async () => {
    const [standing] = home.delegations
    const [licence] = licences
    const shown = async (change: object) => {
      const scope = { ...standing?.scope, licences: [{ ...licence, ...change }] }
      const delegations = [{ ...standing, scope }]
      return (await open('/communities/velane-river', { community: { ...home, delegations } })).text
    }
    const [newest, ...older] = licence?.versions ?? []
    const replaced = { versions: [{ ...newest, digest: 'sha256-9' }, ...older] }
    expect(await shown(replaced)).toContain('version 2 (replaced since:')
    expect(await shown({})).not.toContain('replaced since')
  })
})

describe('the page of a licence', () => {
  const [research] = licences
  const at = `/licences/${research?.digest}`
  const member = { slug: 'velane-river', name: 'Velane River', viewerIsMember: true }
  const read = async (change: object) =>
    (await open(at, { licence: { ...research, community: member, ...change } })).text

  it('leads to the vote that is under way on it, instead of to one that would be refused', async () => {
    const voting = await read({ openVote: { id: 'p-9', title: 'Adopt version 3' } })
    expect(voting).toContain('A change of this licence is being decided')
    expect(voting).toContain('Adopt version 3')
    expect(voting).not.toContain('Propose a change')
    const quiet = await read({ openVote: null })
    expect(quiet).not.toContain('is being decided')
    expect(quiet).toContain('Propose a change')
  })

  it('says at the top that a newer version has been adopted', async () => {
    const newer = {
      digest: 'sha256-9',
      version: 3,
      title: 'River, anew',
      adoptedAt: openBallot.madeAt,
    }
    const said = 'A newer version of this licence has been adopted River, anew, version 3'
    expect(await read({ versions: [newer, ...(research?.versions ?? [])] })).toContain(said)
    expect(await read({})).not.toContain('A newer version')
  })
})

describe('the pages of those who contribute and look after data', () => {
  it('say who admits members where one may not contribute', async () => {
    const seat = { ...viewer.memberships[0], community: { ...home, viewerCanContribute: false } }
    const { html, text } = await open('/contribute', { viewer: { ...viewer, memberships: [seat] } })
    expect(text).toContain('A community admits its members by vote.')
    expect(html).not.toContain('<form')
  })

  it('open the steward page to stewards alone', async () => {
    const { status, text } = await open('/datasets/d-river/assemble', {
      dataset: { ...stewarded, viewerCanSteward: false },
    })
    expect(status).toBe(403)
    expect(text).toContain('Only stewards')
  })

  it('show consent and its limit beside each contribution', async () => {
    const { text } = await open('/datasets/d-river/assemble')
    expect(text).toContain('Agreed: Teaching.')
    expect(text).toContain('Children are among the speakers.')
  })

  it('offer to close an open dataset and to ask for reopening a closed one', async () => {
    const running = await open('/datasets/d-river/assemble')
    expect(running.text).toContain('Close it now')
    const suspended = {
      since: '2026-03-01T00:00:00Z',
      reason: 'Grief.',
      ratifyBy: '2026-03-04T00:00:00Z',
      ratified: false,
    }
    const shut = await open('/datasets/d-river/assemble', { dataset: { ...stewarded, suspended } })
    expect(shut.text).not.toContain('Close it now')
    expect(shut.text).toContain('Ask the council to open it again')
  })

  it('let only members propose', async () => {
    const { status } = await open('/communities/velane-river/propose', {
      community: { ...home, viewerIsMember: false },
    })
    expect(status).toBe(403)
  })
})

describe('the first set-up', () => {
  const registry = {
    name: 'Commonhold',
    needsSetUp: true,
    demo: false,
    now: '2026-03-10T09:00:00.000Z',
  }

  it('begins with the operator on an empty registry', async () => {
    const { text } = await open('/set-up', { viewer: null, registry })
    expect(text).toContain('Step 1 of 6')
    expect(text).toContain('Who runs the server')
  })

  it('is closed to everyone once it has been done', async () => {
    const { html, text } = await open('/set-up', { viewer: null })
    expect(text).toContain('set up already')
    expect(html).not.toContain('<form')
  })

  it('lets an operator found a further community without a new account', async () => {
    const { text } = await open('/set-up', { viewer: { ...viewer, operator: true } })
    expect(text).toContain('Step 1 of 5')
    expect(text).not.toContain('Password')
  })
})
