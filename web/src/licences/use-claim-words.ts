import { useEffect, useState } from 'react'
import type { ClaimMessages } from '../../../policies/index.ts'
import { useLocale } from '../i18n/use-t.ts'

/** Words of other languages are fetched by those who read them. */
const catalogues: Readonly<Record<string, () => Promise<ClaimMessages>>> = {
  de: async () => (await import('./claim-words-de.ts')).german,
}

/** The words claims and changes are said in; a language tag while there are none of their own. */
export function useClaimWords(): ClaimMessages | string {
  const { code } = useLocale()
  const [words, setWords] = useState<ClaimMessages | null>(null)
  useEffect(() => {
    let current = true
    const show = (found: ClaimMessages) => current && setWords(found)
    // Without them the claims are said in English.
    catalogues[code]?.().then(show, () => undefined)
    return () => {
      current = false
    }
  }, [code])
  return words?.lang === code ? words : code
}
