import {
  ACTIONS,
  actionClass,
  type ClauseClass,
  DUTIES,
  DUTY_KINDS,
  ECONOMY_TABLES,
  factClass,
  OPERANDS,
  type Operand,
  PURPOSES,
} from '../../../policies/index.ts'
import {
  ACTION_MEANINGS,
  ACTION_PARENTS,
  BETWEEN_AGREEMENTS,
  DUTY_MEANINGS,
  FACT_MEANINGS,
  PROPERTY_MEANINGS,
  PURPOSE_MEANINGS,
  VALUE_MEANINGS,
} from './profile-words.ts'

/** One term of the profile, for people and tools that meet it in a document. */
export interface ProfileTerm {
  /** The local name behind the prefix of the profile. */
  readonly name: string
  readonly kind: 'action' | 'operand' | 'value' | 'duty' | 'property'
  readonly definition: string
  /** For a value: the operands that take it, as they are written in a document. */
  readonly operands: readonly string[]
  /** For an operand: the operators it takes. */
  readonly operators: readonly string[]
  readonly class?: ClauseClass
  /** IRIs of ODRL terms it is narrower than. */
  readonly broader: readonly string[]
}

export const ODRL = 'http://www.w3.org/ns/odrl/2/'

const nothing = { operands: [], operators: [], broader: [] } as const
const local = (name: string): string => name.replace(/^sov:/, '')

const actions = ACTIONS.map(
  (name): ProfileTerm => ({
    ...nothing,
    name,
    kind: 'action',
    definition: ACTION_MEANINGS[name],
    class: actionClass(name),
    broader: [`${ODRL}${ACTION_PARENTS[name]}`],
  }),
)
// `attribute` is a term of ODRL itself.
const duties = DUTY_KINDS.filter((name) => name !== 'attribute').map(
  (name): ProfileTerm => ({
    ...nothing,
    name,
    kind: 'duty',
    definition: `${DUTY_MEANINGS[name]} Shown by: ${DUTIES[name].evidence}; looked at by: ${DUTIES[name].verifier}.`,
    class: 'obligation',
  }),
)
const operands = Object.entries(OPERANDS)
  .filter(([name]) => name.startsWith('sov:'))
  .map(
    ([name, { fact, operators }]): ProfileTerm => ({
      ...nothing,
      name: local(name),
      kind: 'operand',
      definition: FACT_MEANINGS[fact] ?? '',
      operators,
      class: factClass(fact),
    }),
  )

const betweenAgreements = Object.entries(BETWEEN_AGREEMENTS).map(
  ([name, definition]): ProfileTerm => ({
    ...nothing,
    name,
    kind: 'operand',
    definition,
    operators: ['eq'],
    class: 'enforced',
  }),
)

const takenBy = (value: string): readonly string[] =>
  Object.entries(OPERANDS)
    .filter(([, operand]: readonly [string, Operand]) =>
      operand.form === 'term' ? operand.values.includes(value) : false,
    )
    .map(([name]) => name)

const termValues = Object.values(OPERANDS).flatMap((operand) =>
  operand.form === 'term' ? operand.values : [],
)
const values = [...new Set([...termValues, 'unlisted', 'none', 'never', 'onlyIf', 'always'])].map(
  (name): ProfileTerm => {
    const purpose = PURPOSES.find((known) => known === name)
    const definition = purpose === undefined ? VALUE_MEANINGS[name] : PURPOSE_MEANINGS[purpose]
    return {
      ...nothing,
      name,
      kind: 'value',
      definition: definition ?? '',
      operands: name === 'unlisted' ? ['purpose'] : takenBy(name),
    }
  },
)

const tables = Object.entries(ECONOMY_TABLES).map(
  ([name, { source, from }]): ProfileTerm => ({
    ...nothing,
    name,
    kind: 'value',
    definition: `${source}, in force from ${from}.`,
  }),
)

/** `home` and `region` are a value and a property: one IRI, both meanings. */
const properties = Object.entries(PROPERTY_MEANINGS).map(
  ([name, definition]): ProfileTerm => ({ ...nothing, name, kind: 'property', definition }),
)

/** Every term of the profile with its definition, in the order of the tables it comes from. */
export const PROFILE_TERMS: readonly ProfileTerm[] = [
  ...actions,
  ...operands,
  ...betweenAgreements,
  ...values,
  ...tables,
  ...duties,
  ...properties,
]
