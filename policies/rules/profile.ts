/** The profile a document must name, and the prefix its own terms expand to. */
export const PROFILE = 'urn:commonhold:sovereignty:1'

/** The fixed JSON-LD context of a licence; it is compared, never fetched. */
export const CONTEXT = [
  'http://www.w3.org/ns/odrl.jsonld',
  {
    sov: `${PROFILE}#`,
    dct: 'http://purl.org/dc/terms/',
    xsd: 'http://www.w3.org/2001/XMLSchema#',
  },
] as const

// The prefixes of the context above, those that the ODRL context declares included.
const PREFIX = /^(?:sov|dct|xsd|odrl|rdf|rdfs|owl|skos|vcard|foaf|schema|cc):/

/**
 * Whether other tools read a name as the short form of another: `sov:a` and `urn:…:1#a` are two
 * names here and one to them, and what they say of it would run together (JSON-LD 1.1 section 5.2).
 */
export const isShortened = (name: string): boolean => PREFIX.test(name)

const VOCABULARIES = [...Object.values(CONTEXT[1]), 'http://www.w3.org/ns/odrl/2/'] as const

/** Whether a name belongs to a vocabulary: no clause can be called so. */
export const isTaken = (name: string): boolean =>
  VOCABULARIES.some((space) => name.startsWith(space))
