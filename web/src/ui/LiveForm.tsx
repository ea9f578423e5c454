import type { ReactNode } from 'react'
import css from './LiveForm.module.css'

interface WithChildren {
  readonly children: ReactNode
}

/** A form and, beside it or on a phone below it, what it makes as it stands at this moment. */
export function LiveForm({ live, children }: WithChildren & { readonly live: ReactNode }) {
  return (
    <div className={css.bench}>
      <div>{children}</div>
      {live}
    </div>
  )
}

/** What the form makes as it stands. */
export function Live({ title, children }: WithChildren & { readonly title: string }) {
  return (
    <section className={css.live} id="live" aria-labelledby="live-title" tabIndex={-1}>
      <h2 id="live-title">{title}</h2>
      {children}
    </section>
  )
}

/** One line that always says how it stands, and on a phone leads to the rest. */
export function LiveState({ toLive, children }: WithChildren & { readonly toLive: string }) {
  return (
    <p className={css.state}>
      <span role="status">{children}</span>
      <a className={css.toLive} href="#live">
        {toLive}
      </a>
    </p>
  )
}
