import { messagesFor } from '../../../policies/index.ts'

/** What people vote on is said in the language its words are checked in. */
const ENGLISH = messagesFor('en')

const wordFor = (words: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(words, code) ? (words[code] ?? code) : code

/** The kinds of matters a charter has rules for, as headings. */
const MATTERS: Readonly<Record<string, string>> = {
  'dataset.publish': 'Publishing a dataset',
  'access.grant': 'Giving access',
  'access.renew': 'Renewing access',
  'access.revoke': 'Taking access back',
  'access.suspend': 'Confirming a closure',
  'licence.adopt': 'Adopting a licence',
  'release.stage': 'Opening a dataset further',
  'member.admit': 'Admitting a member',
  'member.attest': 'Vouching for a person',
  'body.elect': 'Electing a body',
  'charter.amend': 'Changing the charter',
  'data.takedown': 'Taking data down',
  'duty.waive': 'Waiving a duty',
  'delegation.grant': 'Delegating a decision',
  'fingerprint.policy': 'Marking copies',
}

/** null: what holds for all matters. */
export const matterWords = (matter: string | null): string =>
  matter === null ? 'For all matters' : wordFor(MATTERS, matter)

const FACTS: Readonly<Record<string, string>> = {
  actorKind: 'Is',
  commercialTie: 'Tied to a company',
  country: 'Country',
  control: 'Controlled from',
  ethicsApproval: 'Approved by an ethics board',
  identityAssurance: 'How sure we are who it is, from 0 to 3',
  benefitAgreement: 'Benefit agreed with the community',
}

const ACTORS: Readonly<Record<string, string>> = {
  individual: 'a person on their own',
  communityBody: 'a body of the community',
  academic: 'a university or research institute',
  publicBody: 'a public body',
  nonprofit: 'a non-profit organisation',
  commercial: 'a company',
}

/** A fact somebody says of themselves or the community vouches for; one without words as it is. */
export const factWords = ([name, value]: readonly [string, string | number]): string => {
  const said = name === 'actorKind' ? wordFor(ACTORS, String(value)) : String(value)
  return `${wordFor(FACTS, name)}: ${said}`
}

export const purposeWords = (code: string): string => wordFor(ENGLISH.purposes, code)
export const actionWords = (code: string): string => wordFor(ENGLISH.actions, code)
