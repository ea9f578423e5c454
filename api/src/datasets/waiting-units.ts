import type { StoredEvent } from '../log/index.ts'

/** A unit that was taken back and can still be left in: its bytes go at an instant of its own. */
export interface WaitingUnit {
  readonly sha256: string
  /** Epoch ms. */
  readonly eraseAt: number
}

const unitsOf = ({ data }: Pick<StoredEvent, 'data'>): readonly string[] =>
  Array.isArray(data.units) ? data.units.map(String) : []

/** What waits once one more thing has happened to a contribution. */
export const waitingAfter = (
  waiting: readonly WaitingUnit[],
  event: Pick<StoredEvent, 'type' | 'data'>,
): readonly WaitingUnit[] => {
  const units = unitsOf(event)
  const others = waiting.filter(({ sha256 }) => !units.includes(sha256))
  if (event.type !== 'contribution.withdrawn') return others
  const eraseAt = Number(event.data.eraseAt ?? 0)
  return [...others, ...units.map((sha256) => ({ sha256, eraseAt }))]
}

/** When the first of them goes; null when none waits. */
export const firstErasure = (waiting: readonly WaitingUnit[]): number | null =>
  waiting.length === 0 ? null : Math.min(...waiting.map(({ eraseAt }) => eraseAt))
