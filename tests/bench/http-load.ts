import { execFile, spawnSync } from 'node:child_process'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cpuOfProcesses, forgetPeak, peakOf } from './cpu.ts'
import type { Contender, Sample } from './sample.ts'

/** One kind of request, sent again and again. */
export interface Shot {
  readonly port: number
  readonly method?: 'GET' | 'HEAD' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Headers that differ from request to request, by its number. */
  readonly vary?: (nth: number) => Readonly<Record<string, string>>
  /** What every answer must have, else it counts as bad. */
  readonly status: number
  /** Bytes of the body; left out: any number. */
  readonly bytes?: number
}

export interface Load {
  /** Requests a round. */
  readonly n: number
  /** Connections kept alive. */
  readonly conc: number
}

/** Everything of `n` requests: how long each took, and which were not as they should be. */
interface Fired {
  readonly seconds: number
  /** Milliseconds. */
  readonly times: readonly number[]
  readonly bad: number
}

const requestText = ({ method = 'GET', path, headers = {}, body = '', port }: Shot): string => {
  const all = {
    host: `127.0.0.1:${port}`,
    ...headers,
    ...(method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {}),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}

const END = '\r\n\r\n'
const ROOM = 256 * 1024

interface Answer {
  readonly status: number
  readonly bytes: number
}

/** Reads answers from chunks: the head as text, the body only counted. */
const answerReader = (bodiless: boolean, done: (answer: Answer) => void) => {
  let head = ''
  let left = -1
  let answer: Answer = { status: 0, bytes: 0 }
  const finish = (): void => {
    left = -1
    head = ''
    done(answer)
  }
  return (chunk: Buffer): void => {
    let size = chunk.length
    if (left < 0) {
      const before = head.length
      head += chunk.toString('latin1')
      const end = head.indexOf(END)
      if (end < 0) return
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head.slice(0, end))?.[1] ?? 0)
      answer = { status: Number(head.slice(9, 12)), bytes: bodiless ? 0 : length }
      left = answer.bytes
      size -= end + END.length - before
    }
    left -= size
    if (left <= 0) finish()
  }
}

/** Sends the shot over one connection as long as `more` allows, and tells how long each answer took. */
const line = (
  shot: Shot,
  text: () => string,
  more: () => boolean,
  took: (ms: number, good: boolean) => void,
) =>
  new Promise<void>((resolve, reject) => {
    let started = 0
    const next = (): void => {
      if (!more()) return void socket.end()
      started = performance.now()
      socket.write(text())
    }
    const read = answerReader(shot.method === 'HEAD', ({ status, bytes }) => {
      took(performance.now() - started, isGood(shot, status, bytes))
      next()
    })
    const callback = (size: number, buffer: Uint8Array): boolean => {
      read(Buffer.from(buffer.buffer, buffer.byteOffset, size))
      return true
    }
    const onread = { buffer: Buffer.allocUnsafe(ROOM), callback }
    const socket = connect({ port: shot.port, host: '127.0.0.1', noDelay: true, onread }, next)
    socket.on('error', reject)
    socket.on('close', () => resolve())
  })

const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN

/** The text of each request in turn. */
const textsOf = (shot: Shot): (() => string) => {
  const { vary, headers } = shot
  const same = requestText(shot)
  let nth = 0
  return () => {
    if (!vary) return same
    nth += 1
    return requestText({ ...shot, headers: { ...headers, ...vary(nth) } })
  }
}

const isGood = (shot: Shot, status: number, bytes: number): boolean =>
  status === shot.status && (shot.bytes === undefined || bytes === shot.bytes)

/** Fires `n` times over `conc` connections from this process. */
const fireHere = async (shot: Shot, { n, conc }: Load): Promise<Fired> => {
  let sent = 0
  let bad = 0
  const times: number[] = []
  const more = (): boolean => {
    sent += 1
    return sent <= n
  }
  const took = (ms: number, good: boolean): void => {
    times.push(ms)
    if (!good) bad += 1
  }
  const text = textsOf(shot)
  const started = performance.now()
  await Promise.all(Array.from({ length: conc }, () => line(shot, text, more, took)))
  return { seconds: (performance.now() - started) / 1000, times, bad }
}

// Below it the bytes are the least of it, and this process asks faster.
const WORTH_DISCARDING = 256 * 1024
const discarding = spawnSync('python3', ['--version']).status === 0

interface Discarded {
  readonly seconds: number
  readonly answers: readonly (readonly [number, number, number])[]
}

/** The same from a process that lets the kernel discard the bytes. */
const fireDiscarding = async (shot: Shot, load: Load): Promise<Fired> => {
  const spec = JSON.stringify({ port: shot.port, request: requestText(shot), ...load })
  const script = join(dirname(fileURLToPath(import.meta.url)), 'discard.py')
  const { stdout } = await promisify(execFile)('python3', [script, spec], {
    maxBuffer: 64 * 1024 * 1024,
  })
  const { seconds, answers } = JSON.parse(stdout) as Discarded
  const bad = answers.filter(([status, bytes]) => !isGood(shot, status, bytes)).length
  return { seconds, times: answers.map(([, , ms]) => ms), bad }
}

/** Fires `n` times over `conc` connections and measures the processes that answer. */
const fire = async (shot: Shot, load: Load, pids: readonly number[]): Promise<Sample> => {
  const { n } = load
  const large = discarding && (shot.bytes ?? 0) >= WORTH_DISCARDING && shot.method !== 'HEAD'
  pids.forEach(forgetPeak)
  const { us, result } = await cpuOfProcesses(pids, () =>
    large ? fireDiscarding(shot, load) : fireHere(shot, load),
  )
  const { seconds, times, bad } = result
  const sorted = [...times].sort((a, b) => a - b)
  return {
    cpuUs: us / n,
    rps: n / seconds,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    bytesPerSecond: ((shot.bytes ?? 0) * n) / seconds,
    peak: pids.reduce((sum, pid) => sum + peakOf(pid), 0),
    // A connection that the server closed early leaves requests unanswered.
    bad: bad + n - times.length,
  }
}

/** A contender that answers over HTTP from processes of its own. */
export const overHttp = (
  name: string,
  shot: Shot,
  load: Load,
  pids: readonly number[],
): Contender => ({ name, run: () => fire(shot, load, pids) })
