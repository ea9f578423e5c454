/** Where the command says what it does. */
export interface Show {
  readonly json: boolean
  /** A line for people, or its facts as one line of JSON; null: for people alone. */
  line(text: string, facts: object | null): void
  /** A bar that moves in place; only on a terminal. */
  progress(name: string): (bytes: number, of: number | null) => void
}

export interface Terminal {
  readonly isTTY?: boolean
  write(text: string): unknown
}

const WIDTH = 24
const EVERY_MS = 100

const bar = (bytes: number, of: number): string => {
  const full = Math.round((bytes / Math.max(1, of)) * WIDTH)
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${Math.floor((bytes / Math.max(1, of)) * 100)} %`
}

/** Answers go to `out`, what moves to `err`. */
export const createShow = (
  json: boolean,
  { out, err }: { readonly out: Terminal; readonly err: Terminal },
): Show => ({
  json,
  line: (text, facts) => {
    if (!json) out.write(`${text}\n`)
    else if (facts) out.write(`${JSON.stringify(facts)}\n`)
  },
  progress: (name) => {
    let last = 0
    return (bytes, of) => {
      const now = performance.now()
      const ended = of !== null && bytes >= of
      if (!err.isTTY || (!ended && now - last < EVERY_MS)) return
      last = now
      err.write(`\r${name} ${of === null ? `${bytes} bytes` : bar(bytes, of)}${ended ? '\n' : ''}`)
    }
  },
})
