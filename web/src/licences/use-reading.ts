import { useMemo, useRef } from 'react'
import {
  type Licence,
  type LicenceJson,
  type Problem,
  parseLicence,
  type Sentence,
  summarise,
} from '../../../policies/index.ts'
import { useLocale } from '../i18n/use-t.ts'

export interface Reading {
  /** Null while the document has problems. */
  readonly licence: Licence | null
  readonly problems: readonly Problem[]
  /** Of the last document without problems, so that clauses keep their words while one types. */
  readonly sentences: readonly Sentence[]
}

/** A document as the kernel reads it. */
export function useReading(document: LicenceJson): Reading {
  const { code } = useLocale()
  const last = useRef<Licence>(undefined)
  return useMemo(() => {
    const parsed = parseLicence(document)
    if (parsed.ok) last.current = parsed.licence
    return {
      licence: parsed.ok ? parsed.licence : null,
      problems: parsed.ok ? [] : parsed.problems,
      sentences: last.current ? summarise(last.current, code) : [],
    }
  }, [document, code])
}
