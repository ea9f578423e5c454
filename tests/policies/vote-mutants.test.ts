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
  ['a tie passes', 'tally.ts', 'count.yes > count.no &&', 'count.yes >= count.no &&'],
  ['any majority carries', 'tally.ts', ' && count.yes >= ceilOf(share, votes)', ''],
  [
    'half of the roll is not asked',
    'tally.ts',
    'const met = count.yes >= needed',
    'const met = true',
  ],
  ['shares are rounded down', 'fraction.ts', 'Math.ceil', 'Math.floor'],
  [
    'the recused stay in the denominator',
    'tally.ts',
    'if (cast.recused.has(member)) continue\n    deciders += 1',
    'deciders += 1\n    if (cast.recused.has(member)) continue',
  ],
  ['the recused are counted', 'tally.ts', 'if (cast.recused.has(member)) continue', ''],
  ['a recused proxy speaks', 'tally.ts', 'cast.recused.has(proxy) || ', ''],
  [
    'the proxy beats the member',
    'tally.ts',
    'if (own !== undefined) return own',
    'if (own === undefined) return own',
  ],
  [
    'proxies carry every objection',
    'tally.ts',
    " && !frozen.proxyCarriesObjection ? 'no'",
    " && false ? 'no'",
  ],
  ['no group is asked', 'tally.ts', 'const met = count.groupsWithYes >= need', 'const met = true'],
  ['one yes speaks for any group', 'tally.ts', 'yes >= rule.minYes', 'yes >= 1'],
  [
    'no group at all agrees',
    'tally.ts',
    'Math.max(1, ceilOf(rule.need, count.groups))',
    'ceilOf(rule.need, count.groups)',
  ],
  [
    'objections never stop consent',
    'tally.ts',
    'const met = count.objections === 0',
    'const met = true',
  ],
  ['objections always stop', 'tally.ts', "frozen.rule.objection === 'blocks'", 'true'],
  [
    'an abstention is a yes',
    'tally.ts',
    'number[voice] += 1',
    "number[voice === 'abstain' ? 'yes' : voice] += 1",
  ],
  ['nobody is too few', 'tally.ts', 'met: count.deciders >= frozen.rule.minDeciders', 'met: true'],
  [
    'any share may stand aside',
    'tally.ts',
    'met: !exceeds(aside, count.roll, frozen.maxRecusedShare)',
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
  ['the recused vote on', 'admissible.ts', 'if (course.recused.has(by)) {', 'if (false) {'],
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
    "if (course.recused.has(by)) return deny('recused', 'Who stands aside has no veto.')",
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
  ['anyone appeals', 'admissible.ts', '!frozen.appealers.includes(event.by)', 'false'],
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
    "course.ballots.set(event.by, 'abstain')",
    "course.ballots.set(event.by, 'yes')",
  ],
  ['a dismissed appeal annuls', 'course.ts', "event.upheld ? 'upheld' : 'none'", "'upheld'"],
  [
    'the first ballot counts',
    'course.ts',
    'course.ballots.set(event.by, event.choice)',
    'if (!course.ballots.has(event.by)) course.ballots.set(event.by, event.choice)',
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
  return import(pathToFileURL(join(folder, 'governance.ts')).href)
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
