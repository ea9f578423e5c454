import { messagesFor } from '../../../policies/index.ts'
import type { AccessRequest } from './grants.ts'

const inWords = (words: Readonly<Record<string, string>>, codes: readonly string[]): string =>
  codes.map((code) => words[code] ?? code).join(', ')

/** What the council and the public read, in the words of the licence and not in its codes. */
export const wordsOf = ({ version, purposes, actions, days, team, renews }: AccessRequest) => {
  const words = messagesFor('en')
  const purpose = inWords(words.purposes, purposes)
  const action = inWords(words.actions, actions)
  const people = team.length === 0 ? '' : `, with a team of at most ${team.length} more people`
  const scope = `version ${version} of a dataset (${action}) for ${purpose}, for ${days} days`
  if (renews)
    return {
      title: `Renew access to a dataset for ${purpose}`,
      text: `Somebody who holds grant ${renews} asks to go on using ${scope} from its end${people}. If this passes, the registry issues a signed grant in its place that can do no more than that.`,
    }
  return {
    title: `Access to a dataset for ${purpose}`,
    text: `Somebody asks to use ${scope}${people}. If this passes, the registry issues a signed grant that can do no more than that.`,
  }
}
