import { type Dataset, effectiveStage, type Version } from './dataset.ts'

/** The rung and the embargo (epoch ms) that somebody asks for. */
export interface Terms {
  readonly stage: number
  readonly embargoUntil?: number | null | undefined
}

const highestFrom = (dataset: Dataset, { stage, embargoUntil }: Terms, now: number) => {
  const asked = { ...dataset, stage, embargoUntil: embargoUntil ?? null, suspension: null }
  return (at: number): number => effectiveStage(asked, Math.max(now, at))
}

/**
 * Would these terms close a published version further, now or later, and open it at no instant?
 * A suspension is left aside: it ends by a ballot of its own.
 */
export const lowersAccess = (
  wanted: Terms,
  version: Version,
  dataset: Dataset,
  now: number,
): boolean => {
  if (version.publishedAt === null || version.version !== dataset.newest) return false
  const before = highestFrom(dataset, dataset, now)
  const after = highestFrom(dataset, wanted, now)
  // Between these instants neither of the two changes.
  const instants = [now, dataset.embargoUntil ?? now, wanted.embargoUntil ?? now]
  return (
    instants.every((at) => after(at) <= before(at)) && instants.some((at) => after(at) < before(at))
  )
}
