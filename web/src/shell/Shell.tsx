import { type ReactNode, useSyncExternalStore } from 'react'
import type { ShellQuery } from '../graphql/generated.ts'
import { shared } from '../i18n/areas/shared.ts'
import { shell } from '../i18n/areas/shell.ts'
import { useLocale, useT } from '../i18n/use-t.ts'
import { classes } from '../ui/classes.ts'
import { Link, NavLink, useLocation } from '../ui/router.tsx'
import { signInPath } from '../ui/State.tsx'
import { DemoBar } from './DemoBar.tsx'
import { LanguageChoice } from './LanguageChoice.tsx'
import { Mark } from './Mark.tsx'
import css from './Shell.module.css'

type Viewer = ShellQuery['viewer']

const places = [
  ['/', 'nav.catalogue'],
  ['/communities', 'nav.communities'],
  ['/licences', 'nav.licences'],
  ['/decisions', 'nav.decisions'],
  ['/log', 'nav.log'],
  ['/about', 'nav.about'],
] as const

function Navigation() {
  const t = useT(shell)
  return (
    <nav className={css.nav} aria-label={t('nav.label')}>
      <ul>
        {places.map(([to, key]) => (
          <li key={to}>
            <NavLink to={to} end={to === '/'}>
              {t(key)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function SignInState({ viewer }: { readonly viewer: Viewer }) {
  const t = useT(shell)
  const { pathname, search } = useLocation()
  if (!viewer) {
    return (
      <div className={css.viewer}>
        <Link to={signInPath(pathname + search)}>{t('viewer.signIn')}</Link>
      </div>
    )
  }
  const count = viewer.inbox.filter(({ myBallot }) => !myBallot).length
  return (
    <div className={css.viewer}>
      <Link to="/inbox">{count ? t('viewer.inbox', { count }) : t('viewer.inboxNone')}</Link>
      {viewer.unreadNotices > 0 && (
        <Link to="/notices">{t('viewer.notices', { count: viewer.unreadNotices })}</Link>
      )}
      <Link className={css.name} to="/account" dir="auto">
        <span>{viewer.name}</span>
      </Link>
    </div>
  )
}

function Offline() {
  const t = useT(shared)
  const online = useSyncExternalStore(
    (changed) => {
      window.addEventListener('online', changed)
      window.addEventListener('offline', changed)
      return () => {
        window.removeEventListener('online', changed)
        window.removeEventListener('offline', changed)
      }
    },
    () => navigator.onLine,
    () => true,
  )
  return <div role="status">{!online && <p className={css.offline}>{t('state.offline')}</p>}</div>
}

function Footer() {
  const t = useT(shell)
  return (
    <footer className={css.footer}>
      <div className={css.footBar}>
        <p>{t('footer.words')}</p>
        <LanguageChoice />
        <p>{t('footer.idea')}</p>
        <div className={css.links}>
          <Link to="/log">{t('footer.log')}</Link>
          <Link to="/about">{t('footer.about')}</Link>
        </div>
      </div>
    </footer>
  )
}

interface ShellProps {
  readonly known: ShellQuery | undefined
  readonly children: ReactNode
}

/** What stands around every page. */
export function Shell({ known, children }: ShellProps) {
  const t = useT(shell)
  const states = useT(shared)
  const { draft } = useLocale()
  return (
    <div className={css.frame}>
      <a className={css.skip} href="#main">
        {t('skip')}
      </a>
      {known?.registry.demo && <DemoBar now={known.registry.now} />}
      <header className={css.header}>
        <div className={classes(css.bar, !known?.viewer && css.single)}>
          <Link className={css.brand} to="/">
            <Mark />
            <span>
              {known?.registry.name ?? 'Commonhold'}
              <span className="visually-hidden">, {t('home')}</span>
            </span>
          </Link>
          <Navigation />
          <SignInState viewer={known?.viewer ?? null} />
        </div>
      </header>
      <Offline />
      {draft && (
        <aside className={css.offline} aria-label={t('language.label')}>
          {states('state.draftLanguage')}
        </aside>
      )}
      <main className={css.main} id="main" tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </div>
  )
}
