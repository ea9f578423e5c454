import { useEffect } from 'react'
import { type Location, useLocation } from './router.tsx'

const met = new WeakSet<Location>()

/**
 * After a link the new page starts at its top, or at the part the address names, and a screen
 * reader continues at its heading. Pages arrive in their own time, so the heading sees to it.
 */
export function useArrival(heading: { readonly current: HTMLElement | null }): void {
  const location = useLocation()
  useEffect(() => {
    if (location.by !== 'link' || met.has(location)) return
    met.add(location)
    const part = document.getElementById(location.hash.slice(1))
    if (part) {
      // Newer browsers answer with a promise, which React would take for what ends the effect.
      part.scrollIntoView()
      return
    }
    window.scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [heading, location])
}
