import { newId } from '../ids.ts'
import type { Log } from '../log/index.ts'
import type { Grants } from './grants.ts'

const RECENT = 60_000
const REMEMBERED = 10_000

/** Refusals at the door are recorded, but cannot be used to flood the log. */
const createLimit = (now: () => number) => {
  const last = new Map<string, number>()
  return (key: string): boolean => {
    const at = now()
    if (at - (last.get(key) ?? Number.NEGATIVE_INFINITY) < RECENT) return false
    if (last.size >= REMEMBERED) last.clear()
    last.set(key, at)
    return true
  }
}

/** Writes down who was turned away from what, and by which clauses. What is not there tells nothing. */
export const createRefusalRecord = ({ log }: { readonly log: Log }): Grants['recordRefusal'] => {
  const isNew = createLimit(() => log.now())
  return async (actor, { dataset, version }, { status, code, clauses = [] }) => {
    const account = actor?.account.id ?? null
    if (status === 404 || !isNew(`${account}/${dataset}/${code}`)) return
    await log.append(
      {
        stream: `refusal/${dataset}`,
        type: 'download.refused',
        cmd: newId('x'),
        data: { dataset, version, code, clauses },
        secret: { account },
      },
      { wait: 'durable' },
    )
  }
}
