import { type AppRoute, lazyPage } from '../ui/lazy-page.tsx'

export const routes: readonly AppRoute[] = [
  {
    path: '/sign-in',
    page: lazyPage(() => import('./SignInPage.tsx').then((m) => m.SignInPage)),
  },
  {
    path: '/register',
    page: lazyPage(() => import('./RegisterPage.tsx').then((m) => m.RegisterPage)),
  },
  {
    path: '/sign-out',
    page: lazyPage(() => import('./SignOutPage.tsx').then((m) => m.SignOutPage)),
  },
  {
    path: '/invitations/:code',
    page: lazyPage(() => import('./InvitationPage.tsx').then((m) => m.InvitationPage)),
  },
  {
    path: '/account',
    page: lazyPage(() => import('./AccountPage.tsx').then((m) => m.AccountPage)),
  },
  {
    path: '/set-up',
    page: lazyPage(() => import('./SetUpPage.tsx').then((m) => m.SetUpPage)),
  },
]
