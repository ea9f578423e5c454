import { keepersOf } from '../datasets/datasets.ts'
import { fieldsOf } from '../governance/history.ts'
import { type StoredEvent, textIn } from '../log/index.ts'
import { type Hear, type HearDeps, tell } from './heard.ts'
import type { Heard } from './notice.ts'

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

/** Whoever uses a grant beside its holder, as its own events tell it. */
const usersIn = (history: readonly StoredEvent[]): readonly string[] => {
  const users = new Map<string, string>()
  for (const { type, data, secret } of history) {
    for (const [id, place] of Object.entries(fieldsOf(secret.kept)))
      users.set(id, textIn(fieldsOf(place).account))
    if (type === 'team.accepted') users.set(textIn(data.member), textIn(secret.account))
    if (type === 'team.left') users.delete(textIn(data.member))
  }
  return [...users.values()].filter(Boolean)
}

/** The holder and everybody who used it with them. */
export const revoked: Hear = async ({ log }, { stream, idx, data }) => {
  const history = (await log.stream(stream)).filter((event) => event.idx <= idx)
  const [first] = history
  const concerned = [textIn(first?.secret.account), ...usersIn(history)].filter(Boolean)
  return tell(concerned, 'grant-revoked', aboutGrant(data.grant, textIn(first?.data.dataset)))
}

/** Whoever could use a dataset when it was closed. */
export const suspended: Hear = async ({ datasets, grantsIn }, { data, at }) => {
  const dataset = await datasets.dataset(textIn(data.dataset))
  const all = dataset ? await Promise.all(keepersOf(dataset).map(grantsIn)) : []
  const live = all
    .flat()
    .filter((grant) => grant.dataset === dataset?.id && grant.issuedAt <= at)
    .filter(({ revokedAt, renewedBy, expiresAt }) => !revokedAt && !renewedBy && at < expiresAt)
  const heard = new Map<string, Heard>()
  for (const { id, account, team, dataset: about } of live)
    for (const one of [account, ...team.map((place) => (place.endedAt ? null : place.account))])
      for (const each of tell([one], 'grant-suspended', aboutGrant(id, about)))
        heard.set(each.account, each)
  return [...heard.values()]
}
