import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import css from './Button.module.css'
import { classes } from './classes.ts'
import { Link } from './router.tsx'

export interface Looks {
  readonly look?: 'primary' | 'danger' | 'plain'
  readonly large?: boolean
}

const look = ({ look, large }: Looks) => classes(css.button, look && css[look], large && css.large)

interface ButtonProps extends Looks, ButtonHTMLAttributes<HTMLButtonElement> {
  /** Says that it is working and takes no second press. */
  readonly busy?: boolean
}

export function Button({ look: kind, large, busy = false, children, ...rest }: ButtonProps) {
  const t = useT(shared)
  return (
    <button
      type="button"
      {...rest}
      className={look({ look: kind, large })}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
    >
      {busy ? t('form.working') : children}
    </button>
  )
}

interface ButtonLinkProps extends Looks {
  readonly to: string
  readonly children: ReactNode
}

/** A link that looks like a button, for the next step of a page. */
export function ButtonLink({ to, children, ...looks }: ButtonLinkProps) {
  return (
    <Link to={to} className={look(looks)}>
      {children}
    </Link>
  )
}

/** Buttons side by side, wrapping on a narrow screen. */
export function ButtonRow({ children }: { readonly children: ReactNode }) {
  return <div className={css.row}>{children}</div>
}
