import { ARTEFACTS, type ArtefactStages, stageOf } from './artefacts.ts'
import { type Dataset, effectiveStage, type Version } from './dataset.ts'

/** The rung and the embargo (epoch ms) that somebody asks for. */
export interface Terms {
  readonly stage: number
  readonly embargoUntil?: number | null | undefined
  readonly artefacts?: ArtefactStages
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
  const asked = { ...wanted, artefacts: { ...dataset.artefacts, ...wanted.artefacts } }
  // Between these instants neither of the two changes.
  const instants = [now, dataset.embargoUntil ?? now, wanted.embargoUntil ?? now]
  const steps = [undefined, ...ARTEFACTS].flatMap((artefact) => {
    const partOf = (terms: Terms) => ({ ...terms, stage: stageOf(terms, artefact) })
    const before = highestFrom(dataset, partOf(dataset), now)
    const after = highestFrom(dataset, partOf(asked), now)
    return instants.map((at) => after(at) - before(at))
  })
  return steps.every((step) => step <= 0) && steps.some((step) => step < 0)
}
