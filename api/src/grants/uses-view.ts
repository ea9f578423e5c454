import type { Context } from '../context.ts'
import type { Contribution } from '../datasets/datasets.ts'
import type { ContributionUse, Grant, Standing } from './grants.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

type StandingOf = (grant: Grant, context: Context) => Promise<Standing>

const shown = async ({ grant, files }: ContributionUse, context: Context, standing: StandingOf) => {
  const [dataset, proposal, { state }] = await Promise.all([
    context.datasets.dataset(grant.dataset),
    context.governance.proposal(grant.decision.proposal),
    standing(grant, context),
  ])
  if (!dataset) throw new Error(`a grant on dataset ${grant.dataset}, which is not there`)
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
  return Promise.all(uses.map((use) => shown(use, context, standing)))
}
