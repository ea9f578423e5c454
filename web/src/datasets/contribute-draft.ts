import type { ConsentInput, ContributeInput, CreateDatasetInput } from '../graphql/generated.ts'
import type { ContributeKey } from '../i18n/areas/contribute.ts'
import type { Problem } from '../ui/problem.ts'
import { isArchive, isComplete, type SavedUpload, type UploadQueue } from './upload-queue.ts'

/** A form or recording that shows a consent; `upload` is null until all of it has arrived. */
export type DraftEvidence = {
  readonly name: string
  readonly size: number
  readonly upload: string | null
}

/** What one person agreed to, under a name that tells nothing. */
export type DraftSpeaker = {
  readonly key: string
  readonly name: string
  readonly files: readonly string[]
  readonly scope: string
  readonly maxStage: string
  readonly evidence: string
  readonly evidenceFile?: DraftEvidence | null
  readonly minor: boolean
}

/** The next free name, S01 and on; of all files, until somebody says otherwise. */
export function newSpeaker(
  speakers: readonly DraftSpeaker[],
  files: readonly string[],
): DraftSpeaker {
  const taken = new Set(speakers.flatMap(({ key, name }) => [key, name]))
  const names = Array.from(
    { length: speakers.length * 2 + 1 },
    (_, place) => `S${String(place + 1).padStart(2, '0')}`,
  )
  const name = names.find((one) => !taken.has(one)) ?? ''
  return { key: name, name, files, scope: '', maxStage: '', evidence: '', minor: false }
}

/** What the contribute wizard keeps between visits. The files themselves stay with the browser. */
export type ContributeDraft = {
  readonly step: number
  readonly community: string
  /** The dataset's id, or '' while a new one is described. */
  readonly dataset: string
  readonly title: string
  readonly description: string
  readonly kind: string
  readonly languages: string
  readonly keywords: string
  readonly uploads: readonly SavedUpload[]
  readonly basis: string
  readonly scope: string
  readonly maxStage: string
  readonly evidence: string
  readonly evidenceFile: DraftEvidence | null
  readonly minors: string
  readonly speakers: readonly DraftSpeaker[]
}

export const emptyContribution: ContributeDraft = {
  step: 0,
  community: '',
  dataset: '',
  title: '',
  description: '',
  kind: '',
  languages: '',
  keywords: '',
  uploads: [],
  basis: '',
  scope: '',
  maxStage: '',
  evidence: '',
  evidenceFile: null,
  minors: '',
  speakers: [],
}

export type ContributeProblem = Problem<ContributeKey>

export type ContributeStep = 'dataset' | 'files' | 'consent' | 'review'
export const contributeSteps: readonly ContributeStep[] = ['dataset', 'files', 'consent', 'review']

export const datasetKinds = ['text', 'parallel', 'speech', 'lexicon', 'annotations'] as const
const text = ['txt', 'md', 'csv', 'tsv', 'jsonl', 'parquet']
const timed = ['eaf', 'textgrid']

/** Endings the registry takes for each kind; said before anything is sent. A test holds the two lists together. */
export const kindEndings: Readonly<Record<(typeof datasetKinds)[number], readonly string[]>> = {
  text,
  parallel: [...text, 'xlf', 'xliff', 'tmx'],
  lexicon: text,
  annotations: [...text, ...timed],
  speech: [...text, ...timed, 'wav', 'flac', 'ogg', 'opus', 'webm', 'mp3'],
}

/** Whether a dataset of this kind takes a file of this name; of a kind we do not know, any. */
export function fitsKind(path: string, kind: string): boolean {
  const known = datasetKinds.find((one) => one === kind)
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return known === undefined || kindEndings[known].includes(ending)
}

export const consentBases = ['own', 'community', 'others-with-consent'] as const
/** Rungs of the release ladder, 0 sealed to 5 download by everyone in a class. */
export const releaseStages = [0, 1, 2, 3, 4, 5] as const

/** What still keeps this step from being complete, the first field first. */
export function contributeProblems(
  step: ContributeStep,
  draft: ContributeDraft,
  queue: UploadQueue,
): readonly ContributeProblem[] {
  switch (step) {
    case 'dataset':
      return draft.dataset === '' ? newDatasetProblems(draft) : []
    case 'files':
      return fileProblems(queue)
    case 'consent':
      return consentProblems(draft)
    case 'review':
      return []
  }
}

function newDatasetProblems(draft: ContributeDraft): readonly ContributeProblem[] {
  const tags = words(draft.languages)
  return [
    ...missing('community', draft.community),
    ...missing('title', draft.title),
    ...missing('description', draft.description),
    ...missing('kind', draft.kind),
    ...missing('languages', draft.languages),
    ...tags
      .filter((tag) => !looksLikeLanguageTag(tag))
      .map(
        (tag): ContributeProblem => ({ field: 'languages', key: 'problem.tag', values: { tag } }),
      ),
  ]
}

function fileProblems(queue: UploadQueue): readonly ContributeProblem[] {
  if (queue.items.length === 0) return [{ field: 'files', key: 'problem.no_files' }]
  const packed = queue.items.find(({ path }) => isArchive(path))
  if (packed) return [{ field: 'files', key: 'problem.packed', values: { path: packed.path } }]
  return isComplete(queue) ? [] : [{ field: 'files', key: 'problem.not_sent' }]
}

const consentProblems = (draft: ContributeDraft): readonly ContributeProblem[] => [
  ...missing('basis', draft.basis),
  ...missing('scope', draft.scope),
  ...missing('maxStage', draft.maxStage),
  ...missing('evidence', draft.evidence),
  ...missing('minors', draft.minors),
  ...speakerProblems(draft.speakers),
  ...evidenceProblems(draft),
]

/** Every form and recording that was chosen to show a consent. */
export const evidenceIn = ({ evidenceFile, speakers }: ContributeDraft): readonly DraftEvidence[] =>
  [evidenceFile, ...speakers.map((one) => one.evidenceFile)].filter((one) => one != null)

function evidenceProblems(draft: ContributeDraft): readonly ContributeProblem[] {
  const open = evidenceIn(draft).find(({ upload }) => upload === null)
  if (!open) return []
  const field = draft.evidenceFile === open ? 'evidenceFile' : 'speakers'
  return [{ field, key: 'problem.evidenceFile', values: { name: open.name } }]
}

const speakerName = /^[A-Za-z0-9_-]{1,32}$/

function speakerProblems(speakers: readonly DraftSpeaker[]): readonly ContributeProblem[] {
  const names = speakers.map(({ name }) => name)
  const badly = names.find((name) => !speakerName.test(name))
  if (badly !== undefined)
    return [{ field: 'speakers', key: 'problem.speakerName', values: { name: badly } }]
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice) return [{ field: 'speakers', key: 'problem.speakerTwice', values: { name: twice } }]
  const open = speakers.find(
    ({ scope, maxStage, evidence, files }) =>
      !scope.trim() || !maxStage || !evidence.trim() || files.length === 0,
  )
  return open
    ? [{ field: 'speakers', key: 'problem.speakerOpen', values: { name: open.name } }]
    : []
}

type RequiredField =
  | 'community'
  | 'title'
  | 'description'
  | 'kind'
  | 'languages'
  | 'basis'
  | 'scope'
  | 'maxStage'
  | 'evidence'
  | 'minors'

const missing = (field: RequiredField, value: string): readonly ContributeProblem[] =>
  value.trim() === '' ? [{ field, key: `problem.${field}` }] : []

/** Only the shape of BCP 47; the registry checks the tag against the registered subtags. */
export const looksLikeLanguageTag = (tag: string) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag)

export const words = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,;]+/).filter(Boolean)),
]

export const phrases = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[,;\n]+/)
      .map((part) => part.trim())
      .filter(Boolean),
  ),
]

export const toDatasetInput = (draft: ContributeDraft): CreateDatasetInput => ({
  community: draft.community,
  title: draft.title.trim(),
  description: draft.description.trim(),
  kind: draft.kind,
  languages: [...words(draft.languages)],
  keywords: [...phrases(draft.keywords)],
})

export const toConsentInput = (draft: ContributeDraft): ConsentInput => ({
  basis: draft.basis,
  scope: draft.scope.trim(),
  maxStage: Number(draft.maxStage),
  evidence: draft.evidence.trim(),
  evidenceUpload: draft.evidenceFile?.upload,
  minors: draft.minors === 'yes',
})

const speakersIn = ({ speakers }: ContributeDraft, path: string): string[] =>
  speakers.filter(({ files }) => files.includes(path)).map(({ name }) => name)

export function toContributeInput(
  draft: ContributeDraft,
  queue: UploadQueue,
  key: string,
): ContributeInput {
  return {
    dataset: draft.dataset,
    files: queue.items.flatMap(({ path, upload }) =>
      upload === null ? [] : [{ upload, path, speakers: speakersIn(draft, path) }],
    ),
    consent: toConsentInput(draft),
    speakers: draft.speakers.map((speaker) => ({
      speaker: speaker.name,
      basis: draft.basis,
      scope: speaker.scope.trim(),
      maxStage: Number(speaker.maxStage),
      evidence: speaker.evidence.trim(),
      evidenceUpload: speaker.evidenceFile?.upload,
      minors: speaker.minor,
    })),
    key,
  }
}
