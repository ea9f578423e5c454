import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  formatNoteKey,
  isWitnessed,
  KEY_TYPES,
  noteKey,
  parseTlogPolicy,
} from '../../policies/index.ts'

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const keyAt = (n: number, type: 1 | 4 = KEY_TYPES.cosignature) =>
  noteKey(`w${n}.example`, new Uint8Array(32).fill(n), sha256, type)
const witness = (n: number) => `witness w${n} ${formatNoteKey(keyAt(n))}`
const log = `log ${formatNoteKey(keyAt(9, KEY_TYPES.note))} https://log.example/log`
const read = (...lines: string[]) => parseTlogPolicy(lines.join('\n'), sha256)
const three = [witness(1), witness(2), witness(3)]

const policyOf = (...lines: string[]) => {
  const result = read(...lines)
  if (!result.ok) throw new Error(result.problems.join('\n'))
  return result.policy
}

describe('a policy of witnesses', () => {
  it('names logs and witnesses, with an address or without', () => {
    const { logs, witnesses } = policyOf(
      '# who watches whom',
      log,
      `  ${witness(1)}\thttps://w1.example/watch `,
      '',
      'quorum w1',
    )
    expect(logs).toEqual([{ key: keyAt(9, KEY_TYPES.note), url: 'https://log.example/log' }])
    expect(witnesses).toEqual([{ key: keyAt(1), url: 'https://w1.example/watch' }])
  })

  it.each([
    ['quorum none', [], true],
    ['quorum w1', [], false],
    ['quorum w1', [2], false],
    ['quorum w1', [1], true],
    ['group g any w1 w2 w3\nquorum g', [3], true],
    ['group g 2 w1 w2 w3\nquorum g', [3], false],
    ['group g 2 w1 w2 w3\nquorum g', [3, 1], true],
    ['group g all w1 w2 w3\nquorum g', [3, 1], false],
    ['group g all w1 w2 w3\nquorum g', [3, 1, 2], true],
    ['group g 1 w1 w2\ngroup h all g w3\nquorum h', [1, 2], false],
    ['group g 1 w1 w2\ngroup h all g w3\nquorum h', [2, 3], true],
  ] as const)('with "%s" and cosignatures of %j is met: %s', (lines, cosigners, met) => {
    const { quorum } = policyOf(...three, ...lines.split('\n'))
    expect(
      isWitnessed(
        quorum,
        cosigners.map((n) => keyAt(n)),
      ),
    ).toBe(met)
  })

  it('counts a key by its bytes, whatever name it goes by', () => {
    const renamed = noteKey('else.example', keyAt(1).publicKey, sha256, KEY_TYPES.cosignature)
    expect(isWitnessed(policyOf(witness(1), 'quorum w1').quorum, [renamed])).toBe(true)
  })

  it.each([
    ['an unknown word', ['watcher w1', 'quorum none'], 'line 1: "watcher"'],
    ['a word every object knows', ['constructor x', 'quorum none'], 'line 1: "constructor"'],
    ['no quorum', three, 'no quorum line'],
    ['two quorums', ['quorum none', 'quorum none'], 'line 2: there is a quorum'],
    ['a quorum of nobody', ['quorum w1', witness(1)], 'line 1: "w1" has not been defined'],
    ['a group of nobody', ['group g any', 'quorum none'], 'line 1: "any"'],
    ['a number above the members', [...three, 'group g 4 w1 w2 w3', 'quorum g'], 'line 4: "4"'],
    ['a number of zero', [...three, 'group g 0 w1', 'quorum g'], 'line 4: "0"'],
    ['a member twice', [...three, 'group g 2 w1 w1', 'quorum g'], '"w1" is in a group already'],
    [
      'a member of two groups',
      [...three, 'group g any w1', 'group h any w1', 'quorum g'],
      'line 5: "w1" is in a group already',
    ],
    [
      'a name twice',
      [witness(1), witness(2).replace('w2 ', 'w1 '), 'quorum w1'],
      'line 2: the name "w1"',
    ],
    [
      'a key twice',
      [witness(1), witness(1).replace('w1 ', 'x '), 'quorum w1'],
      'line 2: the key of',
    ],
    [
      'the name none',
      [witness(1).replace('w1 ', 'none '), 'quorum none'],
      'line 1: the name "none"',
    ],
    [
      'a key that signs logs',
      [`witness w ${formatNoteKey(keyAt(1, KEY_TYPES.note))}`, 'quorum w'],
      'line 1',
    ],
    ['a key that cosigns for a log', [`log ${formatNoteKey(keyAt(1))}`, 'quorum none'], 'line 1'],
    ['a key with a digit changed', [witness(1).replace('+', '+f'), 'quorum w1'], 'line 1'],
  ])('is refused with %s, and told where', (_, lines, problem) => {
    const result = read(...lines)
    expect(result.ok ? '' : result.problems.join('\n')).toContain(problem)
  })
})
