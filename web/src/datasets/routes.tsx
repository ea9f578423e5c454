import { type AppRoute, lazyPage } from '../ui/lazy-page.tsx'

export const routes: readonly AppRoute[] = [
  {
    path: '/contribute',
    page: lazyPage(() => import('./ContributePage.tsx').then((m) => m.ContributePage)),
  },
  {
    path: '/datasets/:id/assemble',
    page: lazyPage(() => import('./AssemblePage.tsx').then((m) => m.AssemblePage)),
  },
]
