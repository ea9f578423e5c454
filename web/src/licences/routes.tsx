import { type AppRoute, lazyPage } from '../ui/lazy-page.tsx'

export const routes: readonly AppRoute[] = [
  {
    path: '/licences',
    page: lazyPage(() => import('./LicencesPage.tsx').then((m) => m.LicencesPage)),
  },
  // Before the reader, whose address would take any word.
  {
    path: '/licences/together',
    page: lazyPage(() => import('./TogetherPage.tsx').then((m) => m.TogetherPage)),
  },
  {
    path: '/licences/:digest',
    page: lazyPage(() => import('./LicencePage.tsx').then((m) => m.LicencePage)),
  },
  {
    path: '/communities/:slug/licences/new',
    page: lazyPage(() => import('./BuilderPage.tsx').then((m) => m.BuilderPage)),
  },
]
