export { type KnownFacts, readFacts } from './answers.ts'
export { attributionText, type Credited } from './attribution.ts'
export { canonicalJson, digestOf, type Sha256, utf8 } from './canonical.ts'
export { type Claim, VERDICTS, type Verdict } from './claim.ts'
export { actionClass, type ClauseClass, factClass } from './clause-class.ts'
export { decide, decideKnown } from './decide.ts'
export {
  type Bar,
  type Decision,
  type Needs,
  OUTCOMES,
  type Outcome,
  type Resolver,
  type Term,
  type Way,
} from './decision.ts'
export { type DerivationFault, derivationFault } from './derive.ts'
export { dutiesOf, mergeDuties } from './duties.ts'
export { type DutyField, dutyForm, evidenceProblems } from './duty-form.ts'
export {
  CURE_DAYS,
  type DutyEvent,
  type DutyPhase,
  type DutyStanding,
  dutyState,
  verifiesItself,
} from './duty-state.ts'
export {
  addRule,
  asNewVersion,
  nameLicence,
  removeClause,
  setClaims,
  setCountries,
  setLabels,
  setTexts,
} from './edit-licence.ts'
export {
  allowedTerms,
  removeDuty,
  setActions,
  setDuty,
  setIdentity,
  setInstant,
  setMonths,
  setStanding,
  setTerms,
  type TermOperand,
} from './edit-rule.ts'
export {
  type EditableCondition,
  type EditableDuty,
  type EditableRule,
  editableRules,
  editableTexts,
} from './editable-licence.ts'
export { evaluate, evaluateKnown } from './evaluate.ts'
export { type Explanation, explainDecision, explainTerm } from './explain.ts'
export { type Granted, licenceAgreement } from './export-agreement.ts'
export { licenceSet } from './export-policy.ts'
export { FACT_NAMES, type FactName, type Facts, parseUse, type Use } from './facts.ts'
export { instantiate, type LicenceParts, templateParts } from './instantiate-licence.ts'
export { join, joinOutcomes } from './join.ts'
export { type AgreedPart, licenceAgreements } from './joint-agreement.ts'
export { labelClaims } from './label-claims.ts'
export { isLabelCode, LABELS, type Label, type LabelCode, type LabelEffect } from './labels.ts'
export { clausesForPeople, leftToPeople } from './left-to-people.ts'
export type {
  Condition,
  Constraint,
  Duty,
  Group,
  HumanClause,
  Licence,
  LicenceLabel,
  LicenceText,
  Operator,
  Rule,
  Value,
} from './licence.ts'
export {
  type Change,
  type DutyChange,
  type LicenceChanges,
  licenceChanges,
} from './licence-changes.ts'
export {
  type Imported,
  impliesCode,
  importCodes,
  type LicenceCode,
  licenceCodes,
  SCHEMES,
  type Scheme,
} from './licence-codes.ts'
export { licenceActions, licenceDigest, onlyPeopleCanSettle } from './licence-facts.ts'
export type { LicenceJson } from './licence-json.ts'
export { meet, meetOutcomes } from './meet.ts'
export { type ClaimMessages, claimMessagesFor, type Messages, messagesFor } from './messages.ts'
export { reservesMining, spdxId } from './mining.ts'
export { type HeldTerms, type Narrowing, narrowing, type Promised } from './narrowing.ts'
export { OPERANDS, type Operand } from './operands.ts'
export { type Outlook, outlookOf } from './outlook.ts'
export { parseClaims, writeClaim } from './parse-claim.ts'
export { type ParsedLicence, parseLicence } from './parse-licence.ts'
export { parseLicenceText } from './parse-licence-text.ts'
export { isPlainOpen, UNDER_THE_FLOOR } from './plain-open.ts'
export type { Problem } from './problem.ts'
export { CONTEXT, PROFILE } from './profile.ts'
export { type ClaimResult, proveClaim, proveClaims } from './prove-claim.ts'
export { publicationProblems } from './publication.ts'
export {
  commonUse,
  compatible,
  diffLicences,
  equivalent,
  type LicenceDiff,
  type Proof,
  proveNever,
  refines,
} from './refine-licence.ts'
export { type SaidChange, sayChange } from './say-change.ts'
export { sayClaim, sayExample } from './say-claim.ts'
export { SCOPE_VALUES, type Scope } from './scope.ts'
export type { Example } from './search-state.ts'
export { suggestedClaims } from './suggest-claims.ts'
export { type Sentence, sayDutyInTime, statementIn, summarise } from './summarise.ts'
export {
  type CustodyRule,
  evaluateTerms,
  factsUnder,
  type JudgedCustodian,
  type JudgedPart,
  speaking,
  type TermsPart,
  type WorkTerms,
} from './terms.ts'
export {
  COUNTRIES_FROM,
  ECONOMY_TABLES,
  type EconomyTableId,
  isCountry,
  territoriesOf,
} from './territory.ts'
export { dutiesTogether, type JointDuties, type JointUse, useTogether } from './use-together.ts'
export {
  ACTIONS,
  ACTOR_KINDS,
  type Action,
  type ActorKind,
  DUTIES,
  DUTY_KINDS,
  type DutyKind,
  PURPOSES,
  type Purpose,
  TERRITORIES,
  type Territory,
  USE_ACTIONS,
} from './vocabulary.ts'
