// react-router weighs 13.5 kB gzip, an eighth of what a browse page may weigh; flat patterns,
// links and an address that can be changed are all these pages need of it.
import {
  type AnchorHTMLAttributes,
  createContext,
  type MouseEvent,
  type ReactNode,
  startTransition,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react'
import type { Params } from './router-match.ts'

export interface Location {
  readonly pathname: string
  /** With its `?`, or empty. */
  readonly search: string
  /** With its `#`, or empty. */
  readonly hash: string
  /** How the reader came here; going back keeps the place on the page. */
  readonly by: 'load' | 'link' | 'history'
}

export interface NavigateOptions {
  /** Takes the place of this page in the history. */
  readonly replace?: boolean
}

export type Navigate = (to: string, options?: NavigateOptions) => Promise<void>

interface Routing {
  readonly location: Location
  readonly navigate: Navigate
}

function locationOf(address: string, by: Location['by']): Location {
  const { pathname, search, hash } = new URL(address, 'http://page')
  return { pathname, search, hash, by }
}

const stay: Navigate = async () => undefined
const RoutingContext = createContext<Routing>({ location: locationOf('/', 'load'), navigate: stay })
const ParamsContext = createContext<Params>({})

/** Gives the pages below it the values of the pattern they were found by. */
export const ParamsProvider = ParamsContext

export const useLocation = (): Location => useContext(RoutingContext).location
export const useNavigate = (): Navigate => useContext(RoutingContext).navigate
export const useParams = (): Params => useContext(ParamsContext)

/** The query of the address, and a way to change it. */
export function useSearchParams(): readonly [
  URLSearchParams,
  (next: URLSearchParams) => Promise<void>,
] {
  const { location, navigate } = useContext(RoutingContext)
  const params = useMemo(() => new URLSearchParams(location.search), [location.search])
  return [params, (next) => navigate(`${location.pathname}?${next}`)]
}

/** On the server: one address, nowhere to go. */
export function StaticRouter({
  location,
  children,
}: {
  readonly location: string
  readonly children: ReactNode
}) {
  const routing = useMemo(
    () => ({ location: locationOf(location, 'load'), navigate: stay }),
    [location],
  )
  return <RoutingContext value={routing}>{children}</RoutingContext>
}

/** In the browser: follows the address, and changes it without loading a document. */
export function BrowserRouter({ children }: { readonly children: ReactNode }) {
  const [location, setLocation] = useState(() => locationOf(window.location.href, 'load'))
  useEffect(() => {
    const follow = () =>
      startTransition(() => setLocation(locationOf(window.location.href, 'history')))
    window.addEventListener('popstate', follow)
    return () => window.removeEventListener('popstate', follow)
  }, [])
  const navigate: Navigate = useCallback(async (to, { replace = false } = {}) => {
    const target = new URL(to, window.location.href)
    if (target.origin !== window.location.origin) return window.location.assign(target)
    if (replace) window.history.replaceState(null, '', target)
    else window.history.pushState(null, '', target)
    startTransition(() => setLocation(locationOf(target.href, 'link')))
  }, [])
  const routing = useMemo(() => ({ location, navigate }), [location, navigate])
  return <RoutingContext value={routing}>{children}</RoutingContext>
}

const meantForBrowser = (event: MouseEvent<HTMLAnchorElement>, target?: string): boolean =>
  event.defaultPrevented ||
  event.button !== 0 ||
  event.metaKey ||
  event.ctrlKey ||
  event.shiftKey ||
  event.altKey ||
  (target !== undefined && target !== '_self')

export interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly to: string
}

/** A link inside the site; without a script, or with a key held down, it is a plain link. */
export function Link({ to, onClick, ...rest }: LinkProps) {
  const navigate = useNavigate()
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (meantForBrowser(event, rest.target)) return
    event.preventDefault()
    void navigate(to)
  }
  return <a {...rest} href={to} onClick={follow} />
}

/** A link that knows whether it leads to where the reader is. */
export function NavLink({ end = false, ...link }: LinkProps & { readonly end?: boolean }) {
  const { pathname } = useLocation()
  const here = pathname === link.to || (!end && pathname.startsWith(`${link.to}/`))
  return <Link {...link} aria-current={here ? 'page' : undefined} />
}

/** Leaves for another page as soon as it is shown. */
export function Navigate({ to, replace }: { readonly to: string; readonly replace?: boolean }) {
  const navigate = useNavigate()
  useEffect(() => {
    void navigate(to, { replace })
  }, [navigate, to, replace])
  return null
}
