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

/** What came with the first page is asked again once the reader has moved on. */
function useAge() {
  const location = useLocation()
  const page = useContext(DataContext)
  useEffect(() => {
    if (location.by !== 'load') page.age()
  }, [location, page])
}

interface AppProps {
  /** Called when the page of the first visit listens to its reader. */
  readonly onReady?: () => void
}

function CurrentPage({ onReady }: AppProps) {
  const { pathname } = useLocation()
  useEffect(() => onReady?.(), [onReady])
  const found = findRoute(routes, pathname)
  if (!found) return <NotFound />
  const { Page } = found.route.page
  return (
    <ParamsProvider value={found.params}>
      <Page />
    </ParamsProvider>
  )
}

export function App({ onReady }: AppProps) {
  const { pathname } = useLocation()
  const { data } = useQuery(ShellDocument, {})
  useAge()
  const waiting = data?.registry.needsSetUp && pathname !== '/set-up'
  return (
    <Shell known={data}>
      <Recover key={pathname}>
        <Suspense fallback={<Loading />}>
          {waiting ? <Redirect to="/set-up" /> : <CurrentPage onReady={onReady} />}
        </Suspense>
      </Recover>
    </Shell>
  )
}
