import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DraftStore, forgetDrafts, readDraft, writeDraft } from '../../web/src/ui/draft.ts'

function memory(): DraftStore & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size
    },
  }
}

const empty = { title: '', tags: [] as readonly string[], step: 0 }

describe('a draft', () => {
  it('gives back what was typed', () => {
    const store = memory()
    fc.assert(
      fc.property(
        fc.record({
          title: fc.string({ unit: 'binary' }),
          tags: fc.array(fc.string()),
          step: fc.nat(),
        }),
        (typed) => {
          writeDraft(store, 'form', typed)
          expect(readDraft(store, 'form', empty)).toEqual(typed)
        },
      ),
    )
  })

  it('is nothing when nothing was typed', () => {
    expect(readDraft(memory(), 'form', empty)).toBeNull()
  })

  it('leaves out fields that have become another kind of value', () => {
    const store = memory()
    writeDraft(store, 'form', { title: 'Stories', tags: 'old form', step: '2' })
    expect(readDraft(store, 'form', empty)).toMatchObject({ title: 'Stories', tags: [], step: 0 })
  })

  it('survives what is no draft at all', () => {
    const store = memory()
    store.kept.set('commonhold.draft.form', '{broken')
    expect(readDraft(store, 'form', empty)).toBeNull()
    store.kept.set('commonhold.draft.form', '"text"')
    expect(readDraft(store, 'form', empty)).toBeNull()
  })

  it('goes on without a store that takes anything', () => {
    const full = {
      ...memory(),
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
    }
    expect(() => writeDraft(full, 'form', empty)).not.toThrow()
  })

  it('is removed with all others, and nothing else is', () => {
    const store = memory()
    store.kept.set('tus::1', 'kept')
    writeDraft(store, 'one', empty)
    writeDraft(store, 'two', empty)
    forgetDrafts(store)
    expect([...store.kept.keys()]).toEqual(['tus::1'])
  })
})
