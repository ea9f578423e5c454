import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import { cpuOfProcesses } from './cpu.ts'
import type { Contender, Sample } from './sample.ts'

/** One kind of request, sent again and again. */
export interface Shot {
  readonly port: number
  readonly method?: 'GET' | 'HEAD' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
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
const line = (shot: Shot, more: () => boolean, took: (ms: number, good: boolean) => void) =>
  new Promise<void>((resolve, reject) => {
    const text = requestText(shot)
    let started = 0
    const next = (): void => {
      if (!more()) return void socket.end()
      started = performance.now()
      socket.write(text)
    }
    const read = answerReader(shot.method === 'HEAD', ({ status, bytes }) => {
      const good = status === shot.status && (shot.bytes === undefined || bytes === shot.bytes)
      took(performance.now() - started, good)
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

/** Fires `n` times over `conc` connections and measures the CPU of the processes that answer. */
const fire = async (shot: Shot, { n, conc }: Load, pids: readonly number[]): Promise<Sample> => {
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
  const started = performance.now()
  const { us } = await cpuOfProcesses(pids, () =>
    Promise.all(Array.from({ length: conc }, () => line(shot, more, took))),
  )
  const seconds = (performance.now() - started) / 1000
  const sorted = times.sort((a, b) => a - b)
  return {
    cpuUs: us / n,
    rps: n / seconds,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    bytesPerSecond: ((shot.bytes ?? 0) * n) / seconds,
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
