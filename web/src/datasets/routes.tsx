import { type AppRoute, lazyPage } from '../ui/lazy-page.tsx'

export const routes: readonly AppRoute[] = [
  {
    path: '/contribute',
    page: lazyPage(() => import('./ContributePage.tsx').then((m) => m.ContributePage)),
  },
  {
    path: '/contributions/:id',
    page: lazyPage(() => import('./ContributionPage.tsx').then((m) => m.ContributionPage)),
  },
  {
    path: '/datasets/:id/assemble',
    page: lazyPage(() => import('./AssemblePage.tsx').then((m) => m.AssemblePage)),
  },
  {
    path: '/datasets/:id/preview',
    page: lazyPage(() => import('./PreviewPage.tsx').then((m) => m.PreviewPage)),
  },
  {
    path: '/datasets/:id/versions/:range',
    page: lazyPage(() => import('./ChangesPage.tsx').then((m) => m.VersionPage)),
  },
]
