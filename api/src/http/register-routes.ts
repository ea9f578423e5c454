import { pipeline } from 'node:stream/promises'
import { type Request, type Response, Router } from 'express'
import { isMatter, type Matter } from '../../../policies/index.ts'
import type { GovernanceDesk } from '../governance/create-governance.ts'
import type { Proposal } from '../governance/governance.ts'
import { isInState, registerHead, registerLine } from '../governance/register-csv.ts'
import type { People } from '../people/people.ts'
import { isGone } from './hand-over.ts'

export interface RegisterRoutesDeps {
  readonly governance: Pick<GovernanceDesk, 'proposals' | 'proposal' | 'view'>
  readonly people: Pick<People, 'communities'>
}

const PAGE = 100

const asked = (value: unknown): readonly string[] =>
  [value].flat().filter((one) => typeof one === 'string' && one !== '') as string[]

interface Wanted {
  readonly community?: string
  readonly matter?: Matter
  readonly unanswered: boolean
  readonly phases: readonly string[]
}

const wantedBy = ({ query }: Request): Wanted => {
  const [community] = asked(query.community)
  const [matter] = asked(query.matter)
  return {
    ...(community === undefined ? {} : { community }),
    ...(matter !== undefined && isMatter(matter) ? { matter } : {}),
    unanswered: asked(query.unanswered).length > 0,
    phases: asked(query.phase),
  }
}

/** All decisions that are wanted, newest first, read page by page. */
async function* decisionsOf(
  { governance }: RegisterRoutesDeps,
  { community, matter, unanswered }: Wanted,
): AsyncGenerator<Proposal> {
  let before: Proposal | undefined
  for (;;) {
    const page = await governance.proposals({
      ...(community === undefined ? {} : { community }),
      ...(matter === undefined ? {} : { matter }),
      ...(unanswered ? { counted: 'unanswered' } : {}),
      ...(before === undefined ? {} : { before }),
      first: PAGE,
    })
    yield* page
    before = page.at(-1)
    if (page.length < PAGE) return
  }
}

const begin = (response: Response, name: string): void => {
  response.set('Cache-Control', 'no-cache').type('text/csv; charset=utf-8')
  response.attachment(name)
}

/** The decision register as CSV, at addresses that stay: public, as the pages are. */
export const registerRoutes = (deps: RegisterRoutesDeps): Router => {
  const { governance, people } = deps
  const router = Router()
  const slugs = async () => new Map((await people.communities()).map(({ id, slug }) => [id, slug]))
  const lineOf = (proposal: Proposal, names: ReadonlyMap<string, string>) => ({
    proposal,
    view: governance.view(proposal),
    community: names.get(proposal.community) ?? proposal.community,
  })
  router.get('/decisions.csv', async (request, response) => {
    const wanted = wantedBy(request)
    const names = await slugs()
    begin(response, 'decisions.csv')
    const lines = async function* () {
      yield registerHead()
      for await (const proposal of decisionsOf(deps, wanted)) {
        const one = lineOf(proposal, names)
        if (isInState(one, wanted.phases)) yield registerLine(one)
      }
    }
    // No page is read before the one before it has been taken, and none for whoever has gone.
    await pipeline(lines, response).catch((error: unknown) => {
      if (!isGone(error)) throw error
    })
  })
  router.get('/decisions/:id/result.csv', async (request, response, next) => {
    const proposal = await governance.proposal(request.params.id)
    if (!proposal) return next()
    begin(response, `decision-${proposal.id}.csv`)
    response.send(registerHead() + registerLine(lineOf(proposal, await slugs())))
  })
  return router
}
