import { type AppRoute, lazyPage } from '../ui/lazy-page.tsx'

export const routes: readonly AppRoute[] = [
  {
    path: '/inbox',
    page: lazyPage(() => import('./InboxPage.tsx').then((m) => m.InboxPage)),
  },
  {
    path: '/decisions/:id/ballot',
    page: lazyPage(() => import('./BallotPage.tsx').then((m) => m.BallotPage)),
  },
  {
    path: '/decisions/:id/sign',
    page: lazyPage(() => import('./SignPage.tsx').then((m) => m.SignPage)),
  },
  {
    path: '/decisions/:id/minute',
    page: lazyPage(() => import('./DecisionMinutePage.tsx').then((m) => m.DecisionMinutePage)),
  },
  {
    path: '/communities/:slug/proxy',
    page: lazyPage(() => import('./ProxyPage.tsx').then((m) => m.ProxyPage)),
  },
  {
    path: '/communities/:slug/propose',
    page: lazyPage(() => import('./ProposePage.tsx').then((m) => m.ProposePage)),
  },
]
