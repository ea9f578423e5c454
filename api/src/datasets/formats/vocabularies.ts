import { type Vocabulary, xml } from './xml.ts'

/** ELAN annotation format (EAF 3.0). */
const ELAN: Vocabulary = {
  name: 'an ELAN file',
  root: 'ANNOTATION_DOCUMENT',
  needs: ['TIME_ORDER'],
  units: new Set(['ANNOTATION_VALUE']),
  personal: {
    ANNOTATION_DOCUMENT: ['AUTHOR'],
    TIER: ['PARTICIPANT', 'ANNOTATOR'],
    MEDIA_DESCRIPTOR: ['MEDIA_URL', 'RELATIVE_MEDIA_URL', 'EXTRACTED_FROM'],
    LINKED_FILE_DESCRIPTOR: ['LINK_URL', 'RELATIVE_LINK_URL'],
  },
}

/** XLIFF 1.2 and 2.1 (OASIS). */
const XLIFF: Vocabulary = {
  name: 'an XLIFF file',
  root: 'xliff',
  needs: ['file', 'source'],
  units: new Set(['source', 'target']),
  personal: {
    file: ['original'],
    note: ['from'],
    phase: ['contact-name', 'contact-email', 'contact-phone'],
  },
}

/** Translation Memory eXchange 1.4b (LISA). */
const TMX: Vocabulary = {
  name: 'a TMX file',
  root: 'tmx',
  needs: ['header', 'body'],
  units: new Set(['seg']),
  personal: Object.fromEntries(
    ['header', 'tu', 'tuv', 'note', 'prop'].map((name) => [name, ['creationid', 'changeid']]),
  ),
}

/** The vocabularies by the type under which their files are served. */
export const VOCABULARIES: Readonly<Record<string, Vocabulary>> = {
  'application/x-elan+xml': ELAN,
  'application/xliff+xml': XLIFF,
  'application/x-tmx+xml': TMX,
}

export const elan = xml(ELAN)
export const xliff = xml(XLIFF)
export const tmx = xml(TMX)
