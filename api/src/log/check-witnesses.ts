import {
  cosignaturesOf,
  isWitnessed,
  parseTlogPolicy,
  type TlogPolicy,
} from '../../../policies/index.ts'
import type { Seen } from './check-signatures.ts'
import { COSIGNED } from './cosigner.ts'
import { verifyEd25519 } from './ed25519.ts'
import type { Finding } from './finding.ts'
import type { PublicFiles } from './public-entries.ts'
import { sha256 } from './sha256.ts'

/** Reads the policy of whoever verifies. Throws with every line that cannot be used. */
export const readTlogPolicy = (name: string, text: string): TlogPolicy => {
  const read = parseTlogPolicy(text, sha256)
  if (read.ok) return read.policy
  throw new Error(`${name} is not a policy:\n  ${read.problems.join('\n  ')}`)
}

export interface WitnessCheck {
  /** The cosigned checkpoint: the log must have grown out of it. */
  readonly since: readonly Seen[]
  readonly findings: readonly Finding[]
}

const unwatched = (message: string): WitnessCheck => ({
  since: [],
  findings: [{ kind: 'checkpoint', message }],
})

/**
 * Whether as many witnesses as the policy asks for have cosigned this log: only then is its history
 * the same for everybody who asks them.
 */
export const checkWitnesses = async (
  files: PublicFiles,
  { witnesses, quorum }: TlogPolicy,
): Promise<WitnessCheck> => {
  if (quorum.kind === 'none') return { since: [], findings: [] }
  const bytes = await files.get(COSIGNED)
  if (!bytes) return unwatched('the log shows no checkpoint that witnesses have cosigned')
  const note = Buffer.from(bytes).toString('utf8')
  const keys = witnesses.map(({ key }) => key)
  const given = await cosignaturesOf(note, keys, verifyEd25519)
  const names = given.map(({ name }) => name)
  const cosigners = keys.filter(({ name }) => names.includes(name))
  if (isWitnessed(quorum, cosigners))
    return { since: [{ name: 'the cosigned checkpoint', text: note }], findings: [] }
  const who = names.length > 0 ? names.join(', ') : 'nobody the policy knows'
  return unwatched(`the cosigned checkpoint is not cosigned by enough witnesses: only by ${who}`)
}
