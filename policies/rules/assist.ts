import { type Admission, deny, PERMIT } from './admission.ts'
import { assistedVoices } from './count.ts'
import type { Course } from './course.ts'
import { exceeds } from './fraction.ts'
import type { AssistedBallot, ProposalEvent } from './proposal.ts'

type EventOf<Type extends ProposalEvent['type']> = Extract<ProposalEvent, { type: Type }>

/**
 * Ballots cast by hand or on paper, entered from the minute of a meeting. They are the softest spot
 * of a vote: two stewards vouch for them, only so many of the roll may vote this way, and whoever
 * casts a ballot of their own is heard instead.
 */
export function judgeAssist(course: Course, event: EventOf<'assist'>): Admission {
  const barred = judgeSteward(course, event)
  if (barred !== null) return barred
  if (course.minutes.has(event.minute)) {
    return deny('minute-known', 'This minute has been entered already.')
  }
  if (event.ballots.length === 0) return deny('no-ballots', 'A minute brings at least one ballot.')
  const names = event.ballots.map(({ member }) => member)
  if (new Set(names).size !== names.length) {
    return deny('twice', 'A minute brings one ballot of each member.')
  }
  for (const ballot of event.ballots) {
    const wrong = judgeEntered(course, ballot)
    if (wrong !== null) return wrong
  }
  return judgeShare(course, event.ballots)
}

/** A second steward says that the ballots are those of the meeting; from then on they count. */
export function judgeConfirmation(course: Course, event: EventOf<'confirm-assist'>): Admission {
  const barred = judgeSteward(course, event)
  if (barred !== null) return barred
  const minute = course.minutes.get(event.minute)
  if (minute === undefined) return deny('no-minute', 'There is no such minute.')
  if (minute.confirmed) return deny('minute-confirmed', 'This minute has been confirmed already.')
  if (minute.by === event.by) {
    return deny('same-steward', 'Who entered a minute cannot confirm it: another steward must.')
  }
  return judgeShare(course, minute.ballots)
}

function judgeSteward(course: Course, { by, at }: { by: string; at: number }): Admission | null {
  if (at >= course.closesAt) return deny('closed', 'The vote has closed.')
  const { assisted } = course.frozen
  if (assisted === undefined) {
    return deny('no-assistance', 'This vote takes no ballots that others enter.')
  }
  if (!assisted.stewards.includes(by)) {
    return deny('not-a-steward', 'Only stewards enter and confirm the ballots of a meeting.')
  }
  if (course.count.recused.has(by)) {
    return deny('recused', 'Who stands aside takes no part in this vote.')
  }
  return null
}

function judgeEntered(
  course: Course,
  { member, choice, reason }: AssistedBallot,
): Admission | null {
  if (!Object.hasOwn(course.frozen.roll, member)) {
    return deny('not-on-roll', `${member} is not on the roll fixed at opening.`)
  }
  if (course.count.recused.has(member)) {
    return deny('recused', `${member} stands aside and takes no part in this vote.`)
  }
  if (!['yes', 'no', 'abstain', 'object'].includes(choice)) {
    return deny('unknown-choice', '`choice` must be yes, no, abstain or object.')
  }
  if (choice === 'object' && (reason ?? '').trim() === '') {
    return deny('reason-missing', 'An objection needs a reason that others can answer.')
  }
  return null
}

/** No more of the roll than the charter allows may be heard through others. */
function judgeShare(course: Course, ballots: readonly AssistedBallot[]): Admission {
  const { count, frozen } = course
  const heard = assistedVoices(count)
  for (const { member } of ballots) {
    if (!count.ballots.has(member) && !count.recused.has(member)) heard.add(member)
  }
  const share = frozen.assisted?.maxShare ?? '0/1'
  if (!exceeds(heard.size, count.roll, share)) return PERMIT
  return deny(
    'too-many-assisted',
    `${heard.size} of ${count.roll} would be heard through others; the charter allows at most ${share} of them.`,
  )
}
