import { hash } from 'node:crypto'
import type { Personal, Sight } from './formats/sight.ts'

/** How a contribution is, in counts alone: nothing of what it says is kept here. */
export interface Quality {
  readonly files: number
  /** Lines, rows or segments. */
  readonly units: number
  readonly empty: number
  /** Units that stood somewhere before, among the first `looked` that are not empty. */
  readonly duplicates: number
  readonly looked: number
  /** Texts that are not in Unicode form NFC. */
  readonly notNfc: number
  /** Units that are not empty, by length: place n counts those of 2^n to 2^(n+1) − 1 characters. */
  readonly lengths: readonly number[]
  /** Seconds of each sound, ascending; the first thousand. */
  readonly seconds: readonly number[]
  readonly sounds: number
  /** Sounds whose samples stand at the rail, and those with hardly anything to hear. */
  readonly clipped: number
  readonly silent: number
  /** Sounds whose samples are compressed: nobody looked whether they are clipped or silent. */
  readonly unheard: number
  /** Fields for names and tags that hold something. */
  readonly personal: number
}

// What is remembered of units, so that a file of any size is looked at in bounded memory.
const MOST_LOOKED = 300_000
const MOST_SECONDS = 1000
/** Shares of samples from which a sound is called clipped, and silent. */
const CLIPPED = 0.001
const SILENT = 0.9

const placeOf = (length: number): number => Math.floor(Math.log2(length))

const createUnits = () => {
  const seen = new Set<string>()
  const lengths: number[] = []
  const counts = { units: 0, empty: 0, duplicates: 0, looked: 0 }
  return {
    counts,
    lengths,
    take: (text: string): void => {
      counts.units++
      if (text.trim() === '') {
        counts.empty++
        return
      }
      const place = placeOf(text.length)
      while (lengths.length <= place) lengths.push(0)
      lengths[place] = (lengths[place] ?? 0) + 1
      if (counts.looked >= MOST_LOOKED) return
      counts.looked++
      const key = hash('sha256', text, 'base64').slice(0, 12)
      if (seen.has(key)) counts.duplicates++
      else seen.add(key)
    },
  }
}

/** Watches files while they are read; ask for the report when all have been. */
export const createQuality = () => {
  const units = createUnits()
  const found: Personal[] = []
  const seconds: number[] = []
  const sounds = { sounds: 0, clipped: 0, silent: 0, unheard: 0 }
  let notNfc = 0
  let personal = 0
  const sight: Sight = {
    unit: units.take,
    words: (text) => {
      if (text.normalize('NFC') !== text) notNfc++
    },
    personal: (one) => {
      personal++
      if (found.length < 100) found.push(one)
    },
    sound: (one) => {
      sounds.sounds++
      if (seconds.length < MOST_SECONDS) seconds.push(Math.round(one.seconds * 100) / 100)
      if (one.clipped === null || one.silent === null) sounds.unheard++
      else {
        if (one.clipped > CLIPPED) sounds.clipped++
        if (one.silent > SILENT) sounds.silent++
      }
    },
  }
  return {
    sight,
    /** The first hundred things that may tell who people are. */
    personal: (): readonly Personal[] => found,
    report: (files: number): Quality => ({
      files,
      ...units.counts,
      notNfc,
      lengths: units.lengths,
      seconds: seconds.toSorted((a, b) => a - b),
      ...sounds,
      personal,
    }),
  }
}

export interface QualityFinding {
  /** `warning`: look before it is published; `note`: worth knowing. */
  readonly severity: 'warning' | 'note'
  readonly code:
    | 'personal'
    | 'duplicates'
    | 'empty'
    | 'notNfc'
    | 'clipped'
    | 'silent'
    | 'short'
    | 'unheard'
    | 'notLooked'
  readonly count: number
  readonly of: number
}

/** Seconds below which a recording is hardly one. */
const SHORT = 0.5
/** Share of units from which repetition and gaps are more than chance. */
const MANY = 0.05

/** What a report gives reason to say, the gravest first. */
export const findingsIn = (quality: Quality): readonly QualityFinding[] => {
  const { units, empty, duplicates, looked, sounds, clipped, silent, unheard } = quality
  const short = quality.seconds.filter((one) => one < SHORT).length
  const many = (count: number, of: number) => (count > of * MANY ? 'warning' : 'note')
  const all: readonly QualityFinding[] = [
    { severity: 'warning', code: 'personal', count: quality.personal, of: quality.files },
    { severity: 'warning', code: 'clipped', count: clipped, of: sounds },
    { severity: 'warning', code: 'silent', count: silent, of: sounds },
    { severity: 'warning', code: 'short', count: short, of: sounds },
    { severity: many(duplicates, looked), code: 'duplicates', count: duplicates, of: looked },
    { severity: many(empty, units), code: 'empty', count: empty, of: units },
    { severity: 'note', code: 'notNfc', count: quality.notNfc, of: units },
    { severity: 'note', code: 'unheard', count: unheard, of: sounds },
    { severity: 'note', code: 'notLooked', count: units - empty - looked, of: units },
  ]
  const found = all.filter(({ count }) => count > 0)
  return found.toSorted((a, b) => Number(a.severity === 'note') - Number(b.severity === 'note'))
}
