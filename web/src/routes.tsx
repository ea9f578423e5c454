import { routes as charterRoutes } from './charters/routes.tsx'
import { routes as datasetRoutes } from './datasets/routes.tsx'
import { prepareKernel } from './datasets/use-question.ts'
import { routes as governanceRoutes } from './governance/routes.tsx'
import { routes as grantRoutes } from './grants/routes.tsx'
import { routes as licenceRoutes } from './licences/routes.tsx'
import { routes as noticeRoutes } from './notices/routes.tsx'
import { routes as peopleRoutes } from './people/routes.tsx'
import { type AppRoute, lazyPage } from './ui/lazy-page.tsx'

const publicRoutes: readonly AppRoute[] = [
  {
    path: '/',
    page: lazyPage(() => import('./datasets/CataloguePage.tsx').then((m) => m.CataloguePage)),
  },
  {
    path: '/datasets/:id',
    page: lazyPage(async () => {
      const [{ DatasetPage }] = await Promise.all([
        import('./datasets/DatasetPage.tsx'),
        prepareKernel(),
      ])
      return DatasetPage
    }),
  },
  {
    path: '/communities',
    page: lazyPage(() =>
      import('./communities/CommunitiesPage.tsx').then((m) => m.CommunitiesPage),
    ),
  },
  {
    path: '/communities/:slug',
    page: lazyPage(() => import('./communities/CommunityPage.tsx').then((m) => m.CommunityPage)),
  },
  {
    path: '/decisions',
    page: lazyPage(() => import('./governance/DecisionsPage.tsx').then((m) => m.DecisionsPage)),
  },
  {
    path: '/decisions/:id',
    page: lazyPage(() => import('./governance/DecisionPage.tsx').then((m) => m.DecisionPage)),
  },
  {
    path: '/log',
    page: lazyPage(() => import('./log/LogPage.tsx').then((m) => m.LogPage)),
  },
  {
    path: '/log/entries/:index',
    page: lazyPage(() => import('./log/LogEntryPage.tsx').then((m) => m.LogEntryPage)),
  },
  {
    path: '/about',
    page: lazyPage(() => import('./help/AboutPage.tsx').then((m) => m.AboutPage)),
  },
]

export const routes: readonly AppRoute[] = [
  ...publicRoutes,
  ...peopleRoutes,
  ...datasetRoutes,
  ...governanceRoutes,
  ...licenceRoutes,
  ...charterRoutes,
  ...grantRoutes,
  ...noticeRoutes,
]
