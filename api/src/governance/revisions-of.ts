import { diffWords } from '../../../policies/index.ts'
import type { Proposal, Revision } from './governance.ts'

type Wording = Omit<Revision, 'effect'>

const changesSince = (before: Wording | undefined, { title, text }: Wording) =>
  before ? diffWords(`${before.title}\n\n${before.text}`, `${title}\n\n${text}`) : []

/** Every wording with what changed against the one before. */
export const revisionsOf = ({ revisions, title, text, textDigest, stands }: Proposal) => {
  const all: readonly Wording[] = [...revisions, { title, text, textDigest, ...stands }]
  return all.map((one, index) => ({
    number: index + 1,
    title: one.title,
    text: one.text,
    textDigest: one.textDigest,
    entry: one.entry,
    at: new Date(one.at).toISOString(),
    changes: [...changesSince(all[index - 1], one)],
  }))
}
