import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import type { Contender, Sample } from './sample.ts'

const listed = (path: string): readonly string[] => {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

const text = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const childrenOf = (task: string): readonly number[] =>
  text(`${task}/children`).split(' ').filter(Boolean).map(Number)

/**
 * CPU nanoseconds that a process and its children have used, over all threads (Linux: first field
 * of schedstat). A thread that has ended meanwhile is not counted.
 */
const usedNs = (pid: number): number => {
  const tasks = listed(`/proc/${pid}/task`).map((id) => `/proc/${pid}/task/${id}`)
  const own = tasks.reduce((sum, task) => sum + Number(text(`${task}/schedstat`).split(' ')[0]), 0)
  return tasks.flatMap(childrenOf).reduce((sum, child) => sum + usedNs(child), own)
}

/** CPU microseconds of other processes while `work` runs. */
export const cpuOfProcesses = async <T>(
  pids: readonly number[],
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly us: number }> => {
  const used = () => pids.reduce((sum, pid) => sum + usedNs(pid), 0)
  const before = used()
  const result = await work()
  return { result, us: (used() - before) / 1000 }
}

/** Resident memory of a process and its children at its highest since `forgetPeak`, in bytes. */
export const peakOf = (pid: number): number => {
  const own = Number(/^VmHWM:\s+(\d+) kB$/m.exec(text(`/proc/${pid}/status`))?.[1] ?? 0) * 1024
  const children = listed(`/proc/${pid}/task`).flatMap((id) =>
    childrenOf(`/proc/${pid}/task/${id}`),
  )
  return children.reduce((sum, child) => sum + peakOf(child), own)
}

/** Linux begins anew to look for the highest (proc(5), clear_refs). */
export const forgetPeak = (pid: number): void => {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
  } catch {
    // Then the peak is that of its whole life.
  }
}

/** CPU microseconds of this process, all threads, while `work` runs. */
const cpuOfThis = async (work: () => Promise<void>): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

/** `n` operations in this process, one after another, without a promise each. */
export const inProcess = (name: string, n: number, operation: (at: number) => void): Contender => ({
  name,
  run: async (): Promise<Sample> => {
    const us = await cpuOfThis(async () => {
      for (let at = 0; at < n; at += 1) operation(at)
    })
    return { cpuUs: us / n }
  },
})

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

/** `n` operations in this process, one after another, each with its own wall time. */
export const timed = (
  name: string,
  n: number,
  operation: (at: number) => Promise<unknown>,
): Contender => ({
  name,
  run: async (): Promise<Sample> => {
    const took: number[] = []
    const us = await cpuOfThis(async () => {
      for (let nth = 0; nth < n; nth += 1) {
        const started = performance.now()
        await operation(nth)
        took.push(performance.now() - started)
      }
    })
    const sorted = took.toSorted((a, b) => a - b)
    return { cpuUs: us / n, p50: at(sorted, 0.5), p95: at(sorted, 0.95) }
  },
})

/** `n` operations in this process, of which one run does `batch`; its wall time is watched. */
export const awaited = (
  name: string,
  n: number,
  operation: (at: number) => Promise<unknown>,
  batch = 1,
): Contender => ({
  name,
  run: async (): Promise<Sample> => {
    const started = performance.now()
    const us = await cpuOfThis(async () => {
      for (let at = 0; at < n; at += batch) await operation(at)
    })
    return { cpuUs: us / n, rps: (n * 1000) / (performance.now() - started) }
  },
})
