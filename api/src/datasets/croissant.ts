import type { Community } from '../people/people.ts'
import type { Dataset, ManifestFile, Statement, Version } from './dataset.ts'
import { encodedPath, fileUrl } from './file-path.ts'

/** What a Croissant document is made of. */
export interface CroissantParts {
  readonly dataset: Dataset
  readonly community: Pick<Community, 'name' | 'slug'>
  /** Communities that keep it beside that one. */
  readonly others?: readonly Pick<Community, 'name' | 'slug'>[]
  readonly version: Version
  readonly files: readonly ManifestFile[]
  readonly statement: Statement
  /** The licence with full names, `odrl:permission` and so on, and what they are short for. */
  readonly policy: object
  readonly names: Readonly<Record<string, string>>
  readonly publicUrl: string
}

/** The context of Croissant 1.1, appendix 1, with the terms of its RAI and of ODRL beside it. */
const CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  sc: 'https://schema.org/',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  dct: 'http://purl.org/dc/terms/',
  citeAs: 'cr:citeAs',
  conformsTo: 'dct:conformsTo',
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  isLiveDataset: 'cr:isLiveDataset',
  recordSet: 'cr:recordSet',
  field: 'cr:field',
  source: 'cr:source',
  extract: 'cr:extract',
  fileObject: 'cr:fileObject',
  column: 'cr:column',
}

const PLAIN = { '@language': null }

const CONFORMS = ['http://mlcommons.org/croissant/1.1', 'http://mlcommons.org/croissant/RAI/1.0']

/** Which answers of a data statement are which terms of Croissant RAI 1.0. */
const RAI: Readonly<Record<string, string>> = {
  collection: 'rai:dataCollection',
  preprocessing: 'rai:dataPreprocessingProtocol',
  annotation: 'rai:dataAnnotationProtocol',
  annotators: 'rai:annotatorDemographics',
  limitations: 'rai:dataLimitations',
  biases: 'rai:dataBiases',
  uses: 'rai:dataUseCases',
  socialImpact: 'rai:dataSocialImpact',
  sensitive: 'rai:personalSensitiveInformation',
  maintenance: 'rai:dataReleaseMaintenancePlan',
}

// What it names for JSON lines; the rest is known by their own names.
const ENCODING: Readonly<Record<string, string>> = {
  'application/x-ndjson': 'application/jsonlines',
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

const answersIn = (statement: Statement) =>
  Object.fromEntries(
    Object.entries(RAI).flatMap(([field, term]) => {
      const text = statement[field]?.trim() ?? ''
      return text === '' ? [] : [[term, text]]
    }),
  )

const fileObject = (
  { version, publicUrl }: CroissantParts,
  { path, size, sha256, mediaType }: ManifestFile,
) => ({
  '@type': 'cr:FileObject',
  // Percent-encoded: readers take the id for an address.
  '@id': encodedPath(path),
  name: path,
  contentUrl: `${publicUrl}${fileUrl(version, path)}`,
  contentSize: `${size} B`,
  encodingFormat: ENCODING[mediaType] ?? mediaType,
  sha256,
})

/** One value, or a list where there are several. */
const oneOrAll = <T>(values: readonly T[]): T | readonly T[] | undefined =>
  values.length === 1 ? values[0] : values

/** The licence of the version, and those of all who keep it beside the community that made it. */
const licencesOf = ({ version, dataset: { custody }, publicUrl }: CroissantParts) =>
  [version.licence, ...custody.others.map(({ licence }) => licence)].map(
    (digest) => `${publicUrl}/licences/${digest}.jsonld`,
  )

const CONDITIONS = {
  all: 'Several communities keep it: the licence of each has to permit, and each council that is asked has to agree.',
  any: 'Several communities keep it: the licence or the council of one of them is enough.',
} as const

const termsOf = (parts: CroissantParts) => ({
  license: oneOrAll(licencesOf(parts)),
  // Its plain texts are codes and words of many languages.
  usageInfo: { '@context': PLAIN, ...parts.policy, '@type': ['CreativeWork', 'odrl:Offer'] },
  isAccessibleForFree: false,
  conditionsOfAccess: [
    'A person asks for access, the licence answers or the council of the community votes, and files are sent under a grant.',
    ...(parts.dataset.custody.others.length > 0 ? [CONDITIONS[parts.dataset.custody.rule]] : []),
  ].join(' '),
})

const organisation = ({ name, slug }: Pick<Community, 'name' | 'slug'>, publicUrl: string) => ({
  '@type': 'sc:Organization',
  name,
  url: `${publicUrl}/communities/${slug}`,
})

/**
 * A version as Croissant 1.1 with its RAI terms and the licence as ODRL: what programs that read
 * datasets, and search engines, find out about it without a word to anybody.
 */
export const croissantOf = (parts: CroissantParts) => {
  const { dataset, community, others = [], version, files, statement, names, publicUrl } = parts
  const keepers = [community, ...others]
  const credit = keepers.map(({ name }) => name).join(', ')
  const url = `${publicUrl}/datasets/${dataset.id}`
  const published = dayOf(version.publishedAt ?? version.assembledAt)
  return {
    '@context': { ...CONTEXT, ...names },
    '@type': 'sc:Dataset',
    '@id': url,
    conformsTo: CONFORMS,
    name: dataset.title,
    description: dataset.description,
    url,
    version: version.version,
    datePublished: published,
    creator: oneOrAll(keepers.map((one) => organisation(one, publicUrl))),
    inLanguage: [...dataset.languages],
    keywords: [...dataset.keywords],
    citeAs: `${credit}: ${dataset.title}, version ${version.version}, ${published.slice(0, 4)}. ${url}`,
    isLiveDataset: false,
    ...termsOf(parts),
    ...answersIn(statement),
    distribution: files.map((file) => fileObject(parts, file)),
  }
}
