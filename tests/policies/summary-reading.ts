import type { Outcome } from '../../policies/index.ts'
import type { Asked } from './prose-oracle.ts'

/** How the sentences of a summary are put together to an answer, in no word of the kernel. */

/** Whether a sentence holds; `open` where people have to decide. */
type Answer = 'yes' | 'open' | 'no'
export type Sentence = (asked: Asked) => Answer
export type Action = Asked['action']
export type Pledge = Asked['promised'][number]
export type ListedPurpose = Exclude<Asked['purpose'], 'unlisted'>

/** "You may …", with the "Only if …" and "You must …" that follow it. */
export interface Grant {
  readonly may: readonly Action[]
  readonly onlyIf: readonly Sentence[]
  readonly must: readonly Pledge[]
}
/** "You may not …": which actions, and when. */
export interface Bar {
  readonly mayNot: readonly Action[]
  readonly when: Sentence
}
export interface Licence {
  readonly grants: readonly Grant[]
  readonly bars: readonly Bar[]
}

/** Every one must hold: one "no" settles it, else one open one leaves it open. */
const all = (answers: readonly Answer[]): Answer =>
  answers.includes('no') ? 'no' : answers.includes('open') ? 'open' : 'yes'

/** One that holds is enough: one "yes" settles it, else one open one leaves it open. */
export const any = (answers: readonly Answer[]): Answer =>
  answers.includes('yes') ? 'yes' : answers.includes('open') ? 'open' : 'no'

export const known = (holds: boolean): Answer => (holds ? 'yes' : 'no')

/** Whether a grant holds: it is for this action, its conditions hold, its promises are made. */
const holds =
  (asked: Asked) =>
  ({ may, onlyIf, must }: Grant): Answer =>
    all([
      known(may.includes(asked.action)),
      ...onlyIf.map((sentence) => sentence(asked)),
      ...must.map((promise) => known(asked.promised.includes(promise))),
    ])

const applies =
  (asked: Asked) =>
  ({ mayNot: actions, when }: Bar): Answer =>
    all([known(actions.includes(asked.action)), when(asked)])

/** Denied if surely barred or surely not granted, permitted if surely both well, else referred. */
export const answer =
  ({ grants, bars }: Licence) =>
  (asked: Asked): Outcome => {
    const granted = any(grants.map(holds(asked)))
    const barred = any(bars.map(applies(asked)))
    if (barred === 'yes' || granted === 'no') return 'deny'
    return granted === 'yes' && barred === 'no' ? 'permit' : 'refer'
  }
