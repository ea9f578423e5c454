import type { ReactNode } from 'react'
import { saidByRegistry } from '../graphql/hooks.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonLink, ButtonRow } from './Button.tsx'
import { Page } from './Page.tsx'
import { useLocation } from './router.tsx'
import css from './State.module.css'

export function Loading() {
  const t = useT(shared)
  return (
    <div className={css.loading} role="status">
      <span className={css.dot} />
      {t('state.loading')}
    </div>
  )
}

interface FailedProps {
  /** What the registry said, when it said something for people. */
  readonly message?: string
  readonly onRetry?: () => void
}

/** The answer did not come: says so, loses nothing, offers the way out. */
export function Failed({ message, onRetry }: FailedProps) {
  const t = useT(shared)
  const said = saidByRegistry(message)
  const retry = onRetry ?? (() => window.location.reload())
  return (
    <Page title={t('state.errorTitle')} lead={t('state.errorText')} narrow status={503}>
      {said && <p dir="auto">{said}</p>}
      <ButtonRow>
        <Button look="primary" onClick={retry}>
          {t('state.retry')}
        </Button>
        <ButtonLink to="/">{t('state.toCatalogue')}</ButtonLink>
      </ButtonRow>
    </Page>
  )
}

/** Nothing here, or nothing for this reader: the two look the same on purpose. */
export function NotFound() {
  const t = useT(shared)
  return (
    <Page title={t('state.notFoundTitle')} lead={t('state.notFoundText')} narrow status={404}>
      <ButtonRow>
        <ButtonLink to="/" look="primary">
          {t('state.toCatalogue')}
        </ButtonLink>
      </ButtonRow>
    </Page>
  )
}

export const signInPath = (next: string): string => `/sign-in?next=${encodeURIComponent(next)}`

interface NotAllowedProps {
  /** What is missing and who can give it. */
  readonly message?: ReactNode
  readonly signedIn?: boolean
}

export function NotAllowed({ message, signedIn = false }: NotAllowedProps) {
  const t = useT(shared)
  const { pathname, search } = useLocation()
  return (
    <Page title={t('state.notAllowedTitle')} narrow status={403}>
      <p>{message ?? t('state.notAllowedText')}</p>
      <ButtonRow>
        {!signedIn && (
          <ButtonLink to={signInPath(pathname + search)} look="primary">
            {t('state.signIn')}
          </ButtonLink>
        )}
        <ButtonLink to="/">{t('state.toCatalogue')}</ButtonLink>
      </ButtonRow>
    </Page>
  )
}

/** An empty list says what would be in it and what to do next. */
export function Empty({ children }: { readonly children: ReactNode }) {
  return <div className={css.inline}>{children}</div>
}
