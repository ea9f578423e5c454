import type { StoredEvent } from './event.ts'
import type { Finding } from './finding.ts'
import { type FileNotes, noFileNotes, noteFiles } from './needed-files.ts'
import { textDigest } from './sha256.ts'

/** A stored document: events name it by the digest of its text. */
export interface StoredText {
  readonly digest: string
  readonly text: string
}

/** The fields of events that name documents. */
const NAMING = ['manifestDigest', 'statementDigest'] as const

/** What the events say must be stored, with the first entry that says so. */
export interface Named {
  /** By digest of a document. */
  readonly documents: Map<string, number>
  readonly files: FileNotes
}

export const nothingNamed = (): Named => ({ documents: new Map(), files: noFileNotes() })

const add = (names: Map<string, number>, name: unknown, idx: number): void => {
  if (typeof name === 'string' && !names.has(name)) names.set(name, idx)
}

/** Takes note of what one event names. */
export const noteNamed = (
  { documents, files }: Named,
  event: Pick<StoredEvent, 'idx' | 'type' | 'data'>,
): void => {
  for (const field of NAMING) add(documents, event.data[field], event.idx)
  noteFiles(files, event)
}

const wrong = (message: string, idx?: number): Finding => ({
  kind: 'document',
  message,
  ...(idx === undefined ? {} : { idx }),
})

/** Hashes every stored document again and names those that are changed or missing. */
export const checkDocuments = async (
  texts: AsyncIterable<StoredText>,
  named: ReadonlyMap<string, number>,
): Promise<{ readonly count: number; readonly findings: readonly Finding[] }> => {
  const missing = new Map(named)
  const findings: Finding[] = []
  let count = 0
  for await (const { digest, text } of texts) {
    count++
    const idx = missing.get(digest)
    missing.delete(digest)
    if (digest === `sha256-${textDigest(String(text), 'hex')}`) continue
    const whose = idx === undefined ? '' : `, which event ${idx} names,`
    findings.push(wrong(`the document ${digest}${whose} has other content than its name`, idx))
  }
  for (const [digest, idx] of missing)
    findings.push(wrong(`the document ${digest}, which event ${idx} names, is not stored`, idx))
  return { count, findings }
}
