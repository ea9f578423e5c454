import { z } from 'zod'
import { notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Log, Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, People } from '../people/people.ts'
import { KINDS } from './dataset.ts'
import { canonicalTag } from './language-tag.ts'
import { inSession } from './who-may.ts'

const tag = z.string().transform((text, context) => {
  const valid = canonicalTag(text)
  if (valid !== null) return valid
  context.addIssue(
    `${JSON.stringify(text)} is no registered BCP 47 language tag, e.g. "mi" or "yo-NG".`,
  )
  return z.NEVER
})

const unique = (values: readonly string[]): string[] => [...new Set(values)]

const shape = z.object({
  community: z.string().min(1, 'Choose a community.').max(64),
  title: z.string().trim().min(1, 'Give the dataset a title.').max(200),
  description: z.string().trim().min(1, 'Describe the dataset in a few sentences.').max(5000),
  kind: z.enum(KINDS, `Choose one of: ${KINDS.join(', ')}.`),
  languages: z.array(tag).min(1, 'Name at least one language.').max(50).transform(unique),
  keywords: z.array(z.string().trim().min(1).max(60)).max(30).nullish(),
})

/** Makes an empty dataset. Nobody but its creator and the community's bodies sees it. */
export const createDataset = async (
  deps: { readonly log: Log; readonly people: People },
  asking: Actor | null,
  input: unknown,
): Promise<{ readonly ok: true; readonly id: string } | Refusal> => {
  const session = inSession(asking)
  if (!session.ok) return session
  const read = parse(shape, input)
  if (!read.ok) return read
  const { community, keywords, ...about } = read.value
  const account = session.actor.account.id
  if (!(await deps.people.memberOf(account, community))) return notFound('community')
  const id = newId('d')
  await deps.log.append({
    stream: `dataset/${id}`,
    type: 'dataset.created',
    cmd: newId('x'),
    seq: 0,
    data: { dataset: id, community },
    secret: { ...about, keywords: unique(keywords ?? []), creator: account },
  })
  return { ok: true, id }
}
