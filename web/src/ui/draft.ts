import { useCallback, useEffect, useRef, useState } from 'react'

const prefix = 'commonhold.draft.'

export type DraftStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** Keeps what was typed. A browser without storage forgets it, which is no reason to stop. */
export function writeDraft(store: DraftStore, name: string, value: object): void {
  try {
    store.setItem(prefix + name, JSON.stringify(value))
  } catch {
    // Storage is full or forbidden: the page itself still holds the text.
  }
}

/**
 * What was typed before, or `null`. Fields that the form no longer has, or that have become another
 * kind of value, are left out, so that an old draft never breaks a new form.
 */
export function readDraft<T extends object>(store: DraftStore, name: string, initial: T): T | null {
  try {
    const stored: unknown = JSON.parse(store.getItem(prefix + name) ?? 'null')
    return typeof stored === 'object' && stored !== null ? merged(initial, stored) : null
  } catch {
    return null
  }
}

function merged<T extends object>(initial: T, stored: object): T {
  const kept = Object.entries(stored).filter(([key, value]) => {
    const own: unknown = Object.entries(initial).find(([name]) => name === key)?.[1]
    return typeof own === typeof value && Array.isArray(own) === Array.isArray(value)
  })
  return { ...initial, ...Object.fromEntries(kept) }
}

export function forgetDraft(store: DraftStore, name: string): void {
  try {
    store.removeItem(prefix + name)
  } catch {
    // Nothing was kept, nothing has to be forgotten.
  }
}

/** Removes every draft from this device, for people who share it. */
export function forgetDrafts(store: DraftStore): void {
  const names = Array.from({ length: store.length }, (_, index) => store.key(index))
  for (const name of names) {
    if (name?.startsWith(prefix)) forgetDraft(store, name.slice(prefix.length))
  }
}

export type Draft<T> = {
  readonly value: T
  /** True when this visit began with words from an earlier one. */
  readonly restored: boolean
  readonly change: (patch: Partial<T>) => void
  readonly clear: () => void
}

/** State of a form that outlives a reload, a lost connection and a closed window. */
export function useDraft<T extends object>(name: string, initial: T): Draft<T> {
  const [value, setValue] = useState(initial)
  const [restored, setRestored] = useState(false)
  const current = useRef(initial)
  const start = useRef(initial)
  useEffect(() => {
    // Only after the first render: the page from the server knows no draft.
    const kept = readDraft(localStorage, name, start.current)
    current.current = kept ?? start.current
    setValue(current.current)
    setRestored(kept !== null)
  }, [name])
  const change = useCallback(
    (patch: Partial<T>) => {
      current.current = { ...current.current, ...patch }
      writeDraft(localStorage, name, current.current)
      setValue(current.current)
    },
    [name],
  )
  const clear = useCallback(() => {
    forgetDraft(localStorage, name)
    current.current = start.current
    setValue(start.current)
    setRestored(false)
  }, [name])
  return { value, restored, change, clear }
}
