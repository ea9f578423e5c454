import { diffWords, type TextChange } from '../../../policies/index.ts'
import type { AccessRequest, Submission } from './grants.ts'

export interface SubmissionChange {
  readonly field: string
  readonly changes: readonly TextChange[]
}

/** Everything that was said, by field, in words that can be compared. */
const saidIn = ({ purposes, actions, duties, days, team, project, facts }: Submission) =>
  new Map<string, string>([
    ['purposes', purposes.toSorted().join(' ')],
    ['actions', actions.toSorted().join(' ')],
    ['duties', duties.toSorted().join(' ')],
    ['days', String(days)],
    ['team', team.toSorted().join(' ')],
    ...Object.entries(facts).map(([name, value]): [string, string] => [name, String(value)]),
    ['project', project],
  ])

const changesSince = (before: Submission, after: Submission): readonly SubmissionChange[] => {
  const [older, newer] = [saidIn(before), saidIn(after)]
  return [...new Set([...older.keys(), ...newer.keys()])].flatMap((field) => {
    const [was, is] = [older.get(field) ?? '', newer.get(field) ?? '']
    return was === is ? [] : [{ field, changes: diffWords(was, is) }]
  })
}

/** Everything handed in for a request, oldest first, each with what changed since the one before. */
export const submissionsOf = (request: AccessRequest) => {
  const all: readonly Submission[] = [...request.submissions, { ...request, ...request.stands }]
  return all.map((one, index) => {
    const before = all[index - 1]
    return {
      number: index + 1,
      at: one.at,
      entry: one.entry,
      changes: before ? changesSince(before, one) : [],
    }
  })
}

/** What a request says otherwise than an earlier one. */
export const saidOtherwise = (before: AccessRequest, request: AccessRequest) =>
  changesSince({ ...before, ...before.stands }, { ...request, ...request.stands }).map(
    ({ field, changes }) => ({ field, changes: [...changes] }),
  )
