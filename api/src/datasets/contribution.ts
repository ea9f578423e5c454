import type { ManifestFile } from './dataset.ts'

/** What the contributor agreed to. */
export interface Consent {
  /** Whose words these are. */
  readonly basis: 'own' | 'community' | 'others-with-consent'
  readonly scope: string
  /** Highest rung of the release ladder it covers, 0 to 5. */
  readonly maxStage: number
  /** How it was given, so that someone could check it. */
  readonly evidence: string
  readonly minors: boolean
}

/** A contribution as projected from `contribution/<id>`. */
export interface Contribution {
  readonly id: string
  readonly dataset: string
  readonly community: string
  /** Account, or null after erasure. */
  readonly contributor: string | null
  /** A path is empty once it has been erased. */
  readonly files: readonly ManifestFile[]
  /** null after erasure. */
  readonly consent: Consent | null
  readonly consentDigest: string
  readonly at: number
  readonly state: 'received' | 'included' | 'withdrawn'
  /** Log index of `contribution.made`. */
  readonly entry: number
}
