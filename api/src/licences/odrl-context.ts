/**
 * What `http://www.w3.org/ns/odrl.jsonld` says of the terms this profile uses, so that nothing is
 * ever fetched. A term outside this table does not expand, and safe mode then refuses the document.
 */
const ODRL = 'http://www.w3.org/ns/odrl/2/'

const named = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, `${ODRL}${name}`]))
const coerced = (type: '@id' | '@vocab', names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { '@id': `${ODRL}${name}`, '@type': type }]))

export const ODRL_CONTEXT_URL = 'http://www.w3.org/ns/odrl.jsonld'

export const ODRL_CONTEXT = {
  '@context': {
    odrl: ODRL,
    uid: '@id',
    type: '@type',
    ...named(['Offer', 'Agreement', 'Set', 'prohibit', 'use', 'attribute']),
    ...named(['purpose', 'dateTime', 'elapsedTime']),
    ...named(['eq', 'neq', 'lt', 'lteq', 'gt', 'gteq', 'isAnyOf', 'isNoneOf']),
    ...named(['rightOperand', 'and', 'or']),
    ...coerced('@id', ['profile', 'target', 'assigner', 'assignee']),
    ...coerced('@id', ['permission', 'prohibition', 'duty', 'constraint']),
    ...coerced('@vocab', ['conflict', 'action', 'leftOperand', 'operator']),
  },
} as const
