import { type AppRoute, lazyPage } from '../ui/lazy-page.tsx'

export const routes: readonly AppRoute[] = [
  {
    path: '/communities/:slug/charter/edit',
    page: lazyPage(() => import('./CharterEditorPage.tsx').then((m) => m.CharterEditorPage)),
  },
]
