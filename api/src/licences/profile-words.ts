import {
  type Action,
  COUNTRIES_FROM,
  type DutyKind,
  type FactName,
  type Purpose,
} from '../../../policies/index.ts'

/**
 * What each term of the profile means, in words for people and tools that meet it elsewhere. A key
 * that the vocabulary does not have, or one it has and this lacks, does not compile.
 */
export const ACTION_MEANINGS: Readonly<Record<Action, string>> = {
  discover: 'To learn that the dataset exists and read its description.',
  preview: 'To look at a sample.',
  useInPlace: 'To work with the data where it lies; no copy leaves the registry.',
  download: 'To receive a copy of the files.',
  derive: 'To make a work from the data: a corpus, a dictionary, an annotation.',
  train: 'To fit the parameters of a model to the data.',
  redistribute: 'To pass the data, or a substantial part of it, on to others.',
}
/** The ODRL action each action is narrower than. */
export const ACTION_PARENTS: Readonly<Record<Action, string>> = {
  discover: 'index',
  preview: 'present',
  useInPlace: 'use',
  download: 'reproduce',
  derive: 'derive',
  train: 'derive',
  redistribute: 'distribute',
}
export const PURPOSE_MEANINGS: Readonly<Record<Purpose, string>> = {
  communityUse: 'Use by and for the community the data comes from.',
  learning: 'Learning or teaching the language.',
  revitalisation: 'Bringing the language back into use.',
  publicService: 'A service of a public body, such as health information.',
  preservation: 'Keeping the data safe and readable.',
  linguisticResearch: 'Research into language.',
  languageTechnologyResearch: 'Research into methods that process language.',
  evaluation: 'Testing a system without training it.',
  journalism: 'Reporting to the public.',
  communityProduct: 'A product that the community owns or decides about.',
  commercialProduct: 'A product or service that is sold or otherwise earns money.',
  advertising: 'Advertising or marketing.',
  voiceImitation: 'Imitating the voice of a person.',
  surveillance: 'Watching, tracking or identifying people.',
  profiling: 'Deriving traits of individual people.',
  corpusBuilding: 'Merging the data into a larger collection.',
  unlisted: 'A purpose on no list: people decide about it.',
}
export const DUTY_MEANINGS: Readonly<Record<DutyKind, string>> = {
  attribute: 'Name the community and everyone who made the data.',
  noticeLabels: 'Show the labels and notices wherever the data is shown.',
  reportBack: 'Report to the community what was done and found.',
  shareBack: 'Give what was made from the data back to the community.',
  shareAlike: 'Pass derived works on under the same terms.',
  informCouncil: 'Tell the council before publishing.',
  benefitShare: 'Give the benefit that was agreed.',
  deleteOnEnd: 'Delete every copy when the permission ends.',
  reaccept: 'Accept a new version of the terms before going on.',
  secureStorage: 'Keep the data where others cannot reach it.',
}
export const FACT_MEANINGS: Readonly<Partial<Record<FactName, string>>> = {
  month: 'The month of the request in UTC, 1 to 12.',
  actorKind: 'What kind of body or person asks.',
  commercialTie: 'Whether who asks is funded by, employed by or acting for a commercial party.',
  territory: 'The class of the country of who asks, by the lists of the licence.',
  control: 'Where head office and economic control lie.',
  ethicsApproval: 'Whether an ethics body has approved the work.',
  councilApproval: 'What the council has decided about this request; unknown while it is asked.',
  councilRefused: 'Whether the council has refused this request before. Not known is no.',
  membership: 'Whether who asks belongs to the community. Not known is no.',
  identityAssurance:
    '0 anonymous, 1 e-mail, 2 institution checked, 3 vouched for by the council. Not known is 0.',
  overdueDuties: 'How many duties to this community are overdue. Not known is 0.',
  benefitAgreement: 'Whether an agreement on benefits is signed. Not known is no.',
}
/** What only an agreement can ask: no licence can, and who does not know it cannot take it as met. */
export const BETWEEN_AGREEMENTS: Readonly<Record<string, string>> = {
  permittedUnder:
    'Whether the agreement that is named permits the same use too, its own constraints of this kind left aside. Facts are those of its assigner. An evaluator that does not know this operand must not take it as met.',
}
export const VALUE_MEANINGS: Readonly<Record<string, string>> = {
  individual: 'A person who acts for nobody else.',
  communityBody: 'A body of the community.',
  academic: 'A university or research institute.',
  publicBody: 'An authority or public institution.',
  nonprofit: 'A body that may not distribute profit.',
  commercial: 'A body that seeks profit.',
  home: 'A country on the home list of the licence.',
  region: 'A country on the region list of the licence.',
  nonHighIncome: 'Another country that the named table does not class as high income.',
  other: 'Any other country.',
  elsewhere: 'Outside the region.',
  yes: 'What is asked about is so.',
  no: 'What is asked about is not so.',
  approved: 'The council has approved.',
  rejected: 'The council has rejected.',
  lapsed: 'An approval has run out.',
  member: 'Who asks is a member of the community.',
  signed: 'The agreement is signed.',
  none: 'In a claim: no membership, or no agreement.',
  never: 'A claim: no such request is ever permitted.',
  onlyIf: 'A claim: such a request is permitted only under its condition.',
  always: 'A claim: every such request is permitted.',
}
export const PROPERTY_MEANINGS: Readonly<Record<string, string>> = {
  home: `Countries of the community, ISO 3166-1 alpha-2 as assigned since ${COUNTRIES_FROM}.`,
  region: `Countries of its region, ISO 3166-1 alpha-2 as assigned since ${COUNTRIES_FROM}.`,
  economyTable: 'The dated table of economies that classes by income rest on.',
  labels: 'Labels and notices of the Local Contexts Hub that go with the data.',
  code: 'The code of a label or notice.',
  hub: 'The address of a label at the Local Contexts Hub.',
  preamble: 'Words of the community itself; they bind nobody.',
  humanOnly:
    'A clause that only people can apply: it refers every use it covers to them, and a vote of the council on the very request settles it.',
  statement: 'What people decide under such a clause, in words.',
  claims: 'What the community wants proved of its licence; kept and hashed with it.',
  verdict: 'What a claim says of the requests in its scope.',
  scope: 'The requests a claim is about; what it leaves out is free.',
  condition: 'What must hold for a permit under a claim that says only if.',
  actions: 'The actions a scope is about.',
  purposes: 'The purposes a scope is about.',
  countries: 'The countries a scope is about, ISO 3166-1 alpha-2.',
  overdue: 'Whether duties are overdue in a scope.',
  withDuties: 'Duties that have been accepted in a scope.',
  withoutDuties: 'Duties that have not been accepted in a scope.',
  from: 'The first instant of a scope.',
  until: 'The first instant after a scope.',
  valueOf: 'The operand that takes a value.',
  takes: 'An operator that an operand takes.',
  class: 'How a clause with this term is held to: enforced, evidenced, obligation or humanOnly.',
  licenceDigest: 'The digest of the licence an agreement rests on.',
  holdsTogetherWith:
    'Another agreement of the same grant, which says what it asks for as well. A permission holds only together with it: it repeats all of that, or names it by permittedUnder.',
  settledByPeople:
    'Clauses left to people that a vote has settled for what was agreed, and for nothing else.',
  clause: 'The clause of the licence that was settled.',
  settledBy: 'The community whose council settled it.',
  vote: 'The vote that settled it.',
}
