import { afterAll, describe, expect, it } from 'vitest'
import {
  type Claim,
  decide,
  type Licence,
  proveClaim,
  publicationProblems,
  refines,
  writeClaim,
} from '../../policies/index.ts'
import { actionsMeeting } from '../support/licence-sat.ts'
import { hardLicence } from './hard-licence.ts'
import { licenceOf, template } from './licence-support.ts'
import { random } from './random.ts'

const NEVER: Claim = { id: 'urn:example:never', verdict: 'never', scope: { actions: ['download'] } }
const SIZES = [
  [18, 3],
  [24, 3],
  [31, 3],
  [14, 4],
  [6, 5],
] as const
const SEEDS = [1, 2, 3]

const hard = SIZES.flatMap(([bars, width]) =>
  SEEDS.map((seed) => ({ bars, width, seed, document: hardLicence(bars, width, random(seed)) })),
)

const totals = { solved: 0, proved: 0, largest: 0, ms: 0 }

afterAll(() => {
  const { solved, proved, largest, ms } = totals
  process.stdout.write(
    `hard licences: ${hard.length}, ${solved} by the solver, ${proved} proved, up to ${largest} ` +
      `distinguishable requests, ${(ms / hard.length).toFixed(0)} ms each\n`,
  )
})

describe('a licence as tangled as the profile allows', () => {
  it.each(hard)(
    'with $bars bars of $width tests (seed $seed) is decided as SAT decides it',
    ({ document }) => {
      const licence = licenceOf(document)
      const started = performance.now()
      const { holds, example, method, states } = proveClaim(licence, NEVER)
      totals.ms += performance.now() - started
      totals.largest = Math.max(totals.largest, states)
      if (method === 'solver') totals.solved += 1
      if (holds === true) totals.proved += 1
      expect(method).toBe(states > 1_000_000 ? 'solver' : 'enumeration')
      expect(holds).toBe(actionsMeeting([{ document, permits: true }], NEVER.scope).length === 0)
      if (example !== null)
        expect(decide(licence, example.facts, example.use, example.now)).toBe('permit')
    },
  )

  it('is compared with another like it', () => {
    const pairs = [1, 2].map((seed): readonly [Licence, Licence] => [
      licenceOf(hardLicence(31, 3, random(seed))),
      licenceOf(hardLicence(24, 3, random(seed + 10))),
    ])
    expect(pairs.map(([a, b]) => refines(a, b).holds)).not.toContain(null)
  })
})

describe('a question the solver cannot settle in its steps', () => {
  const document = hardLicence(31, 3, random(1))

  it('is left open: neither proved nor refuted', () => {
    expect(proveClaim(licenceOf(document), NEVER, { steps: 10 })).toMatchObject({
      holds: null,
      example: null,
      method: 'solver',
    })
    expect(proveClaim(licenceOf(document), NEVER).holds).toBe(true)
  })

  it('stops a licence on its way to the council, which could not be told what it says', () => {
    const claimed = licenceOf({ ...document, 'sov:claims': [writeClaim(NEVER)] })
    const [problem] = publicationProblems(claimed, { steps: 10 })
    expect(problem).toMatchObject({ path: '/sov:claims/0', code: 'claim-unproved' })
    expect(problem?.message).toMatch(/could not be proved, the licence is too large/)
  })

  it('is never left open where all requests can be gone through', () => {
    const { holds } = proveClaim(template('guardianship'), { ...NEVER, scope: {} }, { steps: 0 })
    expect(holds).toBe(false)
  })
})
