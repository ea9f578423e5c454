/** What stands against a document as Croissant 1.1: every rule of the format that ours relies on. */

type Json = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]

type Test = (value: unknown) => boolean

const matches =
  (pattern: RegExp): Test =>
  (value) =>
    typeof value === 'string' && pattern.test(value)
const each =
  (test: Test): Test =>
  (value) =>
    listOf(value).length > 0 && listOf(value).every(test)

const isText = matches(/^[^\p{Cc}]*[^\p{Cc}\s][\s\S]*$/u)
const isUrl = matches(/^https?:\/\/[^\s<>"]+$/)
const isRef = matches(/^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-F]{2})+$/)
const CONFORMS = ['http://mlcommons.org/croissant/1.1', 'http://mlcommons.org/croissant/RAI/1.0']
const PREFIXES: Json = {
  '@vocab': 'https://schema.org/',
  sc: 'https://schema.org/',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  dct: 'http://purl.org/dc/terms/',
  odrl: 'http://www.w3.org/ns/odrl/2/',
  conformsTo: 'dct:conformsTo',
  citeAs: 'cr:citeAs',
  recordSet: 'cr:recordSet',
  fileObject: 'cr:fileObject',
}

const isContext: Test = (value) =>
  isRecord(value) && Object.entries(PREFIXES).every(([name, iri]) => value[name] === iri)

const isOrganisation: Test = (value) =>
  isRecord(value) && value['@type'] === 'sc:Organization' && isText(value.name) && isUrl(value.url)

const isOffer: Test = (value) =>
  isRecord(value) &&
  ['CreativeWork', 'odrl:Offer'].every((type) => listOf(value['@type']).includes(type)) &&
  ['odrl:permission', 'odrl:prohibition'].some((rule) => listOf(value[rule]).length > 0)

const ROOT: Readonly<Record<string, Test>> = {
  '@context': isContext,
  '@type': (value) => value === 'sc:Dataset',
  '@id': isUrl,
  conformsTo: (value) => CONFORMS.every((one) => listOf(value).includes(one)),
  name: isText,
  description: isText,
  url: isUrl,
  version: matches(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/),
  datePublished: matches(/^\d{4}-\d{2}-\d{2}$/),
  creator: each(isOrganisation),
  inLanguage: each(matches(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/)),
  citeAs: isText,
  isLiveDataset: (value) => value === false,
  license: each(isUrl),
  usageInfo: isOffer,
  isAccessibleForFree: (value) => value === false,
  conditionsOfAccess: isText,
  distribution: each(isRecord),
}

const OPTIONAL: Readonly<Record<string, Test>> = {
  keywords: (value) => listOf(value).every(isText),
  recordSet: each(isRecord),
}

const FILE: Readonly<Record<string, Test>> = {
  '@type': (value) => value === 'cr:FileObject',
  '@id': isRef,
  name: isText,
  contentUrl: isUrl,
  contentSize: matches(/^\d+ B$/),
  encodingFormat: matches(/^[a-z]+\/[a-z0-9.+-]+$/),
  sha256: matches(/^[0-9a-f]{64}$/),
}

const check = (
  value: Json,
  rules: Readonly<Record<string, Test>>,
  where: string,
): readonly string[] =>
  Object.entries(rules)
    .filter(([key, test]) => !test(value[key]))
    .map(([key]) => `${where}${key}`)

const filesOf = (document: Json): readonly Json[] => listOf(document.distribution).filter(isRecord)

const fileProblems = (document: Json): readonly string[] => {
  const files = filesOf(document)
  const ids = files.map((file) => file['@id'])
  const base = typeof document.url === 'string' ? new URL(document.url).origin : ''
  return files.flatMap((file, nth) => {
    const where = `distribution[${nth}].`
    const strange = Object.keys(file).filter((key) => !(key in FILE))
    const elsewhere = !String(file.contentUrl).startsWith(`${base}/`)
    return [
      ...check(file, FILE, where),
      ...strange.map((key) => `${where}${key} is unknown`),
      ...(elsewhere ? [`${where}contentUrl lies elsewhere`] : []),
      ...(ids.indexOf(file['@id']) === nth ? [] : [`${where}@id is not the only one`]),
    ]
  })
}

const isKnown = (key: string): boolean =>
  key in ROOT || key in OPTIONAL || /^rai:[a-z][A-Za-z]+$/.test(key)

/** Every fault by the place where it is; none when the document may go out. */
export const croissantProblems = (document: unknown): readonly string[] => {
  if (!isRecord(document)) return ['it is no object']
  const given = Object.fromEntries(
    Object.entries(OPTIONAL).filter(([key]) => document[key] !== undefined),
  )
  const terms = Object.entries(document).filter(([key]) => key.startsWith('rai:'))
  return [
    ...check(document, ROOT, ''),
    ...check(document, given, ''),
    ...terms.filter(([, value]) => !each(isText)(value)).map(([key]) => key),
    ...Object.keys(document)
      .filter((key) => !isKnown(key))
      .map((key) => `${key} is unknown`),
    ...(isUrl(document.url) ? fileProblems(document) : []),
  ]
}
