import type { Dataset, ManifestFile } from './dataset.ts'

/** What a version may consist of; each is released by itself. */
export const ARTEFACTS = ['code', 'training', 'test', 'regime', 'model'] as const
export type Artefact = (typeof ARTEFACTS)[number]

/** Rungs of the release ladder, as voted for single artefacts. */
export type ArtefactStages = Readonly<Partial<Record<Artefact, number>>>

/** Each in words for those who vote. */
export const ARTEFACT_WORDS: Readonly<Record<Artefact, string>> = {
  code: 'training code',
  training: 'training data',
  test: 'test data',
  regime: 'description of the training regime',
  model: 'trained model',
}

interface Release {
  readonly stage: number
  readonly artefacts?: ArtefactStages | undefined
}

/** How far the files of an artefact are open: never further than the dataset as a whole. */
export const stageOf = ({ stage, artefacts }: Release, artefact: Artefact | undefined): number =>
  Math.min(stage, (artefact && artefacts?.[artefact]) ?? stage)

/** From this rung on named people may download files. */
export const NAMED_DOWNLOAD = 4

/** Whether a file is kept back while the rest of the dataset can be had on this rung. */
export const isHeldBack = (
  dataset: Pick<Dataset, 'stage' | 'artefacts'>,
  { artefact }: Pick<ManifestFile, 'artefact'>,
  rung: number = NAMED_DOWNLOAD,
): boolean => stageOf(dataset, artefact) < Math.min(dataset.stage, rung)

/** The artefacts among some files, in the order of the list. */
export const artefactsIn = (files: readonly Pick<ManifestFile, 'artefact'>[]): Artefact[] =>
  ARTEFACTS.filter((one) => files.some(({ artefact }) => artefact === one))

/** What can be said of a file: an artefact, or that it goes with the dataset. */
export const PLACES = [...ARTEFACTS, 'none'] as const

interface Placed {
  /** Of a file, or of a folder with a slash at its end. */
  readonly path: string
  readonly artefact: (typeof PLACES)[number]
}

/** What the files of earlier versions, oldest first, belonged to, by SHA-256. */
export const placesBefore = (
  versions: readonly (readonly ManifestFile[])[],
): ReadonlyMap<string, Artefact> =>
  new Map(versions.flat().flatMap(({ sha256, artefact }) => (artefact ? [[sha256, artefact]] : [])))

const covers = (path: string, file: string): boolean =>
  path === file || (path.endsWith('/') && file.startsWith(path))

/**
 * Says of each file what it belongs to: the longest path that names it decides. Where none does, the
 * same bytes stay what they were: nothing that is held back is opened because nobody thought of it.
 */
export const placeFiles = (
  files: readonly ManifestFile[],
  placed: readonly Placed[],
  before: ReadonlyMap<string, Artefact>,
): readonly ManifestFile[] => {
  const longestFirst = placed.toSorted((a, b) => b.path.length - a.path.length)
  return files.map((file) => {
    const found = longestFirst.find(({ path }) => covers(path, file.path))
    const artefact = found ? found.artefact : (before.get(file.sha256) ?? 'none')
    return artefact === 'none' ? file : { ...file, artefact }
  })
}

/** The first of these paths that names no file. */
export const misplaced = (
  files: readonly ManifestFile[],
  placed: readonly Placed[],
): string | undefined =>
  placed.find(({ path }) => !files.some((file) => covers(path, file.path)))?.path
