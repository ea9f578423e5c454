import { readFile } from 'node:fs/promises'
import { parseTlogPolicy, type TlogPolicy } from '../../policies/index.ts'
import {
  type Cosigner,
  createCosigner,
  createWitness,
  type Log,
  noteSigner,
  sha256,
  type TileStore,
  type Witness,
  type WitnessStore,
} from './log/index.ts'
import type { SigningKey } from './storage/key-store.ts'

/** Without a policy nobody is watched and nobody watches. */
const NOBODY: TlogPolicy = { logs: [], witnesses: [], quorum: { kind: 'none' } }

/** Reads the policy anew each time: who watches whom changes without a restart. */
const readPolicy = (file: string | null) => async (): Promise<TlogPolicy> => {
  if (file === null) return NOBODY
  const read = parseTlogPolicy(await readFile(file, 'utf8'), sha256)
  if (!read.ok) throw new Error(`TLOG_POLICY ${file}:\n  ${read.problems.join('\n  ')}`)
  return read.policy
}

export interface WatchDeps {
  readonly store: WitnessStore
  readonly key: SigningKey
  /** Origin of this registry's own log. */
  readonly origin: string
  readonly log: Log
  readonly tiles: TileStore
  readonly policyFile: string | null
  readonly now: () => number
  readonly report: (error: unknown) => void
}

/** Watching and being watched; a policy that cannot be used stops the start. */
export const openWatch = async (deps: WatchDeps): Promise<Cosigner & { witness: Witness }> => {
  const policy = readPolicy(deps.policyFile)
  await policy()
  const witness = createWitness({
    logs: async () => (await policy()).logs.map(({ key }) => key),
    store: deps.store,
    signer: noteSigner(`${deps.origin}/witness`, deps.key.privateKey),
    now: deps.now,
  })
  return { ...createCosigner({ ...deps, policy }), witness }
}
