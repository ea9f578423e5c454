import type {
  AppealRule,
  AssistedRule,
  Charter,
  CharterBody,
  CharterRule,
  EmergencyRule,
  GroupRule,
  OpenRule,
  ProxyRule,
  RecusalRule,
  SecrecyRule,
  Texts,
  VetoRule,
} from './charter.ts'
import {
  dictionary,
  list,
  needed,
  object,
  oneOf,
  optional,
  type Read,
  text,
  whole,
  yesNo,
} from './closed-shape.ts'
import { durationOf, parseDuration } from './duration.ts'
import { parseFraction } from './fraction.ts'
import { parseInstant } from './instant.ts'
import { isMatter, MATTERS, type Matter } from './matters.ts'
import { type Problem, problem } from './problem.ts'

export type ParseCharterResult =
  | { readonly ok: true; readonly charter: Charter }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Reads a charter (`commonhold-charter/1`) from outside. Unknown keys are refused (lint L8), and so
 * are references to bodies that are not declared. A charter that parses can still be unwise: see
 * `lintCharter`.
 */
export function parseCharter(json: unknown): ParseCharterResult {
  const problems: Problem[] = []
  const charter = readCharter(json, '', (found) => problems.push(found))
  if (charter === undefined || problems.length > 0) return { ok: false, problems }
  const crossed = [...chainProblems(charter), ...bodyProblems(charter), ...timeProblems(charter)]
  return crossed.length > 0 ? { ok: false, problems: crossed } : { ok: true, charter }
}

const NAME = /^[a-z][a-z0-9-]{0,62}$/
const LANGUAGE = /^[a-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/

const name = text('not-a-name', 'a name of lower-case letters, digits and hyphens', (given) =>
  NAME.test(given),
)
const words = text('empty', 'some text')
const duration = text(
  'not-a-duration',
  'an ISO 8601 duration in days, hours, minutes and seconds, such as P3D or PT12H',
  (given) => parseDuration(given) !== null,
)
const share = text(
  'not-a-fraction',
  'an exact fraction between 0/1 and 1/1, such as 2/3',
  (given) => parseFraction(given) !== null,
)
const threshold = text(
  'not-a-fraction',
  'an exact fraction above 0/1 and up to 1/1, such as 2/3',
  (given) => (parseFraction(given)?.num ?? 0) > 0,
)
const instant = text(
  'not-an-instant',
  'an instant in UTC such as 2026-01-01T00:00:00Z',
  (given) => parseInstant(given) !== undefined,
)
const texts: Read<Texts> = dictionary(LANGUAGE, words)

const readBody = object<CharterBody>({
  register: needed(name),
  groupBy: optional(name),
  title: optional(texts),
})

const readRule = object<CharterRule>({
  body: needed(name),
  approveOfRoll: needed(threshold),
  approveOfCast: needed(threshold),
  minDeciders: needed(whole(1)),
  groups: optional(object<GroupRule>({ need: needed(threshold), minYes: needed(whole(1)) })),
  objection: needed(oneOf(['none', 'blocks'])),
  deliberation: optional(duration),
  open: needed(
    object<OpenRule>({
      min: needed(duration),
      max: needed(duration),
      lateWindow: needed(duration),
      extension: needed(duration),
      maxExtensions: needed(whole(0)),
    }),
  ),
  veto: optional(
    object<VetoRule>({
      body: needed(name),
      window: needed(duration),
      overridable: needed(oneOf([false])),
    }),
  ),
  appeal: optional(object<AppealRule>({ body: needed(name), window: needed(duration) })),
  effect: optional(text('not-a-name', 'an effect such as grant.issue', isEffect)),
  execWithin: needed(duration),
  retryAfter: needed(duration),
})

function isEffect(given: string): boolean {
  return /^[a-z][a-z-]*(?:\.[a-z][a-z-]*)*$/.test(given)
}

const MATTER = new RegExp(`^(?:${MATTERS.join('|').replaceAll('.', '\\.')})$`)

const readMatters: Read<Charter['matters']> = (value, path, report) => {
  const read = dictionary(MATTER, readRule)(value, path, report)
  const rules: Partial<Record<Matter, CharterRule>> = {}
  for (const [matter, rule] of Object.entries(read ?? {})) {
    if (isMatter(matter)) rules[matter] = rule
  }
  return rules
}

const readCharter = object<Charter>({
  charter: needed(oneOf(['commonhold-charter/1'])),
  community: needed(words),
  version: needed(whole(1)),
  previous: optional(words),
  effectiveFrom: needed(instant),
  title: optional(texts),
  text: optional(texts),
  bodies: needed(dictionary(NAME, readBody)),
  matters: needed(readMatters),
  recusal: needed(
    object<RecusalRule>({
      mustDeclare: needed(list(name)),
      byPeers: needed(threshold),
      maxShare: needed(share),
    }),
  ),
  proxy: needed(
    object<ProxyRule>({ depth: needed(oneOf([0, 1])), carriesObjection: needed(yesNo) }),
  ),
  assisted: needed(object<AssistedRule>({ stewards: needed(whole(2)), maxShare: needed(share) })),
  secrecy: needed(
    object<SecrecyRule>({
      runningTally: needed(oneOf(['sealed', 'open'])),
      rollCall: needed(oneOf(['none', 'body', 'community', 'public'])),
      publicGroupCounts: needed(oneOf(['never', 'min3', 'always'])),
    }),
  ),
  emergency: needed(
    object<EmergencyRule>({
      who: needed(
        list(
          object<EmergencyRule['who'][number]>({ body: needed(name), count: needed(whole(1)) }),
          1,
        ),
      ),
      maxDuration: needed(duration),
      coolDown: needed(duration),
      ratifyBy: needed(oneOf(MATTERS)),
    }),
  ),
})

function chainProblems({ version, previous }: Charter): Problem[] {
  if (version === 1 && previous !== undefined) {
    return [problem('/previous', 'not-first', 'Version 1 amends nothing; leave `previous` out.')]
  }
  if (version > 1 && previous === undefined) {
    return [problem('/previous', 'missing', '`previous` must be the digest of the version before.')]
  }
  return []
}

function bodyProblems(charter: Charter): Problem[] {
  const named = rulesOf(charter).flatMap(([path, rule]) => [
    [`${path}/body`, rule.body] as const,
    [`${path}/veto/body`, rule.veto?.body] as const,
    [`${path}/appeal/body`, rule.appeal?.body] as const,
  ])
  const emergency = charter.emergency.who.map(
    ({ body }, index) => [`/emergency/who/${index}/body`, body] as const,
  )
  const unknown = [...named, ...emergency].filter(
    ([, body]) => body !== undefined && !Object.hasOwn(charter.bodies, body),
  )
  return [
    ...unknown.map(([path, body]) =>
      problem(path, 'unknown-body', `"${body}" is not declared in \`bodies\`.`),
    ),
    ...rulesOf(charter).flatMap(([path, rule]) => groupProblems(charter, path, rule)),
  ]
}

function groupProblems(charter: Charter, path: string, rule: CharterRule): Problem[] {
  if (rule.groups === undefined || charter.bodies[rule.body]?.groupBy !== undefined) return []
  const message = `"${rule.body}" has no \`groupBy\`, so its groups cannot be asked.`
  return [problem(`${path}/groups`, 'no-groups', message)]
}

function timeProblems(charter: Charter): Problem[] {
  return rulesOf(charter).flatMap(([path, rule]) => {
    const problems: Problem[] = []
    if (durationOf(rule.open.max) === 0) {
      problems.push(problem(`${path}/open/max`, 'no-time', 'A vote needs some time to be open.'))
    }
    if (durationOf(rule.open.min) > durationOf(rule.open.max)) {
      problems.push(problem(`${path}/open/min`, 'range', '`min` is longer than `max`.'))
    }
    if (durationOf(rule.execWithin) === 0) {
      const message = 'Without time to carry it out no decision could take effect.'
      problems.push(problem(`${path}/execWithin`, 'no-time', message))
    }
    return problems
  })
}

function rulesOf(charter: Charter): [path: string, rule: CharterRule][] {
  return MATTERS.flatMap((matter): [string, CharterRule][] => {
    const rule = charter.matters[matter]
    return rule === undefined ? [] : [[`/matters/${matter}`, rule]]
  })
}
