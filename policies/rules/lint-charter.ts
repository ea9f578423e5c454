import type { Charter, CharterRule } from './charter.ts'
import { easierParts, type Sizes, sizeOf, windowOf } from './compare-rules.ts'
import { durationOf } from './duration.ts'
import { ceilOf, compareFractions } from './fraction.ts'
import { MATTERS, type Matter } from './matters.ts'
import { parseCharter } from './parse-charter.ts'

export interface Finding {
  readonly rule: 'L1' | 'L2' | 'L3' | 'L4' | 'L5' | 'L6' | 'L7' | 'L8' | 'L9'
  readonly severity: 'error' | 'warning'
  /** JSON Pointer into the charter. */
  readonly path: string
  readonly message: string
}

type Rules = readonly (readonly [Matter, CharterRule])[]

/**
 * Looks for rules that would bind wrongly, before a charter may be voted on and again when it is
 * adopted. An `error` forbids adoption; a `warning` is for people to weigh.
 *
 * L1 every matter has a rule; L2 amending is at least as hard as every rule it can change;
 * L3 taking back is never harder than giving; L4 a veto or appeal has time; L5 unanimity passes;
 * L6 nobody hears appeals against themselves; L7 emergency power ends and rests; L8 the charter
 * says nothing this format does not know; L9 less than half of the votes never carries.
 */
export function lintCharter(
  charter: Charter,
  sizes: Sizes,
  previous?: Charter,
): readonly Finding[] {
  const unreadable = lintFormat(charter)
  if (unreadable.length > 0) return unreadable
  const rules = rulesOf(charter)
  return [
    ...lintCoverage(charter),
    ...lintAmendment(charter, sizes, rules),
    ...lintSuccession(charter, sizes, previous),
    ...lintTakingBack(charter, sizes),
    ...rules.flatMap(([matter, rule]) => lintWindows(matter, rule)),
    ...rules.flatMap(([matter, rule]) => lintSatisfiable(matter, rule, sizes)),
    ...rules.flatMap(([matter, rule]) => lintAppealBody(matter, rule)),
    ...lintEmergency(charter),
    ...rules.flatMap(([matter, rule]) => lintCastShare(matter, rule)),
    ...lintPeers(charter),
  ]
}

function rulesOf(charter: Charter): Rules {
  return MATTERS.flatMap((matter) => {
    const rule = charter.matters[matter]
    return rule === undefined ? [] : [[matter, rule] as const]
  })
}

function finding(
  rule: Finding['rule'],
  severity: Finding['severity'],
  path: string,
  message: string,
): Finding {
  return { rule, severity, path, message }
}

/** The type cannot see keys it does not know, so the document is read again. */
function lintFormat(charter: Charter): Finding[] {
  const read = parseCharter(charter)
  if (read.ok) return []
  return read.problems.map(({ path, message }) => finding('L8', 'error', path, message))
}

function lintCoverage(charter: Charter): Finding[] {
  return MATTERS.filter((matter) => charter.matters[matter] === undefined).map((matter) =>
    finding('L1', 'error', `/matters/${matter}`, `No rule says who decides ${matter}; add one.`),
  )
}

function lintAmendment(charter: Charter, sizes: Sizes, rules: Rules): Finding[] {
  const amend = charter.matters['charter.amend']
  if (amend === undefined) return []
  return rules.flatMap(([matter, rule]) =>
    easierParts(amend, rule, sizes).map((part) =>
      finding(
        'L2',
        'error',
        '/matters/charter.amend',
        `Amending the charter is easier than ${matter}, which it can change: ${part}. Raise it here or lower it there.`,
      ),
    ),
  )
}

function lintSuccession(charter: Charter, sizes: Sizes, previous: Charter | undefined): Finding[] {
  if (previous === undefined) return []
  const findings: Finding[] = []
  if (charter.community !== previous.community) {
    findings.push(
      finding(
        'L2',
        'error',
        '/community',
        'An amendment stays with its community; write the id of that one.',
      ),
    )
  }
  if (charter.version !== previous.version + 1) {
    const message = `\`version\` must be ${previous.version + 1}, one more than the charter it amends.`
    findings.push(finding('L2', 'error', '/version', message))
  }
  return [...findings, ...lintEntrenchment(charter, sizes, previous)]
}

/** Few should not bind many: what is adopted under the old rule should not be harder to undo. */
function lintEntrenchment(charter: Charter, sizes: Sizes, previous: Charter): Finding[] {
  const before = previous.matters['charter.amend']
  const after = charter.matters['charter.amend']
  if (before === undefined || after === undefined) return []
  return easierParts(before, after, sizes).map((part) =>
    finding(
      'L2',
      'warning',
      '/matters/charter.amend',
      `This charter would be harder to amend than it was to adopt: ${part}. Keep what is asked for today, or be sure that you mean it.`,
    ),
  )
}

const TAKING_BACK: readonly (readonly [taking: Matter, giving: Matter])[] = [
  ['access.revoke', 'access.grant'],
  ['access.suspend', 'access.grant'],
  ['data.takedown', 'dataset.publish'],
]

function lintTakingBack(charter: Charter, sizes: Sizes): Finding[] {
  return TAKING_BACK.flatMap(([taking, giving]) => {
    const back = charter.matters[taking]
    const give = charter.matters[giving]
    if (back === undefined || give === undefined) return []
    return easierParts(give, back, sizes).map((part) =>
      finding(
        'L3',
        'error',
        `/matters/${taking}`,
        `${taking} is harder than ${giving}: ${part}. Lower it here or raise it there.`,
      ),
    )
  })
}

const DAY = 86_400_000

function lintWindows(matter: Matter, rule: CharterRule): Finding[] {
  return (['veto', 'appeal'] as const).flatMap((name) => {
    const part = rule[name]
    if (part === undefined) return []
    const path = `/matters/${matter}/${name}/window`
    if (windowOf(part) === 0) {
      return [
        finding(
          'L4',
          'error',
          path,
          `"${part.body}" has a ${name} here but no time to use it; give it a day or more, or leave the ${name} out.`,
        ),
      ]
    }
    if (windowOf(part) >= DAY) return []
    return [
      finding(
        'L4',
        'warning',
        path,
        `Less than a day for a ${name} suits a demonstration only; make it a day or more.`,
      ),
    ]
  })
}

/** Necessary conditions from sizes alone; `openProposal` tries unanimity on the roll itself. */
function lintSatisfiable(matter: Matter, rule: CharterRule, sizes: Sizes): Finding[] {
  const path = `/matters/${matter}`
  const size = sizeOf(sizes, rule.body)
  const findings: Finding[] = []
  const report = (at: string, message: string) =>
    findings.push(finding('L5', 'error', `${path}${at}`, message))
  if (size.members < Math.max(1, rule.minDeciders)) {
    report(
      '/minDeciders',
      `"${rule.body}" has ${members(size.members)}; at least ${rule.minDeciders} must decide. Ask for fewer here, or seat more first.`,
    )
  }
  if (rule.groups !== undefined) {
    const need = Math.max(1, ceilOf(rule.groups.need, size.groups))
    if (size.groups === 0)
      report(
        '/groups',
        `"${rule.body}" has no groups that could agree; leave groups out, or seat members with a group first.`,
      )
    else if (need * rule.groups.minYes > size.members) {
      report(
        '/groups',
        `${need} groups cannot each bring ${rule.groups.minYes} yes of ${members(size.members)}; ask for fewer groups or fewer yes of each.`,
      )
    }
  }
  for (const name of ['veto', 'appeal'] as const) {
    const body = rule[name]?.body
    if (body !== undefined && sizeOf(sizes, body).members === 0) {
      report(
        `/${name}`,
        `"${body}" has no members, so nobody could use the ${name}; leave the ${name} out, name another body, or seat somebody first.`,
      )
    }
  }
  return findings
}

function members(count: number): string {
  return `${count} member${count === 1 ? '' : 's'}`
}

function lintAppealBody(matter: Matter, rule: CharterRule): Finding[] {
  if (rule.appeal === undefined || rule.appeal.body !== rule.body) return []
  const message = `"${rule.body}" would hear appeals against itself; name another body.`
  return [finding('L6', 'error', `/matters/${matter}/appeal/body`, message)]
}

function lintEmergency({ emergency }: Charter): Finding[] {
  const findings: Finding[] = []
  for (const name of ['maxDuration', 'coolDown'] as const) {
    if (durationOf(emergency[name]) > 0) continue
    const message = `\`${name}\` is no time at all, so an emergency would never ${name === 'coolDown' ? 'rest' : 'be one'}; make it a day or more.`
    findings.push(finding('L7', 'error', `/emergency/${name}`, message))
  }
  if (durationOf(emergency.coolDown) < durationOf(emergency.maxDuration)) {
    const message =
      'A cool-down shorter than the emergency lets it run most of the time; make it longer.'
    findings.push(finding('L7', 'warning', '/emergency/coolDown', message))
  }
  return findings
}

function lintCastShare(matter: Matter, rule: CharterRule): Finding[] {
  if (compareFractions(rule.approveOfCast, '1/2') >= 0) return []
  const message =
    'Less than half of the votes would carry; ask for 1/2 (meaning more than) or more.'
  return [finding('L9', 'error', `/matters/${matter}/approveOfCast`, message)]
}

function lintPeers({ recusal }: Charter): Finding[] {
  if (compareFractions(recusal.byPeers, '1/2') >= 0) return []
  const message = 'A minority could make others stand aside; ask for at least 1/2 of the peers.'
  return [finding('L9', 'warning', '/recusal/byPeers', message)]
}
