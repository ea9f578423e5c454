import type { Facts, Licence, Use } from '../../policies/index.ts'
import { NOW, templateDocument } from '../policies/licence-support.ts'
import { compareAll, type Run } from './compare.ts'
import { awaited, inProcess } from './cpu.ts'
import { type Mistakes, mistakesOf, rivalEngines } from './engines.ts'
import { overHttp } from './http-load.ts'
import {
  ASKED_AT,
  type Asked,
  completeRequests,
  ours,
  partialRequests,
} from './licence-requests.ts'
import { plainJudge } from './plain-judge.ts'
import { readyDownload } from './ready-download.ts'
import { startRival } from './rivals.ts'
import type { BenchRow } from './row.ts'
import type { Comparison, Goal } from './sample.ts'

/** As it is served: what runs the tests gives every inner function a name, at a cost. */
const built = new URL('../../dist/policies/index.js', import.meta.url).href
const kernel: typeof import('../../policies/index.ts') = await import(built)
const { decide, decideKnown, evaluate, evaluateKnown, explainDecision, readFacts } = kernel

const licenceOf = (document: unknown): Licence => {
  const parsed = kernel.parseLicence(document)
  if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed.problems)}`)
  return parsed.licence
}

const FACTS: Facts = {
  actorKind: 'academic',
  commercialTie: 'no',
  country: 'DE',
  ethicsApproval: 'yes',
  identityAssurance: 2,
  overdueDuties: 0,
  acceptedDuties: ['attribute', 'reportBack', 'shareBack'],
  councilApproval: 'approved',
}
const USE: Use = { actions: ['download'], purposes: ['linguisticResearch'] }
/** The same person without the council: the answer names what is missing. */
const { councilApproval: _, ...ASKING } = FACTS

const unreachable = (): never => {
  throw new Error('there are fewer requests than were drawn')
}

const inMemory = (): readonly Comparison[] => {
  const document = templateDocument('guardianship')
  const licence = licenceOf(document)
  const plain = (n: number) =>
    inProcess('document walked anew', n, () => plainJudge(document, FACTS, USE, NOW))
  if (decide(licence, FACTS, USE, NOW) !== 'permit' || !plainJudge(document, FACTS, USE, NOW))
    throw new Error('the case under test is not the permitted one')
  const n = 200_000
  return [
    {
      name: 'decide, guardianship licence',
      n,
      product: inProcess('decide', n, () => decide(licence, FACTS, USE, NOW)),
      baselines: [plain(n)],
    },
    {
      name: 'evaluate and explain a permit',
      n: 50_000,
      product: inProcess('evaluate', 50_000, () =>
        explainDecision(licence, evaluate(licence, FACTS, USE, NOW), 'en'),
      ),
      baselines: [plain(50_000)],
    },
    {
      name: 'evaluate and explain what is missing',
      n: 10_000,
      product: inProcess('evaluate', 10_000, () =>
        explainDecision(licence, evaluate(licence, ASKING, USE, NOW), 'en'),
      ),
      baselines: [plain(10_000)],
    },
  ]
}

const said = (name: string, { wrong, falsePermits, thrown }: Mistakes): string =>
  `${name} (${wrong} wrong, ${falsePermits} false permits${thrown ? `, ${thrown} errors` : ''})`

const AT_LEAST_4: readonly Goal[] = [{ of: 'cpu', ratio: 1 / 4 }]
const AT_LEAST_10: readonly Goal[] = [{ of: 'cpu', ratio: 1 / 10 }]
const COUNT = 1000

/** The same licence in other engines, on the same requests; their mistakes stand beside their names. */
const againstEngines = async (): Promise<readonly Comparison[]> => {
  const document = templateDocument('guardianship')
  const licence = licenceOf(document)
  const complete = completeRequests(document, COUNT)
  const partial = partialRequests(document, COUNT)
  const own = await mistakesOf((asked) => () => ours(licence, asked), complete, partial)
  const asked = (at: number): Asked => complete[at % COUNT] ?? unreachable()
  // The others' requests are brought into their form beforehand too.
  const read = complete.map(({ facts }) => readFacts(facts))
  const known = (at: number) => read[at % COUNT] ?? unreachable()
  const engines = await Promise.all(
    (await rivalEngines(document)).map(async ({ name, question }) => ({
      name,
      label: said(name, await mistakesOf(question, complete, partial)),
      questions: complete.map(question),
    })),
  )
  const timed = ({ name, label, questions }: (typeof engines)[number]) => {
    const ask = (at: number) => questions[at % COUNT]?.()
    // A promise for each operation would be held against the engines that need none.
    return name === 'json-rules-engine 7.3.1'
      ? awaited(label, COUNT, async (at) => ask(at))
      : inProcess(label, name.startsWith('CASL') ? 50 * COUNT : 2 * COUNT, ask)
  }
  const baselines = (goalOf: Readonly<Record<string, readonly Goal[]>>) =>
    engines.map((engine) => {
      const goals = goalOf[engine.name]
      return goals ? { ...timed(engine), goals } : timed(engine)
    })
  const n = 100 * COUNT
  return [
    {
      name: said('decide, 1,000 requests', own),
      n,
      product: inProcess('decide', n, (at) =>
        decideKnown(licence, known(at), asked(at).use, ASKED_AT),
      ),
      baselines: baselines({ 'CASL 7.0.1': AT_LEAST_4 }),
    },
    {
      name: 'decide, facts read each time',
      n,
      product: inProcess('decide', n, (at) =>
        decide(licence, asked(at).facts, asked(at).use, ASKED_AT),
      ),
      baselines: baselines({}),
    },
    {
      name: 'evaluate with every unmet term and way',
      n,
      product: inProcess('evaluate', n, (at) =>
        evaluateKnown(licence, known(at), asked(at).use, ASKED_AT),
      ),
      baselines: baselines({ 'casbin 5.51.1': AT_LEAST_10 }),
    },
    {
      name: 'evaluate and explain in words',
      n,
      product: inProcess('explain', n, (at) =>
        explainDecision(licence, evaluate(licence, asked(at).facts, asked(at).use, ASKED_AT), 'en'),
      ),
      baselines: baselines({}),
    },
  ]
}

/** Over HTTP: the whole decision without bytes (HEAD), and with the durable record of a download. */
const overTheWire = async (run: Run): Promise<readonly BenchRow[]> => {
  const ready = await readyDownload(['1 KB'])
  const [bare, express] = await Promise.all([startRival('empty-node'), startRival('empty-express')])
  const load = { n: 3000, conc: 32 }
  const nobody = { path: '/', status: 204 } as const
  const baselines = [
    {
      ...overHttp('empty node:http', { ...nobody, port: bare.port }, load, [bare.pid]),
      goals: [
        { of: 'rps', ratio: 0.5 },
        { of: 'cpu', ratio: 2 },
      ] as const,
    },
    overHttp('empty express', { ...nobody, port: express.port }, load, [express.pid]),
  ]
  const shot = ready.shot('1 KB')
  const { bytes: __, ...asked } = shot
  // More bytes in turn than the door remembers parts of a file: none of them is on record.
  const recorded = {
    ...shot,
    status: 206,
    bytes: 1,
    vary: (nth: number) => ({ range: `bytes=${nth % 1000}-${nth % 1000}` }),
  }
  const rows = await compareAll(run, [
    {
      name: 'decision at the door (HEAD)',
      ...load,
      product: overHttp('registry', { ...asked, method: 'HEAD' }, load, [ready.pid]),
      baselines,
    },
    {
      name: 'decision, durable record of each',
      ...load,
      product: overHttp('registry', recorded, load, [ready.pid]),
      baselines,
    },
    {
      name: 'decision, on record today, 1 KB',
      ...load,
      product: overHttp('registry', shot, load, [ready.pid]),
      baselines,
    },
  ])
  await Promise.all([ready, bare, express].map((one) => one.close()))
  return rows
}

/** Decisions in memory and at the door. */
export const decisionsSuite = async (run: Run): Promise<readonly BenchRow[]> => [
  ...(await compareAll(run, inMemory())),
  ...(await compareAll(run, await againstEngines())),
  ...(await overTheWire(run)),
]
