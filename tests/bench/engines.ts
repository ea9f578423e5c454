import { buildMongoQueryMatcher, createMongoAbility, subject } from '@casl/ability'
import { $and, $or, and, or } from '@ucast/mongo2js'
import { newEnforcer, newModelFromString } from 'casbin'
import { Engine } from 'json-rules-engine'
import { type Facts, territoriesOf } from '../../policies/index.ts'
import { cedarJudge, naturalCedar } from '../support/cedar-licence.ts'
import { ASKED_AT, type Asked, asSent } from './licence-requests.ts'

/**
 * The guardianship licence, written by hand for other engines in the way their manuals show it: a
 * permission with its conditions, and a rule against each thing that is barred.
 */
export interface Rival {
  readonly name: string
  /** Brings a request into the engine's own form, which is not timed, and gives the question. */
  readonly question: (asked: Asked) => () => boolean | Promise<boolean>
}

const PURPOSES = [
  ...['communityUse', 'learning', 'revitalisation', 'linguisticResearch'],
  ...['languageTechnologyResearch', 'preservation'],
]
const BARRED = [
  ...['commercialProduct', 'voiceImitation', 'corpusBuilding'],
  ...['surveillance', 'profiling', 'advertising'],
]
const ACTIONS = ['preview', 'download', 'derive', 'train']
const ACTORS = ['individual', 'communityBody', 'academic', 'publicBody', 'nonprofit']
const LISTS = { home: ['GH'], region: ['BJ', 'NG', 'TG'] }
const [FROM, UNTIL] = [Date.UTC(2026, 0, 1), Date.UTC(2031, 0, 1)]

const known = (given: object): object =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))

/** The facts side by side, as these engines like them; what is not known is not there. */
const flat = ({ facts, purpose, action }: Asked): Record<string, unknown> => {
  const { country, acceptedDuties = [], ...rest }: Facts = facts
  const accepted = (kind: (typeof acceptedDuties)[number]) => acceptedDuties.includes(kind)
  return asSent({
    ...known(rest),
    membership: rest.membership ?? 'none',
    councilRefused: rest.councilRefused ?? 'no',
    ...known({ purpose, territory: country && territoriesOf(country, LISTS)[0] }),
    action,
    attribute: accepted('attribute'),
    reportBack: accepted('reportBack'),
    shareBack: accepted('shareBack'),
    dateTime: ASKED_AT,
  })
}

const APPROVED = { councilApproval: { $eq: 'approved' } }

const casl = (): Rival => {
  const conditions = {
    purpose: { $in: PURPOSES },
    identityAssurance: { $gte: 2 },
    overdueDuties: 0,
    attribute: true,
    reportBack: true,
    shareBack: true,
    dateTime: { $gte: FROM, $lt: UNTIL },
    $and: [
      { $or: [{ territory: { $in: ['home', 'region'] } }, APPROVED] },
      { $or: [{ membership: 'member' }, APPROVED] },
    ],
  }
  const bars = [
    { actorKind: 'commercial' },
    { commercialTie: 'yes' },
    { purpose: { $in: BARRED } },
    { councilRefused: 'yes' },
  ]
  const use = [...ACTIONS, 'useInPlace', 'redistribute']
  const ability = createMongoAbility(
    [
      { action: ACTIONS, subject: 'Dataset', conditions },
      ...bars.map((bar) => ({
        action: use,
        subject: 'Dataset',
        conditions: bar,
        inverted: true,
      })),
      { action: 'redistribute', subject: 'Dataset', inverted: true },
    ],
    { conditionsMatcher: buildMongoQueryMatcher({ $and, $or }, { and, or }) },
  )
  return {
    name: 'CASL 7.0.1',
    question: (asked) => {
      const about = subject('Dataset', flat(asked))
      return () => ability.can(asked.action, about)
    },
  }
}

const anyOf = (fact: string, values: readonly string[]): string =>
  `(${values.map((value) => `r.sub.${fact} == '${value}'`).join(' || ')})`

const CASBIN_MODEL = `
[request_definition]
r = sub, act
[policy_definition]
p = rule, act, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = (p.act == '*' || r.act == p.act) && eval(p.rule)
`

const casbin = async (): Promise<Rival> => {
  const enforcer = await newEnforcer(newModelFromString(CASBIN_MODEL))
  const approved = `r.sub.councilApproval == 'approved'`
  const allow = [
    anyOf('purpose', PURPOSES),
    'r.sub.identityAssurance >= 2',
    'r.sub.overdueDuties == 0',
    'r.sub.attribute',
    'r.sub.reportBack',
    'r.sub.shareBack',
    `r.sub.dateTime >= ${FROM}`,
    `r.sub.dateTime < ${UNTIL}`,
    `(${anyOf('territory', ['home', 'region'])} || ${approved})`,
    `(r.sub.membership == 'member' || ${approved})`,
  ].join(' && ')
  for (const action of ACTIONS) await enforcer.addPolicy(allow, action, 'allow')
  const bars = [
    `r.sub.actorKind == 'commercial'`,
    `r.sub.commercialTie == 'yes'`,
    anyOf('purpose', BARRED),
    `r.sub.councilRefused == 'yes'`,
  ]
  for (const bar of bars) await enforcer.addPolicy(bar, '*', 'deny')
  await enforcer.addPolicy('1 == 1', 'redistribute', 'deny')
  return {
    name: 'casbin 5.51.1',
    question: (asked) => {
      const facts = flat(asked)
      return () => enforcer.enforceSync(facts, asked.action)
    },
  }
}

const fact = (name: string, operator: string, value: unknown) => ({ fact: name, operator, value })

/** One rule for each term, so that the failed ones can be listed. */
const jsonRules = (): Rival => {
  const approved = fact('councilApproval', 'equal', 'approved')
  const terms = [
    fact('action', 'in', ACTIONS),
    fact('purpose', 'in', PURPOSES),
    fact('identityAssurance', 'greaterThanInclusive', 2),
    fact('overdueDuties', 'equal', 0),
    fact('attribute', 'equal', true),
    fact('reportBack', 'equal', true),
    fact('shareBack', 'equal', true),
    fact('dateTime', 'greaterThanInclusive', FROM),
    fact('dateTime', 'lessThan', UNTIL),
    { any: [fact('territory', 'in', ['home', 'region']), approved] },
    { any: [fact('membership', 'equal', 'member'), approved] },
    fact('actorKind', 'in', ACTORS),
    fact('commercialTie', 'equal', 'no'),
    fact('councilRefused', 'equal', 'no'),
  ]
  const engine = new Engine([], { allowUndefinedFacts: true })
  for (const [index, term] of terms.entries())
    engine.addRule({ conditions: { all: [term] }, event: { type: `term-${index}` } })
  return {
    name: 'json-rules-engine 7.3.1',
    question: (asked) => {
      const facts = flat(asked)
      return async () => (await engine.run(facts)).failureEvents.length === 0
    },
  }
}

const cedars = (document: Readonly<Record<string, unknown>>): readonly Rival[] => {
  const judge = cedarJudge('bench', document, [true])
  const natural = naturalCedar('bench natural', document)
  const request = ({ facts, action, purpose }: Asked) => ({
    facts,
    action,
    purpose,
    now: ASKED_AT,
  })
  return [
    { name: 'Cedar 4.13, natural', question: (asked) => () => natural(request(asked)) },
    {
      name: 'Cedar 4.13, a forbid for each term',
      question: (asked) => () => judge(request(asked)) === 'permit',
    },
  ]
}

/** Every other engine, ready to answer. */
export const rivalEngines = async (
  document: Readonly<Record<string, unknown>>,
): Promise<readonly Rival[]> => [casl(), await casbin(), jsonRules(), ...cedars(document)]

export interface Mistakes {
  /** Answers that are not the right one, with every fact known. */
  readonly wrong: number
  /** Permits that some completion of the missing facts would be denied. */
  readonly falsePermits: number
  readonly thrown: number
}

/** What an engine gets wrong; an error counts as a refusal. */
export const mistakesOf = async (
  question: Rival['question'],
  complete: readonly Asked[],
  partial: readonly Asked[],
): Promise<Mistakes> => {
  let [wrong, falsePermits, thrown] = [0, 0, 0]
  const ask = async (asked: Asked): Promise<boolean> => {
    try {
      return await question(asked)()
    } catch {
      thrown += 1
      return false
    }
  }
  for (const asked of complete) if ((await ask(asked)) !== asked.permitted) wrong += 1
  for (const asked of partial) if ((await ask(asked)) && !asked.permitted) falsePermits += 1
  return { wrong, falsePermits, thrown }
}
