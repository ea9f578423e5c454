import { type AppRoute, lazyPage } from './ui/lazy-page.tsx'

const publicRoutes: readonly AppRoute[] = [
  {
    path: '/',
    page: lazyPage(() => import('./datasets/CataloguePage.tsx').then((m) => m.CataloguePage)),
  },
  {
    path: '/datasets/:id',
    page: lazyPage(() => import('./datasets/DatasetPage.tsx').then((m) => m.DatasetPage)),
  },
]

// Each domain of the signed-in pages keeps its own table: `export const routes: readonly AppRoute[]`.
const tables = import.meta.glob<readonly AppRoute[]>('./{people,grants}/routes.tsx', {
  eager: true,
  import: 'routes',
})

export const routes: readonly AppRoute[] = [...publicRoutes, ...Object.values(tables).flat()]
