import type { Context } from '../context.ts'
import type { Contribution } from '../datasets/datasets.ts'
import type { ContributionUse, Grant, Standing } from './grants.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

type StandingOf = (grant: Grant, context: Context) => Promise<Standing>

/** Whoever gave to a dataset keeps its name; of what others made from it they know what they may see. */
const nameFor = async (id: string, own: string, { datasets, actor }: Context) => {
  const dataset = await datasets.dataset(id)
  return dataset && (id === own || (await datasets.visibleTo(dataset, actor))) ? dataset : null
}

const shown = async (
  { grant, files }: ContributionUse,
  own: string,
  context: Context,
  standing: StandingOf,
) => {
  const [dataset, proposal, { state }] = await Promise.all([
    nameFor(grant.dataset, own, context),
    context.governance.proposal(grant.decision.proposal),
    standing(grant, context),
  ])
  return {
    dataset,
    version: grant.version,
    purposes: [...grant.purposes],
    actions: [...grant.actions],
    // The name that the public log has for them in this grant alone.
    holder: grant.subject,
    issuedAt: iso(grant.issuedAt),
    expiresAt: iso(grant.expiresAt),
    state,
    proposal,
    entry: grant.entry,
    files: files.map(({ lastAt, ...file }) => ({
      ...file,
      lastAt: lastAt === null ? null : iso(lastAt),
    })),
  }
}

/** Who uses what somebody gave; null for everybody else. */
export const usesFor = async (one: Contribution, context: Context, standing: StandingOf) => {
  if (!context.actor || one.contributor !== context.actor.account.id) return null
  const uses = await context.grants.usesOf(one)
  return Promise.all(uses.map((use) => shown(use, one.dataset, context, standing)))
}
