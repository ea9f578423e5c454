import type { ManifestFile } from './dataset.ts'
import type { Quality } from './quality.ts'
import type { WaitingUnit } from './waiting-units.ts'

/** What somebody agreed to. */
export interface Consent {
  /** Whose words these are. */
  readonly basis: 'own' | 'community' | 'others-with-consent'
  readonly scope: string
  /** Highest rung of the release ladder it covers, 0 to 5. */
  readonly maxStage: number
  /** How it was given, so that someone could check it. */
  readonly evidence: string
  /** SHA-256 of the form or the spoken consent; null or left out where there is none. */
  readonly evidenceFile?: string | null
  readonly minors: boolean
}

/** The consent of one speaker, who is known by a name that is none. */
export interface SpeakerConsent extends Consent {
  readonly speaker: string
}

/** A file of a contribution, and whose consents it needs beside that of the contribution. */
export interface Unit extends ManifestFile {
  readonly speakers?: readonly string[]
}

/** A unit whose bytes are destroyed. */
export interface ErasedUnit {
  readonly sha256: string
  readonly at: number
  /** Log index of `contribution.erased`. */
  readonly entry: number
}

/** A contribution as projected from `contribution/<id>`. */
export interface Contribution {
  readonly id: string
  readonly dataset: string
  readonly community: string
  /** Account, or null after erasure. */
  readonly contributor: string | null
  /** A path is empty once it has been erased. */
  readonly files: readonly Unit[]
  /** null after erasure. */
  readonly consent: Consent | null
  readonly consentDigest: string
  readonly speakers?: readonly SpeakerConsent[]
  /** Speakers whose consent a steward has witnessed; the empty name stands for the contribution. */
  readonly witnessed?: readonly string[]
  /** As it was found when it came in; null for what came before there were reports, and after erasure. */
  readonly quality?: Quality | null
  readonly at: number
  /** `withdrawn`: every unit is. */
  readonly state: 'received' | 'included' | 'withdrawn'
  /** SHA-256 of the units taken back, erased or not. */
  readonly withdrawn?: readonly string[]
  /** Units taken back whose bytes are still there. */
  readonly waiting?: readonly WaitingUnit[]
  /** Epoch ms at which the first of them go, or null. */
  readonly eraseAt?: number | null
  readonly erased?: readonly ErasedUnit[]
  /** Log index of `contribution.made`. */
  readonly entry: number
}

/** Digests of what may no longer leave. */
export const withdrawnUnits = ({ state, files, withdrawn }: Contribution): readonly string[] =>
  state === 'withdrawn' ? files.map(({ sha256 }) => sha256) : (withdrawn ?? [])

/** What may still enter a version. */
export const liveUnits = (contribution: Contribution): readonly Unit[] => {
  const gone = new Set(withdrawnUnits(contribution))
  return contribution.files.filter(({ sha256 }) => !gone.has(sha256))
}

/** The units that a consent stands for: those that name its speaker, or all where none does. */
const unitsUnder = ({ files }: Contribution, speaker: string): readonly Unit[] => {
  const theirs = files.filter(({ speakers = [] }) => speakers.includes(speaker))
  return theirs.length > 0 ? theirs : files
}

interface ShownBy {
  /** The empty name stands for the contribution. */
  readonly speaker: string
  readonly sha256: string
}

/** What was handed in to show the consents of a contribution. */
const evidenceOf = ({ consent, speakers = [] }: Contribution): readonly ShownBy[] =>
  [{ speaker: '', evidenceFile: consent?.evidenceFile }, ...speakers].flatMap(
    ({ speaker, evidenceFile }) => (evidenceFile ? [{ speaker, sha256: evidenceFile }] : []),
  )

const isSpent = (one: Contribution, { speaker }: ShownBy, gone: ReadonlySet<string>): boolean =>
  unitsUnder(one, speaker).every(({ sha256 }) => gone.has(sha256))

/** Evidence that stands for nothing any more once these units are gone. */
export const spentEvidence = (one: Contribution, gone: ReadonlySet<string>): readonly string[] => {
  const [spent, needed] = [new Set<string>(), new Set<string>()]
  for (const each of evidenceOf(one)) (isSpent(one, each, gone) ? spent : needed).add(each.sha256)
  return [...spent].filter((sha256) => !needed.has(sha256))
}

/** Digest of what shows a consent, as long as any of what it stands for has not been taken back. */
export const shownEvidence = (one: Contribution, speaker: string): string | null => {
  const found = evidenceOf(one).find((each) => each.speaker === speaker)
  return found && !isSpent(one, found, new Set(withdrawnUnits(one))) ? found.sha256 : null
}

/** Digests of what is destroyed. */
export const erasedUnits = ({ erased }: Contribution): ReadonlySet<string> =>
  new Set((erased ?? []).map(({ sha256 }) => sha256))

/**
 * Whether these bytes are still needed: a unit that may enter a version or be left in after all, or
 * what shows the consent to one.
 */
export const stillHolds = (one: Contribution, sha256: string): boolean =>
  [...liveUnits(one), ...(one.waiting ?? [])].some((unit) => unit.sha256 === sha256) ||
  evidenceOf(one).some((each) => each.sha256 === sha256 && !isSpent(one, each, erasedUnits(one)))
