import {
  type Action,
  any,
  type Bar,
  type Grant,
  known,
  type ListedPurpose,
  type Pledge,
  type Sentence,
} from './summary-reading.ts'

/** What the words of a summary mean, each said once. */

export const SEE: readonly Action[] = ['discover']
/** "Use it": everything but seeing that it is here. */
export const USE: readonly Action[] = [
  'preview',
  'useInPlace',
  'download',
  'derive',
  'train',
  'redistribute',
]
/** "Look at a sample, work with it here, without a copy, download it, make new things from it or train." */
export const ALL_BUT_PASSING_ON: readonly Action[] = [
  'preview',
  'useInPlace',
  'download',
  'derive',
  'train',
]

export const always: Sentence = () => 'yes'

/** "It is for …"; for a purpose nobody has listed, people decide. */
export const isFor =
  (...purposes: readonly ListedPurpose[]): Sentence =>
  ({ purpose }) =>
    purpose === 'unlisted' ? 'open' : known(purposes.includes(purpose))

export const either =
  (...sentences: readonly Sentence[]): Sentence =>
  (asked) =>
    any(sentences.map((sentence) => sentence(asked)))

export const emailIsYours: Sentence = ({ identity }) => known(identity >= 1)
export const workplaceChecked: Sentence = ({ identity }) => known(identity >= 2)
export const promisesKept: Sentence = ({ overdue }) => known(overdue === 0)
export const from =
  (start: number): Sentence =>
  ({ now }) =>
    known(now >= start)
export const before =
  (end: number): Sentence =>
  ({ now }) =>
    known(now < end)
export const isMember: Sentence = ({ member }) => known(member)
export const councilSaidYes: Sentence = ({ vote }) => known(vote === 'approved')
export const councilTurnedDown: Sentence = ({ refused }) => known(refused)
export const ethicsSaidYes: Sentence = ({ ethics }) => known(ethics)
export const signedSharing: Sentence = ({ benefitSigned }) => known(benefitSigned)
export const homeOrRegion: Sentence = ({ country }) => known(country === 'GH' || country === 'TG')
export const homeRegionOrNotRich: Sentence = ({ country }) => known(country !== 'DE')
export const headOfficeInRegion: Sentence = ({ headOffice }) => known(headOffice === 'region')
export const isCompany: Sentence = ({ actorKind }) => known(actorKind === 'commercial')
export const notCompany: Sentence = ({ actorKind }) => known(actorKind !== 'commercial')
export const companyBehind: Sentence = (asked) => known(asked.companyBehind)
export const noCompanyBehind: Sentence = (asked) => known(!asked.companyBehind)
export const schoolOfficeOrNonprofit: Sentence = ({ actorKind }) =>
  known(actorKind === 'academic' || actorKind === 'publicBody' || actorKind === 'nonprofit')

export const grant = (
  may: readonly Action[],
  onlyIf: readonly Sentence[] = [],
  must: readonly Pledge[] = [],
): Grant => ({ may, onlyIf, must })
export const mayNot = (actions: readonly Action[]): Bar => ({ mayNot: actions, when: always })
export const mayNotUseIf = (when: Sentence): Bar => ({ mayNot: USE, when })
