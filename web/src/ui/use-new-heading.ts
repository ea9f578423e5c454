import { useEffect } from 'react'

/** When a page turns into another without a new address: reading begins again at its heading. */
export function useNewHeading(): void {
  useEffect(() => {
    window.scrollTo(0, 0)
    document.querySelector<HTMLElement>('main h1')?.focus()
  }, [])
}
