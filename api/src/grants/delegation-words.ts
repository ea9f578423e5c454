import { type DelegatedClass, messagesFor } from '../../../policies/index.ts'
import type { LicenceRecord } from '../licences/licences.ts'

const inWords = (words: Readonly<Record<string, string>>, codes: readonly string[]): string =>
  codes.map((code) => words[code] ?? code).join(', ')

const sayDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

const whoIn = ({ actorKinds, territories, commercialTie }: DelegatedClass): string => {
  const { actorKinds: kinds, territories: places } = messagesFor('en')
  const said = [
    actorKinds && `who are ${inWords(kinds, actorKinds)}`,
    territories && `from: ${inWords(places, territories)}`,
    commercialTie && 'without a commercial tie',
  ].filter((part) => part !== null)
  return said.length === 0 ? 'anybody' : `people ${said.join('; ')}`
}

/** What is handed over and until when, in the words of the licence and not in its codes. */
export const delegationWords = (
  scope: DelegatedClass,
  until: number,
  licences: readonly Pick<LicenceRecord, 'title' | 'version'>[],
): string => {
  const words = messagesFor('en')
  const what = scope.datasets === null ? 'any dataset' : `${scope.datasets.length} named datasets`
  const under = licences.map(({ title, version }) => `“${title}”, version ${version}`).join('; ')
  return [
    `Until ${sayDay(until)} requests of this kind are answered yes without a ballot, as soon as they are made.`,
    `To use ${what} of this community (${inWords(words.actions, scope.actions)}) for ${inWords(words.purposes, scope.purposes)}, asked by ${whoIn(scope)}, for at most ${scope.longestDays} days and with at most ${scope.largestTeam} more people.`,
    `Only where the licence would let the council say yes, and only under ${under || 'no licence'}. A newer licence, another charter, a renewal, somebody the council has refused before, or somebody who sits in it comes before the council as always.`,
    'What people say of themselves does not count: who they are, their ties and their country are known only as far as the council has vouched for them.',
    'Anyone who sits in the deciding body can pause it at once; only a vote lets it go on, and a vote ends it.',
  ].join('\n\n')
}
