import type { Request, RequestHandler, Response } from 'express'
import { type CatalogueQuery, type Datasets, keepersOf } from '../../datasets/datasets.ts'
import type { Community } from '../../people/people.ts'
import type { PeopleDesk } from '../../people/people-desk.ts'
import { listed } from './entries.ts'
import { text } from './query.ts'

export interface ListDeps {
  readonly datasets: Datasets
  readonly people: Pick<PeopleDesk, 'community' | 'communityBySlug' | 'communitiesByIds'>
  readonly publicUrl: string
  readonly now: () => number
}

const byId = (communities: readonly Community[]) => new Map(communities.map((one) => [one.id, one]))

const MOST = 100
const LANGUAGE = 'language:'

const limitOf = (given: unknown): number =>
  Math.min(Math.max(Number.parseInt(text(given), 10) || MOST, 1), MOST)

const languagesIn = (filter: unknown): readonly string[] =>
  [filter ?? []]
    .flat()
    .flatMap((one) => text(one).split(','))
    .filter((one) => one.startsWith(LANGUAGE))
    .map((one) => one.slice(LANGUAGE.length))

const queryOf = async ({ query }: Request, { people }: ListDeps): Promise<CatalogueQuery> => {
  const author = text(query.author)
  const community = author === '' ? null : await people.communityBySlug(author)
  return {
    text: text(query.search),
    languages: languagesIn(query.filter),
    ...(author === '' ? {} : { communities: [community?.id ?? ''] }),
    first: limitOf(query.limit),
    after: query.cursor === undefined ? null : text(query.cursor),
  }
}

/** Clients follow only an address with its host in it. */
export const linkNext = (
  request: Request,
  response: Response,
  publicUrl: string,
  cursor: string,
): void => {
  const url = new URL(request.originalUrl, publicUrl)
  url.searchParams.set('cursor', cursor)
  response.set('link', `<${url.href}>; rel="next"`)
}

/** The catalogue: `search`, `author` (a community), `filter=language:…`, `limit` and `cursor`. */
export const listDatasets =
  (deps: ListDeps): RequestHandler =>
  async (request, response) => {
    const { datasets, people, publicUrl, now } = deps
    const page = await datasets.search(await queryOf(request, deps), now())
    if (page.hasNextPage && page.endCursor !== null)
      linkNext(request, response, publicUrl, page.endCursor)
    const ids = page.nodes.flatMap((dataset) => keepersOf(dataset))
    const owners = byId(await people.communitiesByIds([...new Set(ids)]))
    response.json(
      page.nodes.flatMap((dataset) => {
        const [owner, ...others] = keepersOf(dataset).flatMap((id) => owners.get(id) ?? [])
        return owner ? [listed(dataset, [owner, ...others], publicUrl)] : []
      }),
    )
  }
