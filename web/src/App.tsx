import { Suspense, useContext, useEffect, useRef } from 'react'
import { Route, Routes, useLocation } from 'react-router'
import { DataContext } from './graphql/data.ts'
import { ShellDocument } from './graphql/generated.ts'
import { useQuery } from './graphql/hooks.ts'
import { routes } from './routes.tsx'
import { Recover } from './shell/Recover.tsx'
import { Shell } from './shell/Shell.tsx'
import { Redirect } from './ui/Redirect.tsx'
import { Loading, NotFound } from './ui/State.tsx'

/** After a link the new page starts at its top, and a screen reader at its heading. */
function useArrival() {
  const { pathname, search } = useLocation()
  const page = useContext(DataContext)
  const here = useRef(pathname + search)
  useEffect(() => {
    if (here.current === pathname + search) return
    here.current = pathname + search
    page.age()
    window.scrollTo(0, 0)
    document.querySelector<HTMLElement>('main h1')?.focus()
  }, [pathname, search, page])
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
          {waiting ? (
            <Redirect to="/set-up" />
          ) : (
            <Routes>
              {routes.map(({ path, page: { Page } }) => (
                <Route key={path} path={path} element={<Page />} />
              ))}
              <Route path="*" element={<NotFound />} />
            </Routes>
          )}
        </Suspense>
      </Recover>
    </Shell>
  )
}
