import {
  createWorkCheck,
  type KeyEntry,
  type NoteKey,
  noteVote,
  type PublicVote,
  parseCheckpoint,
  parseKeyEntry,
  recount,
  signatureProblems,
} from '../../../policies/index.ts'
import { checkSignatures, type Promised, readPromise, type Seen } from './check-signatures.ts'
import { verifyEd25519 } from './ed25519.ts'
import type { Finding } from './finding.ts'
import { createFrontier } from './frontier.ts'
import { type PublicFiles, publicEntries, readTileFile } from './public-entries.ts'
import { sha256 } from './sha256.ts'
import type { Checkpoint } from './store.ts'
import { TILE_WIDTH, tilePath } from './tile-path.ts'
import { splitHashes } from './tile-reader.ts'

export interface VerifyOptions {
  /** The keys that are trusted to sign this log. */
  readonly keys: readonly NoteKey[]
  /** The log must have grown out of each of these. */
  readonly since?: readonly Seen[]
}

export interface Verified {
  readonly origin: string
  readonly size: number
  /** base64 */
  readonly root: string
  /** The published note. */
  readonly checkpoint: string
  /** Closed votes that were counted again from the published entries. */
  readonly votes: number
  /** Works whose licence was proved again to permit no more than what they were made from. */
  readonly works: number
  readonly findings: readonly Finding[]
}

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** Checks the hashes of every level above the leaves against the tiles that hold them. */
const checkUpperTiles = async (
  files: PublicFiles,
  levels: readonly (readonly Uint8Array[])[],
): Promise<readonly Finding[]> => {
  const findings: Finding[] = []
  for (const [level, hashes] of levels.entries())
    for (let index = 0; level > 0 && index * TILE_WIDTH < hashes.length; index++) {
      const own = hashes.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH)
      const tile = { level, index, width: own.length }
      const told = await readTileFile(files, tile)
      const fits =
        told && Buffer.concat(splitHashes(told).slice(0, own.length)).equals(Buffer.concat(own))
      if (!fits)
        findings.push({
          kind: 'tile',
          message: `${tilePath(tile)} does not hold the tree's hashes`,
        })
    }
  return findings
}

/** Compares roots with promises as the tree grows; after the first that is broken all later ones are. */
const createComparison = (promises: readonly Promised[]) => {
  const bySize = new Map<number, Promised[]>()
  for (const one of promises) bySize.set(one.size, [...(bySize.get(one.size) ?? []), one])
  let kept = 0
  let broken: Finding | null = null
  return {
    broken: () => broken,
    at: (size: number, root: () => Uint8Array): void => {
      const due = broken ? [] : (bySize.get(size) ?? [])
      const wrong = due.find((one) => Buffer.compare(one.root, root()) !== 0)
      if (!wrong && due.length > 0) kept = size
      if (!wrong) return
      const where = `an entry from ${kept} to ${size - 1} is not the one that was signed`
      const message = `the first ${size} entries do not have the root of ${wrong.name}: ${where}`
      broken = { kind: 'checkpoint', message }
    },
  }
}

const aboutVote = (id: string, problem: string): Finding => ({
  kind: 'vote',
  stream: `proposal/${id}`,
  message: `vote ${id}: ${problem}`,
})

/** Counts every closed vote again, and checks what devices have signed; `votes` says how many were counted. */
const countAgain = async (votes: readonly PublicVote[]) => {
  const counted = votes.flatMap((vote) => recount(vote, sha256) ?? [])
  const findings = counted.flatMap(({ id, problems }) =>
    problems.map((problem) => aboutVote(id, problem)),
  )
  for (const vote of votes)
    for (const problem of await signatureProblems(vote, verifyEd25519))
      findings.push(aboutVote(vote.id, problem))
  return { votes: counted.filter(({ uncounted }) => uncounted === null).length, findings }
}

const asFinding = ({ entry, message }: { entry: number; message: string }): Finding => ({
  kind: 'work',
  idx: entry,
  message: `entry ${entry}: ${message}`,
})

interface Walked {
  readonly root: Uint8Array
  readonly votes: number
  readonly works: number
  /** What the log says of its own keys. */
  readonly keys: readonly KeyEntry[]
  readonly findings: readonly Finding[]
}

/** Walks through all entries and compares the roots on the way with what was promised. */
const walk = async (
  files: PublicFiles,
  size: number,
  promises: readonly Promised[],
): Promise<Walked> => {
  const levels: Uint8Array[][] = []
  const frontier = createFrontier((level, hash) => {
    const hashes = levels[level] ?? []
    levels[level] = hashes
    if (level > 0) hashes.push(hash)
  })
  const comparison = createComparison(promises)
  const findings: Finding[] = []
  const votes = new Map<string, PublicVote>()
  const works = createWorkCheck()
  const keys: KeyEntry[] = []
  comparison.at(0, frontier.root)
  for await (const entry of publicEntries(files, size)) {
    findings.push(...entry.findings)
    if (entry.leaf !== null) noteVote(votes, entry.index, entry.leaf)
    if (entry.leaf !== null) works.note(entry.index, entry.leaf)
    const key = entry.leaf === null ? null : parseKeyEntry(entry.index, entry.leaf)
    if (key) keys.push(key)
    if (!entry.hash) return { root: frontier.root(), votes: 0, works: 0, keys, findings }
    frontier.push(entry.hash)
    comparison.at(frontier.size(), frontier.root)
  }
  const broken = comparison.broken()
  findings.push(...(broken ? [broken] : []), ...(await checkUpperTiles(files, levels)))
  const counted = await countAgain([...votes.values()])
  findings.push(...counted.findings, ...works.problems.map(asFinding))
  return { root: frontier.root(), votes: counted.votes, works: works.proved(), keys, findings }
}

const tooShort = (promise: Promised, size: number): Finding => ({
  kind: 'checkpoint',
  message: `${promise.name} promises ${promise.size} entries, the log has ${size}: it has been cut`,
})

/**
 * Verifies a log from its public files alone: every entry against its hash, the hashes against the
 * signed root, and the growth since earlier checkpoints. Throws when there is no checkpoint to be read.
 */
export const verifyPublic = async (
  files: PublicFiles,
  { keys, since = [] }: VerifyOptions,
): Promise<Verified> => {
  const bytes = await files.get('checkpoint')
  if (!bytes) throw new Error('there is no checkpoint: is this the address or folder of a log?')
  const checkpoint = Buffer.from(bytes).toString('utf8')
  const now = readPromise({ name: 'the checkpoint', text: checkpoint })
  if (!now.promised) throw new Error('the published checkpoint cannot be read')
  const { origin, size } = now.promised
  const before = since.map(readPromise)
  const promises = before.flatMap(({ promised }) => (promised ? [promised] : []))
  const walked = await walk(files, size, [...promises, now.promised])
  const findings = [
    ...before.flatMap((one) => one.findings),
    ...(await checkSignatures([now.promised, ...promises], keys, walked.keys)),
    ...promises.filter((one) => one.size > size).map((one) => tooShort(one, size)),
    ...walked.findings,
  ]
  const { root, votes, works } = walked
  return { origin, size, root: toBase64(root), checkpoint, votes, works, findings }
}

/** What the stored columns of a checkpoint say differently from the note that was signed. */
export const checkColumns = ({ size, root, note }: Checkpoint): readonly Finding[] => {
  const body = parseCheckpoint(note)
  if (body && body.size === size && toBase64(body.root) === root) return []
  const message = `the stored checkpoint of size ${size} differs from the note signed for it`
  return [{ kind: 'checkpoint', message }]
}
