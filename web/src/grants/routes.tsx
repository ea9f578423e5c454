import { type AppRoute, lazyPage } from '../ui/lazy-page.tsx'

export const routes: readonly AppRoute[] = [
  {
    path: '/datasets/:id/request',
    page: lazyPage(() => import('./RequestPage.tsx').then((m) => m.RequestPage)),
  },
  {
    path: '/requests/:id/edit',
    page: lazyPage(() => import('./RequestEditPage.tsx').then((m) => m.RequestEditPage)),
  },
  {
    path: '/requests/:id',
    page: lazyPage(() => import('./RequestStatusPage.tsx').then((m) => m.RequestStatusPage)),
  },
  {
    path: '/communities/:slug/duties',
    page: lazyPage(() => import('./CommunityDutiesPage.tsx').then((m) => m.CommunityDutiesPage)),
  },
  {
    path: '/grants/:id/renew',
    page: lazyPage(() => import('./RenewPage.tsx').then((m) => m.RenewPage)),
  },
  {
    path: '/grants/:id/team',
    page: lazyPage(() => import('./TeamPlacePage.tsx').then((m) => m.TeamPlacePage)),
  },
  {
    path: '/grants',
    page: lazyPage(() => import('./GrantsPage.tsx').then((m) => m.GrantsPage)),
  },
]
