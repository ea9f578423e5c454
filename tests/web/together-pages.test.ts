import { describe, expect, it } from 'vitest'
import { render } from '../../web/src/entry-server.tsx'
import { openBallot, request, stewarded, viewer } from './support/signed-in-data.ts'
import { type Answers, signedInExecutor } from './support/signed-in-executor.ts'

const template =
  '<html><head><!--head--></head><body><div id="app"><!--app--></div><!--data--></body></html>'

const open = async (url: string, answers: Answers = {}) => {
  const execute = signedInExecutor(answers)
  const origin = 'https://registry.example'
  const page = await render({ url, locale: 'en', nonce: 'n', template, origin, execute })
  const html = page.html.slice(page.html.indexOf('<main'), page.html.indexOf('</main>'))
  return { html, text: html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') }
}

const { community } = stewarded
const harbour = {
  ...community,
  id: 'c-harbour',
  slug: 'tali-harbour',
  name: 'Tali Harbour Families',
}
const joint = {
  rule: 'all',
  voices: [
    { community, state: 'agreed', proposal: openBallot },
    { community: harbour, state: 'awaited', proposal: null },
  ],
}
const custody = (rule: string, left = false) => ({
  rule,
  keepers: [
    { community, licence: stewarded.licence, left: false },
    { community: harbour, licence: stewarded.licence, left },
  ],
})

describe('a page about what several communities decide', () => {
  it.each(['/decisions/p-open', '/decisions/p-open/ballot'])(
    '%s says who has decided and who is awaited',
    async (url) => {
      const { text } = await open(url, { proposal: { ...openBallot, joint } })
      expect(text).toContain('Decided together')
      expect(text).toMatch(new RegExp(`${community.name}\\s+has agreed`))
      expect(text).toMatch(/Tali Harbour Families\s+awaited/)
      expect((await open(url)).text).not.toContain('Decided together')
    },
  )

  it('says the same to whoever has asked for access', async () => {
    const { text } = await open('/requests/r-1', { request: { ...request, joint } })
    expect(text).toContain('nothing happens until all have agreed')
    const any = { ...request, joint: { ...joint, rule: 'any' } }
    expect((await open('/requests/r-1', { request: any })).text).toContain(
      'the first yes is enough',
    )
  })

  it('names on the page of a dataset all who keep it, with rule and licences', async () => {
    const { html, text } = await open('/datasets/d-river', {
      dataset: { ...stewarded, custody: custody('all') },
    })
    expect(text).toMatch(new RegExp(`kept together by\\s+${community.name}\\s+·\\s+Tali Harbour`))
    expect(html).toContain('href="/communities/tali-harbour"')
    expect(text).toContain('Each of these communities has to permit a use by its own licence')
    const alone = await open('/datasets/d-river')
    expect(alone.text).not.toContain('Kept together')
  })

  it('names the one that made it, once another has followed it', async () => {
    const dataset = { ...stewarded, community: harbour, madeBy: community }
    const { text } = await open('/datasets/d-river', { dataset })
    expect(text).toMatch(new RegExp(`Tali Harbour Families\\s+· made by\\s+${community.name}`))
    expect((await open('/datasets/d-river')).text).not.toContain('made by')
  })

  it('says that one has left while its terms go on binding', async () => {
    const dataset = { ...stewarded, custody: custody('all', true) }
    const { text } = await open('/datasets/d-river', { dataset })
    expect(text).toMatch(/A dataset of/)
    expect(text).toMatch(/has left.*go on binding/)
  })

  it('says beside each act for which community somebody with several seats acts', async () => {
    const at = '/datasets/d-river/assemble'
    const said = /Here you act for Tali Harbour Families/g
    const both = { ...stewarded, custody: custody('all'), viewerActsFor: harbour }
    const { text } = await open(at, { dataset: both })
    // To offer it, to vote on how far it is open, and to close it.
    expect(text.match(said)).toHaveLength(3)
    expect((await open(at)).text).not.toMatch(said)
  })

  it('offers a steward to leave or to let go of terms, whichever there is', async () => {
    const at = '/datasets/d-river/assemble'
    const seat = { ...viewer.memberships[0], community: harbour }
    const theirs = { ...viewer, memberships: [seat] }
    const left = { ...stewarded, custody: custody('all', true) }
    const both = { ...stewarded, custody: custody('all') }
    expect((await open(at, { dataset: left })).text).toContain(
      'Let go of the terms of Tali Harbour',
    )
    expect((await open(at, { dataset: both, viewer: theirs })).text).toContain(
      'Leave: Tali Harbour Families gives up its place',
    )
    const own = `Leave: ${community.name} gives up its place`
    expect((await open(at, { dataset: both })).text).toContain(own)
    expect((await open(at, { dataset: left })).text).not.toContain(own)
    const usual = (await open(at)).text
    expect(usual).toContain('Offer it to another community')
    expect(usual).not.toContain('Leave:')
  })
})
