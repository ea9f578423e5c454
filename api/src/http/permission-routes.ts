import compression from 'compression'
import { Router } from 'express'
import { ACCESS, type Rule } from '../graphql/access.ts'
import { type Html, html } from './html.ts'
import { sendPlain } from './plain-page.ts'

type Entry = (typeof ACCESS)[keyof typeof ACCESS]

const WORDS: Readonly<Record<Exclude<Entry, Rule>, string>> = {
  anyone: 'Anybody.',
  read: 'Anybody; a personal token needs the scope “read”. What may be seen is decided for each object.',
  session: 'Whoever is signed in with a browser. The command decides about the object.',
  contribute: 'Whoever is signed in; a personal token needs the scope “contribute”.',
  operator: 'The operator of this server. It gives them no seat in the community.',
  secret: 'Whoever has the link. It is for one person and one thing, and it ends.',
  door: 'Decided at each request by the licence, the grant and the state of the dataset; a personal token needs the scope “download”.',
  demo: 'Anybody, on a demonstration alone.',
}

const SEATS: Readonly<Record<Rule['seats'][number], string>> = {
  anyone: 'whoever is signed in',
  member: 'any member',
  council: 'the body that decides',
  guardian: 'the body with a veto',
  steward: 'a steward',
  body: 'whoever sits in a body',
  sponsor: 'who proposed it',
  contributor: 'who gave it',
  requester: 'who asked',
  holder: 'the holder',
  named: 'who was named in the team',
}

const SUBJECTS: Readonly<Record<Rule['of'], string>> = {
  community: 'community',
  proposal: 'proposal',
  dataset: 'dataset',
  contribution: 'contribution',
  request: 'request',
  grant: 'grant',
  delegation: 'standing decision',
}

const say = (entry: Entry): string => {
  if (typeof entry === 'string') return WORDS[entry]
  const seats = entry.seats.map((seat) => SEATS[seat]).join(' or ')
  const token = entry.by === 'contribute' ? ', or by a token with the scope “contribute”' : ''
  const subject = SUBJECTS[entry.of]
  const phases =
    entry.phases.length === 0
      ? `on a ${subject}, whatever its state`
      : `while the ${subject} is ${entry.phases.join(' or ')}`
  return `In a browser${token}: ${seats}, ${phases}.`
}

const rows = (wanted: (name: string) => boolean): readonly Html[] =>
  Object.entries(ACCESS)
    .filter(([name]) => wanted(name))
    .map(([name, entry]) => html`<tr><th scope="row">${name}</th><td>${say(entry)}</td></tr>`)

const table = (caption: string, wanted: (name: string) => boolean): Html =>
  html`<h2>${caption}</h2><table><thead><tr><th scope="col">Operation</th><th scope="col">Who</th></tr></thead><tbody>${rows(wanted)}</tbody></table>`

const isDoor = (name: string): boolean => name.includes(' ')
const isRead = (name: string): boolean =>
  Object.entries(ACCESS).some(([one, entry]) => one === name && entry === 'read')

/** `/docs/permissions`: who may do what, from the table by which it is decided. */
export const permissionRoutes = (): Router => {
  const router = Router()
  const body = html`<h1>Who may do what</h1>
<p>This page is made from the table by which the registry decides. The seats are those of the four charters it offers; a community may give them to other bodies, and its charter decides then.</p>
<p>The operator of the server has no seat anywhere by running it: no operation sets a status, opens a dataset, reads a sealed ballot or changes a result.</p>
${table('Acts', (name) => !isDoor(name) && !isRead(name))}
${table('Reading', isRead)}
${table('Doors', isDoor)}`
  router.get('/docs/permissions', compression(), (_request, response) =>
    sendPlain(response, { title: 'Who may do what', body }),
  )
  return router
}
