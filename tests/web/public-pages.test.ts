import { describe, expect, it } from 'vitest'
import { type RenderRequest, render } from '../../web/src/entry-server.tsx'
import { closedProposal, licences, proposal } from './support/sample-data.ts'
import { type SampleOptions, sampleExecutor } from './support/sample-executor.ts'

const template = `<!doctype html>
<html lang="en" dir="ltr"><head><!--head--><link rel="stylesheet" href="/a.css"></head>
<body><div id="app"><!--app--></div><!--data--><script type="module" src="/main.js"></script></body></html>`

const open = (url: string, options: SampleOptions = {}, more: Partial<RenderRequest> = {}) =>
  render({
    url,
    locale: 'en',
    nonce: 'n0nce',
    template,
    origin: 'https://registry.example',
    execute: sampleExecutor(options),
    ...more,
  })

const bodyOf = (html: string) => html.slice(html.indexOf('<div id="app">'))
const licence = licences[0]?.digest ?? ''

const pages = [
  ['/', 'Data that communities keep under their own rules', 'River readings'],
  ['/datasets/d-river', 'River readings', 'You must name the people it comes from'],
  ['/communities', 'Communities', 'Velāne River Families'],
  ['/communities/velane-river', 'Velāne River Families', 'Silence is not a yes'],
  ['/licences', 'Licences', '1 of 1 claim proved'],
  [`/licences/${licence}`, 'River research licence', 'Clause by clause'],
  ['/licences/together?d=d-river', 'Several datasets together', 'Add a dataset'],
  ['/decisions', 'Decisions', 'Access for a study of vowel length'],
  ['/decisions/p-open', proposal.title, 'Sealed until the vote closes'],
  ['/decisions/p-closed', closedProposal.title, '1 of 7 people entitled to vote did not'],
  ['/decisions/p-closed/minute', `Minute: ${closedProposal.title}`, 'Met:'],
  ['/log', 'Public log', 'A community was founded'],
  ['/log/entries/3', 'Entry 3', 'log.example/sample'],
  ['/about', 'How it works', 'Silence is never a yes'],
] as const

describe('a public page without a script', () => {
  it.each(pages)('%s has its heading, its title and its text', async (url, heading, text) => {
    const { status, html } = await open(url)
    expect(status).toBe(200)
    expect(html).toContain(`<title>${heading} · Commonhold</title>`)
    expect(bodyOf(html)).toMatch(new RegExp(`<h1[^>]*>${heading}</h1>`))
    expect(bodyOf(html)).toContain(text)
  })

  it.each(pages)('%s has one main heading and a nonce on every script', async (url) => {
    const { html } = await open(url)
    expect(html.match(/<h1/g)).toHaveLength(1)
    const scripts = html.match(/<(script|style)[\s>][^>]*/g) ?? []
    expect(scripts.length).toBeGreaterThan(0)
    expect(scripts.filter((tag) => !tag.includes('nonce="n0nce"'))).toEqual([])
  })

  it.each(pages)('%s carries no style attribute and no handler attribute', async (url) => {
    const { html } = await open(url)
    expect(html.match(/<[^>]+\s(style|on\w+)="/g)).toBeNull()
  })

  it('offers the catalogue as a GET form with facets that belong to it', async () => {
    const { html } = await open('/')
    expect(html).toMatch(/<form id="search"[^>]* action="\/" method="get">/)
    expect(html).toMatch(/<input type="checkbox" form="search" name="kind" value="speech"\/>/)
  })

  it('keeps what was searched for in the form', async () => {
    const { html } = await open('/?q=river&kind=speech')
    expect(html).toContain('value="river"')
    expect(html).toMatch(/name="kind" checked="" value="speech"|value="speech" checked=""/)
    expect(html).toContain('1 dataset')
  })

  it('pages on with a link', async () => {
    const { html } = await open('/?q=r')
    expect(html).toContain('href="?q=r&amp;after=cursor-1"')
  })

  it('says what to do when nothing matches', async () => {
    const { html } = await open('/?q=zzz', { empty: true })
    expect(html).toContain('Nothing matches')
  })
})

describe('the use check without a script', () => {
  const ask = async (query: string) => bodyOf((await open(`/datasets/d-river?${query}`)).html)

  it('asks before it answers', async () => {
    expect(await ask('')).toContain('Say what it is for')
  })

  it('denies advertising and names the clause', async () => {
    const html = await ask('purpose=advertising&action=train')
    expect(html).toContain('No, this use is not allowed')
    expect(html).toMatch(/<code>#[\w-]+<\/code>/)
  })

  it('does not deny the same action for research', async () => {
    const html = await ask('purpose=linguisticResearch&action=train&actor=academic&tie=no')
    expect(html).not.toContain('No, this use is not allowed')
    expect(html).toContain('What you would have to promise')
  })

  it('gives no answer to a purpose it does not know', async () => {
    expect(await ask('purpose=mischief&action=train')).not.toContain('Yes, this use is allowed')
  })
})

describe('a licence without a script', () => {
  const read = async (path: string) => bodyOf((await open(path)).html)

  it('leads from each sentence to the clause that stands on the same page', async () => {
    const html = await read(`/licences/${licence}`)
    const targets = [...html.matchAll(/<a href="#([\w-]+)"><code>/g)].map(([, name]) => name)
    expect(targets.length).toBeGreaterThan(5)
    expect(targets.filter((name) => !html.includes(`id="${name}"`))).toEqual([])
  })

  it('says what is proved, who is newly let in or kept out, and links to the other version', async () => {
    const html = await read(`/licences/${licence}`)
    expect(html).toContain('Nobody may ever pass it on.')
    expect(html).toContain('What version 2 changes against version 1')
    expect(html).toContain('You may not download it if you are a company.')
    expect(html).toMatch(/href="[^"]*\?since=sha256-(e5)+#versions"/)
  })

  it('says how a claim was found: by going through all requests, or by a solver', async () => {
    const [, other] = licences
    expect(await read(`/licences/${licence}`)).toContain('going through all 1,024 requests')
    const solved = await read(`/licences/${other?.digest}`)
    expect(solved).toContain('33,423,360 requests')
    expect(solved).toContain('a solver looked')
    expect(solved).not.toContain('going through')
  })

  it('leads to its forms for other tools and to the vocabulary', async () => {
    const html = await read(`/licences/${licence}`)
    const forms = [`/licences/${licence}.jsonld`, `/licences/${licence}.jsonld?as=set`]
    for (const to of [...forms, `/licences/${licence}.nq`, '/profile/1'])
      expect(html).toContain(`href="${to}"`)
  })

  it('tells beside each sentence of a clause how it is held to', async () => {
    const html = await read(`/licences/${licence}`)
    for (const words of ['the registry checks it', 'what people declare', 'a promise that is'])
      expect(html).toContain(words)
  })

  it('names the dataset that stands in the way of a joint use', async () => {
    const [one, two] = ['d-river', 'd-words']
    const html = await read(`/licences/together?d=${one}&d=${two}`)
    expect(html).toContain('Nobody')
    expect(html).toContain('Not permitted to anybody by the terms of')
  })
})

describe('the use filter of the catalogue without a script', () => {
  it('asks nothing of the licences before a purpose is chosen', async () => {
    const asked: unknown[] = []
    const sample = sampleExecutor()
    const execute = (query: string, variables: Record<string, unknown>) => {
      asked.push(variables.asks)
      return sample(query, variables)
    }
    await open('/', {}, { execute })
    await open('/?for=learning&as=academic', {}, { execute })
    expect(asked.filter((one) => one !== undefined)).toEqual([false, true])
  })

  it('gives each row its answer and the way to why', async () => {
    const { html } = await open('/?for=learning&as=academic')
    expect(html).toContain('Council decides')
    expect(html).toMatch(
      /href="\/datasets\/d-river\?purpose=learning&amp;action=download&amp;actor=academic&amp;tie=no#answer"/,
    )
    expect((await open('/')).html).not.toContain('Council decides')
  })
})

describe('an address that leads nowhere', () => {
  it.each(['/nope', '/datasets/none', '/communities/none', '/decisions/none', '/log/entries/99'])(
    '%s is a page with status 404 that is not indexed',
    async (url) => {
      const { status, html } = await open(url)
      expect(status).toBe(404)
      expect(html).toContain('There is nothing at this address')
      expect(html).toContain('<meta name="robots" content="noindex">')
    },
  )
})

describe('the page host', () => {
  it('sends every address to the first set-up until it is done', async () => {
    expect(await open('/communities', { needsSetUp: true })).toMatchObject({
      status: 302,
      location: '/set-up',
    })
  })

  it('shows a fault as a page with status 503 and a way out', async () => {
    const execute = async () => ({ errors: [{ message: 'Something failed. Id r-1.' }] })
    const { status, html } = await open('/datasets/d-river', {}, { execute })
    expect(status).toBe(503)
    expect(html).toContain('Something failed. Id r-1.')
    expect(html).toContain('Try again')
  })

  it('keeps data from ending the script it travels in', async () => {
    const sample = sampleExecutor()
    const execute = async (query: string, variables: Record<string, unknown>) => {
      const text = JSON.stringify(await sample(query, variables))
      return JSON.parse(text.replaceAll('River readings', '</script><script>alert(1)</script>'))
    }
    const { html } = await open('/datasets/d-river', {}, { execute })
    expect(html).not.toContain('<script>alert')
    expect(html).toContain('\\u003c/script>')
  })

  it('tells search engines the one address of a page', async () => {
    const { html } = await open('/?q=river')
    expect(html).toContain('<link rel="canonical" href="https://registry.example/">')
  })

  it('writes language and direction on the document', async () => {
    const { html } = await open('/about', {}, { locale: 'ar-XB' })
    expect(html).toContain('<html lang="ar-XB" dir="rtl">')
  })

  it('marks a translation that no speaker has checked, and keeps binding words in English', async () => {
    const { html } = await open('/datasets/d-river?lang=de')
    expect(html).toContain('<html lang="de" dir="ltr">')
    expect(html).toContain('Katalog')
    expect(html).toContain('hat noch niemand geprüft')
    expect(html).toContain('You must name the people it comes from')
  })

  it('falls back to English for a language it does not have', async () => {
    const { html } = await open('/about', {}, { locale: 'xx' })
    expect(html).toContain('<html lang="en" dir="ltr">')
  })

  it('greets a person who is signed in and offers sign-in to others', async () => {
    expect((await open('/')).html).toContain('href="/sign-in?next=%2F"')
    const { html } = await open('/', { viewer: { name: 'Ama' } })
    expect(html).toContain('Ama')
    expect(html).toContain('1 open vote')
  })

  it('shows the clock of a demonstration only there', async () => {
    expect((await open('/about', { demo: true })).html).toContain('Let time pass')
    expect((await open('/about', { demo: false })).html).not.toContain('Let time pass')
  })
})
