import { type AppRoute, lazyPage } from '../ui/lazy-page.tsx'

export const routes: readonly AppRoute[] = [
  {
    path: '/notices',
    page: lazyPage(() => import('./NoticesPage.tsx').then((m) => m.NoticesPage)),
  },
]
