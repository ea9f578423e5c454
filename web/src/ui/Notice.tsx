import type { ReactNode, Ref } from 'react'
import { classes } from './classes.ts'
import css from './Notice.module.css'

/** good: done or allowed; wait: people have to act; bad: stopped; note: worth knowing. */
export type Tone = 'good' | 'wait' | 'bad' | 'note'

interface NoticeProps {
  readonly tone: Tone
  readonly title?: ReactNode
  readonly children?: ReactNode
  /** Read out at once when it appears: for what a person has just caused. */
  readonly live?: boolean
  readonly ref?: Ref<HTMLDivElement>
}

export function Notice({ tone, title, live, children, ref }: NoticeProps) {
  const role = live ? (tone === 'bad' ? 'alert' : 'status') : undefined
  return (
    <div className={classes(css.notice, css[tone])} role={role} ref={ref} tabIndex={-1}>
      {title && <p className={css.title}>{title}</p>}
      {children}
    </div>
  )
}

/** A word or two that tell the state of something; never colour alone. */
export function Tag({ tone, children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={classes(css.tag, tone && css[tone])}>{children}</span>
}
