import { type AppRoute, lazyPage } from '../ui/lazy-page.tsx'

export const routes: readonly AppRoute[] = [
  {
    path: '/communities/:slug/licences/new',
    page: lazyPage(() => import('./BuilderPage.tsx').then((m) => m.BuilderPage)),
  },
]
