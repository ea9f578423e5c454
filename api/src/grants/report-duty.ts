import { z } from 'zod'
import { notFound, refuse } from '../errors.ts'
import type { Log } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import type { GrantResult } from './grants.ts'
import type { GrantStore } from './store.ts'

const report = z.object({
  grant: z.string(),
  duty: z.string(),
  evidence: z.string().trim().min(10, 'Give a link or a few words that can be checked.').max(8000),
})

/** The holder tells the community that a duty has been met. */
export const reportDuty = async (
  { log, store }: { readonly log: Log; readonly store: GrantStore },
  actor: Actor,
  input: unknown,
): Promise<GrantResult> => {
  const read = parse(report, input)
  if (!read.ok) return read
  const { grant: id, duty: kind, evidence } = read.value
  const grant = await store.grant(id)
  if (!grant || grant.account !== actor.account.id) return notFound('grant')
  if (!grant.duties.some((duty) => duty.kind === kind)) {
    return refuse('NO_SUCH_DUTY', 'This grant does not carry this duty.', { field: 'duty' })
  }
  await log.append({
    stream: `grant/${id}`,
    type: 'duty.met',
    cmd: `duty:${id}:${kind}`,
    data: { grant: id, kind },
    secret: { evidence },
  })
  const again = await store.grant(id)
  return again ? { ok: true, grant: again } : notFound('grant')
}
