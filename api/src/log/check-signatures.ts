import {
  type CheckpointBody,
  type KeyEntry,
  type KeyTerm,
  keysAt,
  keyTerms,
  type NoteKey,
  openNote,
  parseCheckpoint,
  parseReceipt,
} from '../../../policies/index.ts'
import { verifyEd25519 } from './ed25519.ts'
import type { Finding } from './finding.ts'
import { sha256 } from './sha256.ts'

/** A checkpoint seen before: a note, or a receipt that holds one. */
export interface Seen {
  /** What to call it in a finding. */
  readonly name: string
  readonly text: string
}

/** A promise about the size and root of the log. */
export interface Promised extends CheckpointBody {
  readonly name: string
  /** The signed note. */
  readonly note: string
}

/** Reads a promise, whoever signed it. */
export const readPromise = ({
  name,
  text,
}: Seen): { promised: Promised | null; findings: readonly Finding[] } => {
  const note = parseReceipt(text)?.checkpoint ?? text
  const body = parseCheckpoint(note)
  if (body) return { promised: { ...body, name, note }, findings: [] }
  return {
    promised: null,
    findings: [{ kind: 'checkpoint', message: `${name} is not a checkpoint` }],
  }
}

/** What is to be said about the signature of a promise, now that the log has told of its keys. */
const checkSignature = async (
  { name, size, note }: Promised,
  terms: readonly KeyTerm[],
): Promise<readonly Finding[]> => {
  const opened = await openNote(note, keysAt(terms, size), verifyEd25519)
  if (opened.ok) return []
  const late = terms.filter(({ until }) => size > until)
  const known = await openNote(
    note,
    late.map(({ key }) => key),
    verifyEd25519,
  )
  const was = late.some(({ compromised }) => compromised) ? 'given up' : 'replaced'
  const problem = known.ok ? `it is signed with a key that had been ${was} before` : opened.problem
  return [{ kind: 'signature', message: `${name} (size ${size}): ${problem}` }]
}

/** Who may have signed what: from the keys that are trusted and the entries about keys. */
export const checkSignatures = async (
  promises: readonly Promised[],
  trusted: readonly NoteKey[],
  entries: readonly KeyEntry[],
): Promise<readonly Finding[]> => {
  const { terms, problems } = await keyTerms(trusted, entries, { sha256, verify: verifyEd25519 })
  const findings: Finding[] = problems.map((message) => ({ kind: 'signature', message }))
  for (const one of promises) findings.push(...(await checkSignature(one, terms)))
  return findings
}
