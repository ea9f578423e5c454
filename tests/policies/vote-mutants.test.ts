import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { admissible, view } from '../../policies/index.ts'
import { type VoteKernel, voteInvariants } from './vote-invariants.ts'
import { failingVectors } from './vote-vectors.ts'

/** One careless edit of the kernel. */
type Mutant = readonly [harm: string, file: string, before: string, after: string]

const MUTANTS: readonly Mutant[] = [
  ['a tie passes', 'tally.ts', 'yes > no &&', 'yes >= no &&'],
  ['any majority carries', 'tally.ts', ' && yes >= ceilOf(share, yes + no)', ''],
  [
    'half of the roll is not asked',
    'tally.ts',
    'const met = numbers.yes >= needed',
    'const met = true',
  ],
  ['shares are rounded down', 'fraction.ts', 'Math.ceil', 'Math.floor'],
  ['the recused stay in the denominator', 'count.ts', 'count.deciders -= 1', ''],
  ['the recused are counted', 'count.ts', 'if (recused.has(member)) return undefined', ''],
  ['a recused proxy speaks', 'count.ts', 'if (recused.has(proxy)) return undefined', ''],
  [
    'the proxy beats the member',
    'count.ts',
    'own !== undefined || !Object.hasOwn(frozen.proxies, member)',
    '!Object.hasOwn(frozen.proxies, member)',
  ],
  [
    'a vote lent is not heard again',
    'count.ts',
    'for (const lender of count.lenders.get(member) ?? []) hear(count, lender)',
    '',
  ],
  [
    'an earlier ballot stays in the count',
    'count.ts',
    'if (before !== undefined) add(count, member, before, -1)',
    '',
  ],
  [
    'a member without a group is a group',
    'count.ts',
    "voice === 'yes' && group !== ''",
    "voice === 'yes'",
  ],
  [
    'strangers speak through a proxy',
    'count.ts',
    'if (!Object.hasOwn(frozen.roll, member)) continue',
    '',
  ],
  [
    'proxies carry every objection',
    'count.ts',
    " && !frozen.proxyCarriesObjection ? 'no'",
    " && false ? 'no'",
  ],
  ['no group is asked', 'tally.ts', 'const met = have >= need', 'const met = true'],
  ['one yes speaks for any group', 'tally.ts', 'yes >= rule.minYes', 'yes >= 1'],
  [
    'no group at all agrees',
    'tally.ts',
    'Math.max(1, ceilOf(rule.need, count.yesByGroup.size))',
    'ceilOf(rule.need, count.yesByGroup.size)',
  ],
  [
    'objections never stop consent',
    'tally.ts',
    'const met = numbers.object === 0',
    'const met = true',
  ],
  ['objections always stop', 'tally.ts', "rule.objection === 'blocks'", 'true'],
  [
    'an abstention is a yes',
    'count.ts',
    'count.numbers[voice] += by',
    "count.numbers[voice === 'abstain' ? 'yes' : voice] += by",
  ],
  ['nobody is too few', 'tally.ts', 'met: deciders >= frozen.rule.minDeciders', 'met: true'],
  [
    'any share may stand aside',
    'tally.ts',
    'met: !exceeds(aside, roll, frozen.maxRecusedShare)',
    'met: true',
  ],
  ['an inquorate vote passes', 'tally.ts', 'const pass = !inquorate && ', 'const pass = '],
  [
    'late ballots count',
    'admissible.ts',
    "if (at >= course.closesAt) return deny('closed', 'The vote has closed.')\n  if (!isOnRoll",
    'if (!isOnRoll',
  ],
  [
    'the close is inclusive',
    'admissible.ts',
    "if (at >= course.closesAt) return deny('closed', 'The vote has closed.')\n  if (!isOnRoll",
    "if (at > course.closesAt) return deny('closed', 'The vote has closed.')\n  if (!isOnRoll",
  ],
  ['anyone votes', 'admissible.ts', 'return Object.hasOwn(frozen.roll, member)', 'return true'],
  [
    'inherited names vote',
    'admissible.ts',
    'return Object.hasOwn(frozen.roll, member)',
    'return member in frozen.roll',
  ],
  [
    'the recused vote on',
    'admissible.ts',
    "return judgeAside(course, by, 'A member who stands aside takes no part in this vote.')",
    'return null',
  ],
  [
    'those it is decided about take part',
    'count.ts',
    'for (const member of frozen.aside ?? []) standAside(count, member)',
    '',
  ],
  ['time runs backwards', 'admissible.ts', 'if (at < course.lastAt)', 'if (false)'],
  ['the future is seen', 'admissible.ts', 'until !== undefined && event.at > until', 'false'],
  [
    'an objection needs no reason',
    'admissible.ts',
    "event.choice === 'object' && isBlank(event.reason)",
    'false',
  ],
  ['anyone vetoes', 'admissible.ts', '!course.frozen.vetoers.includes(by)', 'false'],
  [
    'recused guardians veto',
    'admissible.ts',
    "judgeAside(course, by, 'Who stands aside has no veto.') ??",
    '',
  ],
  [
    'a veto comes any time',
    'admissible.ts',
    "if (event.at >= course.closesAt + frozen.times.veto) {\n    return deny('window-over', 'The time for a veto is over.')",
    "if (false) {\n    return deny('window-over', 'The time for a veto is over.')",
  ],
  [
    'a veto is lifted any time',
    'admissible.ts',
    'if (event.at >= course.closesAt + course.frozen.times.veto) {',
    'if (false) {',
  ],
  ['anyone appeals', 'admissible.ts', 'if (appealers.includes(by)) return null', 'return null'],
  [
    'an appeal comes any time',
    'admissible.ts',
    'event.at >= course.closesAt + frozen.times.appeal',
    'false',
  ],
  [
    'a single peer removes a member',
    'admissible.ts',
    'if (peers.size < needed)',
    'if (peers.size < 1)',
  ],
  ['a peer is counted twice', 'admissible.ts', 'peers.size !== event.by.length || ', ''],
  ['half of the peers suffice', 'course.ts', 'Math.floor(others / 2) + 1', 'Math.ceil(others / 2)'],
  ['the effect comes too early', 'course.ts', "if (at < from) return 'standstill'", ''],
  [
    'the appeal window does not hold',
    'course.ts',
    'Math.max(course.closesAt + veto, course.closesAt + appeal, course.resumedAt)',
    'Math.max(course.closesAt + veto, course.resumedAt)',
  ],
  ['an appeal does not pause', 'course.ts', ', course.resumedAt)', ')'],
  [
    'a vetoed decision takes effect',
    'course.ts',
    "if (course.vetoes.size > 0) return 'vetoed'",
    '',
  ],
  [
    'an annulled decision takes effect',
    'course.ts',
    "if (course.appeal === 'upheld') return 'annulled'",
    '',
  ],
  [
    'the effect happens twice',
    'course.ts',
    "if (course.effect !== undefined) return 'enacted'",
    '',
  ],
  [
    'a decision never lapses',
    'course.ts',
    "at < from + course.frozen.times.execWithin ? 'enactable' : 'expired'",
    "'enactable'",
  ],
  [
    'a flip moves nothing',
    'course.ts',
    'if (late && tallyOf(course).pass !== before)',
    'if (false)',
  ],
  [
    'every late ballot moves the close',
    'course.ts',
    'if (late && tallyOf(course).pass !== before)',
    'if (late)',
  ],
  [
    'extensions never end',
    'course.ts',
    'inWindow && course.extensions < maxExtensions',
    'inWindow',
  ],
  [
    'a withdrawn objection is a yes',
    'course.ts',
    "castBallot(course.count, event.by, 'abstain')",
    "castBallot(course.count, event.by, 'yes')",
  ],
  ['a dismissed appeal annuls', 'course.ts', "event.upheld ? 'upheld' : 'none'", "'upheld'"],
  [
    'the first ballot counts',
    'count.ts',
    'count.ballots.set(member, choice)',
    'if (!count.ballots.has(member)) count.ballots.set(member, choice)',
  ],
]

const rules = fileURLToPath(new URL('../../policies/rules', import.meta.url))
const workplace = mkdtempSync(join(tmpdir(), 'vote-mutants-'))
afterAll(() => rmSync(workplace, { recursive: true }))

let made = 0
async function mutated([, file, before, after]: Mutant): Promise<VoteKernel> {
  made += 1
  const folder = join(workplace, String(made))
  cpSync(rules, folder, { recursive: true })
  const source = readFileSync(join(folder, file), 'utf8')
  if (source.split(before).length !== 2) throw new Error(`${file} must hold once: ${before}`)
  writeFileSync(join(folder, file), source.replace(before, after))
  const load = (name: string) => import(pathToFileURL(join(folder, name)).href)
  return { ...(await load('view.ts')), ...(await load('admissible.ts')) }
}

/** The first promise the kernel breaks; undefined when nothing was noticed. */
function firstBroken(kernel: VoteKernel): string | undefined {
  const [vector] = failingVectors(kernel)
  if (vector !== undefined) return vector
  const run = { numRuns: 500, seed: 5, endOnFailure: true }
  return voteInvariants(kernel).find(({ check }) => {
    const details = fc.check(check, run)
    return 'failed' in details && details.failed
  })?.name
}

describe('the suite of votes', () => {
  it('has nothing to say against the kernel itself', () => {
    expect(firstBroken({ view, admissible })).toBeUndefined()
  })

  it.each(MUTANTS)('notices when %s', async (...mutant) => {
    expect(firstBroken(await mutated(mutant))).toBeDefined()
  })
})
