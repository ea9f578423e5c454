import {
  cosignaturesOf,
  isWitnessed,
  parseCheckpoint,
  type TlogParty,
  type TlogPolicy,
} from '../../../policies/index.ts'
import { verifyEd25519 } from './ed25519.ts'
import type { Log } from './log.ts'
import type { TileStore } from './store.ts'

/** Under this name the newest checkpoint lies that as many have cosigned as the policy asks for. */
export const COSIGNED = 'cosigned'

export interface CosignerDeps {
  readonly policy: () => Promise<TlogPolicy>
  readonly log: Pick<Log, 'checkpoint' | 'consistency'>
  readonly tiles: TileStore
  /** Hears which witness did not cosign, and why; it is asked again next time. */
  readonly report: (error: unknown) => void
}

/** Asks others to cosign this log. */
export interface Cosigner {
  /** One round over all witnesses that have an address; nothing when the log has not grown. */
  round(): Promise<void>
}

const PATIENCE_MS = 10_000
const MOST_BYTES = 16_384

interface Reply {
  readonly status: number
  readonly isSize: boolean
  readonly text: string
}

const post = async (url: string, body: string): Promise<Reply> => {
  const response = await fetch(`${url.replace(/\/+$/, '')}/add-checkpoint`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const isSize = response.headers.get('content-type')?.startsWith('text/x.tlog.size') ?? false
  return { status: response.status, isSize, text: (await response.text()).slice(0, MOST_BYTES) }
}

/**
 * Collects cosignatures (C2SP tlog-witness). What a witness has seen last is remembered only to
 * spare a question: it says so itself when we are wrong.
 */
export const createCosigner = ({ policy, log, tiles, report }: CosignerDeps): Cosigner => {
  const seenBy = new Map<string, number>()
  let done = ''

  const submit = async (url: string, note: string, old: number): Promise<Reply> => {
    const size = parseCheckpoint(note)?.size ?? 0
    const grown = old > 0 && old < size ? (await log.consistency(old, size)).hashes : []
    return post(url, `old ${old}\n${grown.map((hash) => `${hash}\n`).join('')}\n${note}`)
  }

  /** The lines of one witness. */
  const ask = async (url: string, note: string): Promise<string> => {
    const first = await submit(url, note, seenBy.get(url) ?? 0)
    const told = first.status === 409 && first.isSize ? Number(first.text) : null
    const reply = told === null ? first : await submit(url, note, told)
    if (reply.status !== 200)
      throw new Error(`the witness at ${url} answers ${reply.status}: ${reply.text.trim()}`)
    seenBy.set(url, parseCheckpoint(note)?.size ?? 0)
    return reply.text
  }

  const askAll = (witnesses: readonly TlogParty[], note: string): Promise<readonly string[]> =>
    Promise.all(
      witnesses.map(async ({ url }) => {
        if (url === null) return ''
        return ask(url, note).catch((error: unknown) => {
          report(error)
          return ''
        })
      }),
    )

  return {
    round: async () => {
      const { witnesses, quorum } = await policy()
      const note = await log.checkpoint()
      if (witnesses.every(({ url }) => url === null) || note === done) return
      const keys = witnesses.map(({ key }) => key)
      const lines = await askAll(witnesses, note)
      const given = await Promise.all(
        lines.map((line) => cosignaturesOf(note + line, keys, verifyEd25519)),
      )
      const names = new Set(given.flat().map(({ name }) => name))
      if (
        !isWitnessed(
          quorum,
          keys.filter(({ name }) => names.has(name)),
        )
      )
        return
      const good = lines.filter((_, at) => (given[at]?.length ?? 0) > 0)
      await tiles.put(COSIGNED, Buffer.from(note + good.join('')))
      done = note
    },
  }
}
