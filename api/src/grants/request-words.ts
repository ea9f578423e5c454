import { clausesForPeople, messagesFor, statementIn } from '../../../policies/index.ts'
import type { People } from '../people/people.ts'
import type { AccessRequest } from './grants.ts'
import type { ReadLicence } from './read-licence.ts'
import type { SettledClauses } from './settlement.ts'

const inWords = (words: Readonly<Record<string, string>>, codes: readonly string[]): string =>
  codes.map((code) => words[code] ?? code).join(', ')

interface ClauseDeps {
  readonly licenceOf: ReadLicence
  readonly people: Pick<People, 'community'>
}

/** The clauses a vote settles, each in its own words, with the community whose licence has it. */
export const sayClauses = async (
  { licenceOf, people }: ClauseDeps,
  settles: readonly SettledClauses[],
): Promise<readonly string[]> => {
  const said = await Promise.all(
    settles.map(async ({ community, licence, clauses }) => {
      const all = clausesForPeople(await licenceOf(licence))
      const name = (await people.community(community))?.name ?? community
      return all
        .filter(({ uid }) => clauses.includes(uid))
        .map((clause) => `“${statementIn(clause, messagesFor('en'))}” (${name})`)
    }),
  )
  return [...new Set(said.flat())]
}

/** What a vote settles stands by itself: letters repeat it. */
const PARAGRAPH = '\n\n'

/** A yes answers what no machine can: those who vote have to know what, and that nobody else does. */
const leftToVote = (clauses: readonly string[]): string =>
  clauses.length === 0
    ? ''
    : `${PARAGRAPH}The licence leaves this to people alone: ${clauses.join('; ')}. No machine judges it, and no standing decision or operator can: a yes means that the council whose licence says so has judged it for this request, under this version of its licence only.`

/** What the council and the public read, in the words of the licence and not in its codes. */
export const wordsOf = (
  { version, purposes, actions, days, team, renews }: AccessRequest,
  clauses: readonly string[],
) => {
  const words = messagesFor('en')
  const purpose = inWords(words.purposes, purposes)
  const action = inWords(words.actions, actions)
  const people = team.length === 0 ? '' : `, with a team of at most ${team.length} more people`
  const scope = `version ${version} of a dataset (${action}) for ${purpose}, for ${days} days`
  if (renews)
    return {
      title: `Renew access to a dataset for ${purpose}`,
      text: `Somebody who holds grant ${renews} asks to go on using ${scope} from its end${people}. If this passes, the registry issues a signed grant in its place that can do no more than that.${leftToVote(clauses)}`,
    }
  return {
    title: `Access to a dataset for ${purpose}`,
    text: `Somebody asks to use ${scope}${people}. If this passes, the registry issues a signed grant that can do no more than that.${leftToVote(clauses)}`,
  }
}
