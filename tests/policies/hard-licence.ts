import { CONTEXT, PROFILE } from '../../policies/index.ts'

/**
 * Legal licences that are as hard to go through as the profile lets them be: every prohibition is
 * a sum modulo two of some of the tests, so that none of them is settled before all of its tests
 * are, and whether any request is left is a question for algebra, not for sight.
 */
type Node = Readonly<Record<string, unknown>>

interface HardTest {
  readonly leftOperand: string
  readonly values: readonly Node[]
}

const term = (name: string) => ({ '@id': `sov:${name}` })
const integer = (value: number) => ({ '@value': String(value), '@type': 'xsd:integer' })

/** One test for each binary digit of the place that a value has in its list. */
function digits(leftOperand: string, values: readonly Node[], count: number): readonly HardTest[] {
  return Array.from({ length: count }, (_, digit) => ({
    leftOperand,
    values: values.filter((__, place) => (place >> digit) % 2 === 1),
  }))
}

const PURPOSES = [
  'communityUse learning revitalisation publicService preservation linguisticResearch',
  'languageTechnologyResearch evaluation journalism communityProduct commercialProduct',
  'advertising voiceImitation surveillance profiling corpusBuilding',
]
const words = (...lines: readonly string[]) => lines.join(' ').split(' ').map(term)

const TESTS: readonly HardTest[] = [
  ...digits('purpose', words(...PURPOSES), 4),
  ...digits('sov:actorKind', words('individual communityBody academic publicBody'), 2),
  ...digits('sov:commercialTie', words('yes no'), 1),
  ...digits('sov:territory', words('home region nonHighIncome other'), 2),
  ...digits('sov:control', words('region elsewhere'), 1),
  ...digits('sov:ethicsApproval', words('yes no'), 1),
  ...digits('sov:councilApproval', words('approved rejected lapsed'), 2),
  ...digits('sov:identityAssurance', [0, 1, 2, 3].map(integer), 2),
  ...digits('sov:month', [1, 2, 3, 4, 5, 6, 7, 8].map(integer), 3),
  ...digits(
    'sov:overdueDuties',
    Array.from({ length: 16 }, (_, count) => integer(count)),
    4,
  ),
  { leftOperand: 'sov:membership', values: [term('member')] },
  { leftOperand: 'sov:councilRefused', values: [term('yes')] },
  { leftOperand: 'sov:benefitAgreement', values: [term('signed')] },
]

/** A licence of this many prohibitions, each the sum of `width` tests; `next` is uniform in [0, 1). */
export function hardLicence(bars: number, width: number, next: () => number): Node {
  let count = 0
  const uid = () => {
    count += 1
    return `urn:example:hard#${count}`
  }
  const literal = ({ leftOperand, values }: HardTest, holds: boolean): Node => ({
    uid: uid(),
    leftOperand,
    operator: holds ? 'isAnyOf' : 'isNoneOf',
    rightOperand: values,
  })
  const chosen = (): readonly HardTest[] =>
    TESTS.map((test) => [next(), test] as const)
      .sort(([a], [b]) => a - b)
      .slice(0, width)
      .map(([, test]) => test)
  /** One clause for each assignment of the other parity; together they leave just one parity. */
  const sum = (tests: readonly HardTest[], odd: boolean): readonly Node[] =>
    Array.from({ length: 2 ** width }, (_, bits) => bits)
      .filter((bits) => (bits.toString(2).replaceAll('0', '').length % 2 === 1) === odd)
      .map((bits) => ({
        uid: uid(),
        or: tests.map((test, place) => literal(test, (bits >> place) % 2 === 1)),
      }))
  return {
    '@context': CONTEXT,
    '@type': 'Offer',
    uid: 'urn:example:hard',
    profile: PROFILE,
    conflict: 'prohibit',
    'dct:title': { '@value': 'Hard', '@language': 'en' },
    'sov:home': ['GH'],
    'sov:region': ['TG'],
    'sov:economyTable': { '@id': 'sov:worldBankFY26' },
    permission: [
      { uid: uid(), target: 'urn:example:d', assigner: 'urn:example:c', action: ['sov:download'] },
    ],
    prohibition: Array.from({ length: bars }, () => ({
      uid: uid(),
      target: 'urn:example:d',
      action: ['sov:download'],
      constraint: sum(chosen(), next() < 0.5),
    })),
  }
}
