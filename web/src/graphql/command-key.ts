import { useRef } from 'react'

/** 128 random bits in hexadecimal; `randomUUID` is missing where a page came without TLS. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')

/**
 * One key for one intent: pressing the button again after a lost answer repeats the same command,
 * which the registry then carries out once; changed content is a new command.
 */
export function useCommandKey(): (content: unknown) => string {
  const last = useRef<{ readonly content: string; readonly key: string }>(undefined)
  return (content) => {
    const text = JSON.stringify(content)
    if (last.current?.content !== text) last.current = { content: text, key: newKey() }
    return last.current.key
  }
}
