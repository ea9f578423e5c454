import type { ChangeCustody } from '../governance/effect.ts'
import type { LicenceRecord } from '../licences/licences.ts'
import { keepersOf } from './custody.ts'
import type { Dataset } from './dataset.ts'

const LAW = {
  all: 'All of them must permit a use, and all decide on publication, release and access.',
  any: 'The yes of one of them is enough to permit a use, and each may decide for itself.',
} as const

const TITLE = {
  join: 'Keep a dataset together with another community',
  leave: 'Give up the place beside another community',
  end: 'Let go of terms that a community left behind',
} as const

interface About {
  readonly effect: ChangeCustody
  /** What the one that joins brings. */
  readonly licence: LicenceRecord | undefined
  readonly dataset: Dataset
  /** Of communities, by id. */
  readonly names: ReadonlyMap<string, string>
}

const passingOn = (dataset: Dataset, leaving: string, nameOf: (id: string) => string) => {
  const heir = keepersOf(dataset).find((one) => one !== leaving)
  return dataset.community === leaving && heir !== undefined
    ? [`From then on ${nameOf(heir)} answers for it first. Its history, address and name stay.`]
    : []
}

const paragraphs = ({ effect, licence, dataset, names }: About): readonly string[] => {
  const nameOf = (id: string) => names.get(id) ?? id
  const who = nameOf(effect.community)
  switch (effect.step) {
    case 'join':
      return [
        `${who} keeps dataset ${dataset.id} from now on, beside those that keep it. It brings its licence: ${licence?.title ?? 'unknown'}, version ${licence?.version ?? '?'} (${effect.licence}).`,
        `${LAW[effect.rule]} Nothing changes until every one of them has agreed, each by its own charter.`,
      ]
    case 'leave':
      return [
        `${who} keeps dataset ${dataset.id} no longer and decides nothing about it any more.`,
        ...passingOn(dataset, effect.community, nameOf),
        'Where all had to permit, its terms go on binding until those who remain let go of them by a vote.',
      ]
    case 'end':
      return [
        `The terms that ${who} left behind no longer bind dataset ${dataset.id}.`,
        'This permits more than before: every community that keeps it has to agree.',
      ]
  }
}

/** The text the voters bind themselves to. The log shows it to everyone: it names no dataset by its title. */
export const wordsOf = (about: About, reason: string) => ({
  title: TITLE[about.effect.step],
  text: [...paragraphs(about), `Reason: ${reason}`].join('\n\n'),
})
