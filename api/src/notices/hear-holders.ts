import { fieldsOf } from '../governance/history.ts'
import { grantIn } from '../grants/projections.ts'
import { isOver, usersOf } from '../grants/team.ts'
import { textIn } from '../log/index.ts'
import { type Hear, type HearDeps, tell } from './heard.ts'
import type { Heard } from './notice.ts'

const DAY = 86_400_000

/** Those whom a name stands for: an address counts once its person has shown that it is theirs. */
const named = async (
  { people }: HearDeps,
  emails: readonly string[],
  about: Heard['about'],
): Promise<readonly Heard[]> => {
  const found = await Promise.all(emails.map((email) => people.accountByEmail(email)))
  const shown = found.filter((account) => account !== null && account.emailVerifiedAt !== null)
  return tell(
    shown.map((account) => account?.id),
    'team-named',
    about,
  )
}

const aboutGrant = (grant: unknown, dataset: unknown): Heard['about'] => ({
  grant: String(grant),
  dataset: String(dataset),
})

/** The holder, and those named in the team who have not accepted with an earlier term already. */
export const issued: Hear = async (deps, { data, secret }) => {
  const about = aboutGrant(data.grant, data.dataset)
  const kept = new Set(Object.keys(fieldsOf(secret.kept)))
  const fresh = Object.entries(fieldsOf(secret.named)).filter(([id]) => !kept.has(id))
  const emails = fresh.map(([, email]) => textIn(email)).filter(Boolean)
  const holder = tell([textIn(secret.account)].filter(Boolean), 'grant-issued', about)
  return [...holder, ...(await named(deps, emails, about))]
}

export const teamNamed: Hear = async (deps, { data, secret }) =>
  named(deps, [textIn(secret.email)].filter(Boolean), aboutGrant(data.grant, data.dataset))

/** The holder and everybody who used it with them. */
export const revoked: Hear = async ({ log }, { stream, idx, data }) => {
  const grant = grantIn((await log.stream(stream)).filter((event) => event.idx <= idx))
  return grant ? tell(usersOf(grant), 'grant-revoked', aboutGrant(data.grant, grant.dataset)) : []
}

/** Whoever could use a dataset when it was closed, each once. */
export const suspended: Hear = async ({ grantsOn }, { data, at }) => {
  const live = (await grantsOn([textIn(data.dataset)])).filter(
    (grant) => grant.issuedAt <= at && !isOver(grant, at),
  )
  const heard = live.flatMap((grant) =>
    tell(usersOf(grant), 'grant-suspended', aboutGrant(grant.id, grant.dataset)),
  )
  return [...new Map(heard.map((one) => [one.account, one])).values()]
}

/** The holder, who answers for the copies of the team. */
export const askedToDelete: Hear = async ({ log }, { stream, idx, at, data }) => {
  const grant = grantIn((await log.stream(stream)).filter((event) => event.idx <= idx))
  if (!grant?.account) return []
  const until = at + Number(data.withinDays) * DAY
  return tell([grant.account], 'deletion-asked', {
    ...aboutGrant(data.grant, grant.dataset),
    until,
  })
}
