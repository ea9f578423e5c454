import { isMatter } from '../../../policies/index.ts'
import type { Context } from '../context.ts'
import type { Proposal } from './governance.ts'
import type { Place, ProposalQuery } from './store.ts'

/** Several may be made in one instant: a place in the list is the instant and the id. */
const writeCursor = ({ madeAt, id }: Place): string =>
  Buffer.from(`${madeAt} ${id}`).toString('base64url')

const readCursor = (cursor: string): Place | null => {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  return /^\d{1,16}$/.test(at) ? { madeAt: Number(at), id } : null
}

/** Where a proposal stands, in one word. */
export const phaseOf = (proposal: Proposal, { governance }: Context) => {
  if (proposal.stage === 'withdrawn') return 'withdrawn' as const
  return governance.view(proposal)?.phase ?? ('deliberation' as const)
}

/** A list that was filtered is filled from further down; nobody waits for more than this. */
const MOST_READ = 2000

const nothing = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }

interface Wanted {
  readonly query: Omit<ProposalQuery, 'first'>
  readonly phase: readonly string[] | null | undefined
  readonly take: number
}

/** The next proposals in these states: pages of the store until there are enough or no more. */
const collect = async ({ query, phase, take }: Wanted, context: Context) => {
  const nodes: Proposal[] = []
  let before = query.before
  for (let read = 0; read < MOST_READ; ) {
    const page = await context.governance.proposals({
      ...query,
      ...(before ? { before } : {}),
      first: take + 1,
    })
    for (const proposal of page) {
      if (phase && !phase.includes(phaseOf(proposal, context))) continue
      if (nodes.length === take) return { nodes, last: nodes.at(-1) }
      nodes.push(proposal)
    }
    read += page.length
    before = page.at(-1)
    if (page.length <= take) return { nodes, last: undefined }
  }
  return { nodes, last: before }
}

/** What can be asked of the list; a field that is left out narrows nothing. */
export interface ListArguments {
  readonly community?: string | null
  readonly phase?: readonly string[] | null
  readonly matter?: string | null
  readonly unanswered?: boolean | null
  readonly first?: number | null
  readonly after?: string | null
}

/** One page of the register, newest first. */
export const listProposals = async (
  { community, phase, matter, unanswered, first, after }: ListArguments,
  context: Context,
) => {
  const before = after ? readCursor(after) : null
  if (matter && !isMatter(matter)) return nothing
  const query = {
    ...(community ? { community } : {}),
    ...(matter && isMatter(matter) ? { matter } : {}),
    ...(unanswered ? ({ counted: 'unanswered' } as const) : {}),
    ...(before ? { before } : {}),
  }
  const take = Math.min(Math.max(first ?? 20, 1), 100)
  const { nodes, last } = await collect({ query, phase, take }, context)
  return {
    nodes,
    pageInfo: {
      hasNextPage: last !== undefined,
      endCursor: last ? writeCursor(last) : null,
    },
  }
}
