import { Suspense, useContext, useEffect } from 'react'
import { DataContext } from './graphql/data.ts'
import { ShellDocument } from './graphql/generated.ts'
import { useQuery } from './graphql/hooks.ts'
import { routes } from './routes.tsx'
import { Recover } from './shell/Recover.tsx'
import { Shell } from './shell/Shell.tsx'
import { Redirect } from './ui/Redirect.tsx'
import { ParamsProvider, useLocation } from './ui/router.tsx'
import { findRoute } from './ui/router-match.ts'
import { Loading, NotFound } from './ui/State.tsx'

/** After a link the new page starts at its top, and a screen reader at its heading. */
function useArrival() {
  const location = useLocation()
  const page = useContext(DataContext)
  useEffect(() => {
    if (location.by === 'load') return
    page.age()
    if (location.by === 'history') return
    const part = location.hash && document.getElementById(location.hash.slice(1))
    if (part) return part.scrollIntoView()
    window.scrollTo(0, 0)
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
  }, [location, page])
}

function CurrentPage() {
  const { pathname } = useLocation()
  const found = findRoute(routes, pathname)
  if (!found) return <NotFound />
  const { Page } = found.route.page
  return (
    <ParamsProvider value={found.params}>
      <Page />
    </ParamsProvider>
  )
}

export function App() {
  const { pathname } = useLocation()
  const { data } = useQuery(ShellDocument, {})
  useArrival()
  const waiting = data?.registry.needsSetUp && pathname !== '/set-up'
  return (
    <Shell known={data}>
      <Recover key={pathname}>
        <Suspense fallback={<Loading />}>
          {waiting ? <Redirect to="/set-up" /> : <CurrentPage />}
        </Suspense>
      </Recover>
    </Shell>
  )
}
