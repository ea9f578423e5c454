/** What the catalogue page asks for: 20 datasets with community, licence and versions. */
export const BROWSE = `query ($first: Int!) {
  datasets(search: { first: $first }) {
    total
    nodes {
      id title description kind languages keywords stage createdAt
      community { id name slug }
      licence { digest title version }
      versions { version publishedAt }
    }
    pageInfo { endCursor hasNextPage }
  }
}`

/** The body of one request for a page. */
export const browseBody = (first: number): string =>
  JSON.stringify({ query: BROWSE, variables: { first } })

/** An answer to it, as far as this benchmark looks at it. */
export interface BrowsePage {
  readonly datasets: { readonly nodes: readonly { readonly id: string }[] }
}

/** Just enough of the schema for a server that holds the page in memory. */
export const browseSchema = `
  type Query { datasets(search: Search): Connection! }
  input Search { first: Int }
  type Connection { total: Int! nodes: [Dataset!]! pageInfo: PageInfo! }
  type PageInfo { endCursor: String hasNextPage: Boolean! }
  type Dataset {
    id: ID! title: String! description: String! kind: String! languages: [String!]!
    keywords: [String!]! stage: Int! createdAt: String!
    community: Community! licence: Licence versions: [Version!]!
  }
  type Community { id: ID! name: String! slug: String! }
  type Licence { digest: ID! title: String! version: Int! }
  type Version { version: String! publishedAt: String }
`
