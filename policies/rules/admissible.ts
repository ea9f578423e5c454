import { type Admission, deny, PERMIT } from './admission.ts'
import { judgeAssist, judgeConfirmation } from './assist.ts'
import { judgeEndKey, judgeNewKey, judgeSignature, signedStands } from './ballot-keys.ts'
import { ownVoice } from './count.ts'
import { advance, type Course, peersNeeded, phaseAt, startCourse, tallyOf } from './course.ts'
import {
  APPLICANT,
  type AppealGrounds,
  type Choice,
  type Frozen,
  type Phase,
  type ProposalEvent,
} from './proposal.ts'

/**
 * Whether `event` may join `events` at `event.at`. Commands ask this before they record anything;
 * {@link view} leaves out exactly what is denied here.
 */
export function admissible(
  frozen: Frozen,
  events: readonly ProposalEvent[],
  event: ProposalEvent,
): Admission {
  return judge(follow(frozen, events), event)
}

/**
 * The same for events that happen together, each on top of those before it that were permitted: one
 * that is denied spoils none of the others.
 */
export function admissibleInTurn(
  frozen: Frozen,
  events: readonly ProposalEvent[],
  together: readonly ProposalEvent[],
): readonly Admission[] {
  const course = follow(frozen, events)
  return together.map((event) => {
    const admission = judge(course, event)
    if (admission.decision === 'permit') advance(course, event)
    return admission
  })
}

/** Folds the events up to and including instant `until`, leaving out what is not admissible. */
export function follow(frozen: Frozen, events: readonly ProposalEvent[], until?: number): Course {
  const course = startCourse(frozen)
  for (const event of events) {
    if (until !== undefined && event.at > until) continue
    if (judge(course, event).decision === 'permit') advance(course, event)
  }
  return course
}

function judge(course: Course, event: ProposalEvent): Admission {
  const untimely = judgeTime(course, event.at)
  if (untimely !== null) return untimely
  switch (event.type) {
    case 'ballot':
      return judgeBallot(course, event)
    case 'add-key':
      return judgeDecider(course, event.by, event.at) ?? judgeNewKey(course.keyring, event)
    case 'end-key':
      return judgeKeyEnd(course, event)
    case 'recuse':
      return judgeRecusal(course, event)
    case 'recuse.peers':
      return judgePeers(course, event)
    case 'withdraw-objection':
      return judgeWithdrawal(course, event)
    case 'assist':
      return judgeAssist(course, event)
    case 'confirm-assist':
      return judgeConfirmation(course, event)
    case 'veto':
      return judgeVeto(course, event)
    case 'lift-veto':
      return judgeLift(course, event)
    case 'appeal':
      return judgeAppeal(course, event)
    case 'decide-appeal':
      return course.appeal === 'pending'
        ? PERMIT
        : deny('no-appeal', 'No appeal waits for a decision.')
    case 'enact':
      return judgeEnactment(course, event)
    default:
      return deny('unknown-event', 'This is no event of a proposal.')
  }
}

type EventOf<Type extends ProposalEvent['type']> = Extract<ProposalEvent, { type: Type }>

/** The log has one order: an event older than its predecessor would rewrite what was counted. */
function judgeTime(course: Course, at: number): Admission | null {
  if (!Number.isSafeInteger(at)) return deny('bad-time', '`at` must be whole epoch milliseconds.')
  if (at < course.frozen.openedAt) return deny('not-open-yet', 'The vote has not opened yet.')
  if (at < course.lastAt) return deny('out-of-order', '`at` is before the last recorded event.')
  return null
}

const CHOICES: readonly Choice[] = ['yes', 'no', 'abstain', 'object']

function judgeBallot(course: Course, event: EventOf<'ballot'>): Admission {
  const barred = judgeDecider(course, event.by, event.at)
  if (barred !== null) return barred
  if (!CHOICES.includes(event.choice)) {
    return deny('unknown-choice', '`choice` must be yes, no, abstain or object.')
  }
  if (event.choice === 'object' && isBlank(event.reason)) {
    return deny('reason-missing', 'An objection needs a reason that others can answer.')
  }
  return judgeSignature(course.keyring, event)
}

/** Who stands aside may still say that a device is lost. */
function judgeKeyEnd(course: Course, event: EventOf<'end-key'>): Admission {
  if (event.at >= course.closesAt) return deny('closed', 'The vote has closed.')
  return judgeEndKey(course.keyring, event)
}

/** Why someone cannot take part in the vote itself, or null. */
function judgeDecider(course: Course, by: string, at: number): Admission | null {
  if (at >= course.closesAt) return deny('closed', 'The vote has closed.')
  if (!isOnRoll(course.frozen, by)) {
    return deny('not-on-roll', 'Only members on the roll fixed at opening take part in this vote.')
  }
  return judgeAside(course, by, 'A member who stands aside takes no part in this vote.')
}

/** Why somebody who stands aside may not do this, or null. */
function judgeAside({ frozen, count }: Course, by: string, told: string): Admission | null {
  if (!count.recused.has(by)) return null
  const own = frozen.aside?.includes(by) === true
  return deny('recused', own ? 'This is decided about you, so you stand aside from it.' : told)
}

function isOnRoll(frozen: Frozen, member: string): boolean {
  return Object.hasOwn(frozen.roll, member)
}

function isBlank(text: string | undefined): boolean {
  return typeof text !== 'string' || text.trim() === ''
}

/** Guardians and appeal members may have an interest too, so they can stand aside without a ballot. */
function judgeRecusal(course: Course, event: EventOf<'recuse'>): Admission {
  const { frozen } = course
  if (event.at >= course.closesAt) return deny('closed', 'The vote has closed.')
  const involved = [...frozen.vetoers, ...frozen.appealers].includes(event.by)
  if (!involved && !isOnRoll(frozen, event.by)) {
    return deny('not-on-roll', 'Only someone with a part in this vote can stand aside from it.')
  }
  const already = judgeAside(course, event.by, 'This member stands aside already.')
  if (already !== null) return already
  if (isBlank(event.reason)) return deny('reason-missing', 'Standing aside needs a `reason`.')
  return PERMIT
}

function judgePeers(course: Course, event: EventOf<'recuse.peers'>): Admission {
  const barred = judgeDecider(course, event.member, event.at)
  if (barred !== null) return barred
  if (isBlank(event.reason)) return deny('reason-missing', 'Requiring recusal needs a `reason`.')
  const peers = new Set(event.by)
  const entitled = [...peers].every(
    (peer) =>
      peer !== event.member && isOnRoll(course.frozen, peer) && !course.count.recused.has(peer),
  )
  if (peers.size !== event.by.length || !entitled) {
    return deny('not-peers', '`by` must name other members who can decide, each once.')
  }
  const needed = peersNeeded(course)
  if (peers.size < needed) {
    return deny('too-few-peers', `${needed} members must require it; \`by\` names ${peers.size}.`)
  }
  return PERMIT
}

function judgeWithdrawal(course: Course, event: EventOf<'withdraw-objection'>): Admission {
  const barred = judgeDecider(course, event.by, event.at)
  if (barred !== null) return barred
  const signed = signedStands(course.keyring, event.by)
  if (signed !== null) return signed
  return ownVoice(course.count, event.by) === 'object'
    ? PERMIT
    : deny('no-objection', 'This member has no objection that stands.')
}

function judgeVeto(course: Course, event: EventOf<'veto'>): Admission {
  const { frozen } = course
  const barred = judgeGuardian(course, event.by, event.at)
  if (barred !== null) return barred
  if (isBlank(event.reason)) return deny('reason-missing', 'A veto needs a `reason`.')
  if (course.vetoes.has(event.by)) return deny('already-vetoed', 'Your veto stands already.')
  if (!tallyOf(course).pass) return deny('not-passed', 'There is no accepted decision to veto.')
  if (event.at >= course.closesAt + frozen.times.veto) {
    return deny('window-over', 'The time for a veto is over.')
  }
  return PERMIT
}

function judgeGuardian(course: Course, by: string, at: number): Admission | null {
  if (!course.frozen.vetoers.includes(by)) {
    return deny('not-a-vetoer', 'The charter gives this person no veto here.')
  }
  return judgeAside(course, by, 'Who stands aside has no veto.') ?? judgeStanding(course, at)
}

/** A decision can be held back once the vote has closed and while it has no final end. */
function judgeStanding(course: Course, at: number): Admission | null {
  if (at < course.closesAt) return deny('still-open', 'The vote is still open.')
  if (course.effect !== undefined) return deny('already-enacted', 'The decision has taken effect.')
  if (course.appeal === 'upheld') return deny('annulled', 'The decision was annulled on appeal.')
  return null
}

function judgeLift(course: Course, event: EventOf<'lift-veto'>): Admission {
  const barred = judgeGuardian(course, event.by, event.at)
  if (barred !== null) return barred
  if (!course.vetoes.has(event.by)) return deny('no-veto', 'Only your own veto can be lifted.')
  if (event.at >= course.closesAt + course.frozen.times.veto) {
    return deny('window-over', 'The time for a veto is over, so it stands for good.')
  }
  return PERMIT
}

const GROUNDS: readonly AppealGrounds[] = ['roll', 'conflict', 'procedure', 'new-facts']

/** Members of the appeal body; and against a no, whoever had asked, where there is a body to hear it. */
function judgeAppealer(course: Course, by: string): Admission | null {
  const { applicant, appealers } = course.frozen
  if (appealers.includes(by)) return null
  if (by !== APPLICANT || applicant !== true || appealers.length === 0)
    return deny('not-an-appealer', 'Only members of the appeal body and whoever asked can appeal.')
  if (course.applicantHeard) return deny('heard-before', 'You have appealed against this already.')
  const accepted = tallyOf(course).pass && course.vetoes.size === 0
  return accepted ? deny('accepted', 'What you asked for was accepted.') : null
}

function judgeAppeal(course: Course, event: EventOf<'appeal'>): Admission {
  const { frozen } = course
  const outside = judgeAppealer(course, event.by)
  if (outside !== null) return outside
  const barred =
    judgeAside(course, event.by, 'Who stands aside cannot appeal.') ??
    judgeStanding(course, event.at)
  if (barred !== null) return barred
  if (course.appeal === 'pending') return deny('appeal-pending', 'An appeal is being heard.')
  if (event.at >= course.closesAt + frozen.times.appeal) {
    return deny('window-over', 'The time for an appeal is over.')
  }
  if (!GROUNDS.includes(event.grounds)) {
    return deny('unknown-grounds', '`grounds` must be roll, conflict, procedure or new-facts.')
  }
  return isBlank(event.reason) ? deny('reason-missing', 'An appeal needs a `reason`.') : PERMIT
}

const NOT_ENACTABLE: Readonly<Record<Exclude<Phase, 'enactable'>, readonly [string, string]>> = {
  open: ['still-open', 'The vote is still open.'],
  rejected: ['not-passed', 'The proposal was not accepted.'],
  inquorate: ['not-passed', 'Too few members could decide.'],
  standstill: ['standstill', 'A veto or appeal is still possible.'],
  vetoed: ['vetoed', 'A veto stands; the way on is a new proposal.'],
  appealed: ['appealed', 'An appeal is being heard.'],
  annulled: ['annulled', 'The decision was annulled on appeal.'],
  enacted: ['already-enacted', 'The decision has taken effect; it does so once.'],
  expired: ['expired', 'The decision was not carried out in time; propose it again.'],
}

function judgeEnactment(course: Course, event: EventOf<'enact'>): Admission {
  const phase = phaseAt(course, event.at)
  if (phase !== 'enactable') return deny(...NOT_ENACTABLE[phase])
  return isBlank(event.effect) ? deny('effect-missing', '`effect` must name the effect.') : PERMIT
}
