import { useEffect, useRef } from 'react'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Notice } from './Notice.tsx'

interface ErrorSummaryProps {
  /** One entry a faulty field: the id of its control and what to do. */
  readonly errors: readonly { readonly id: string; readonly text: string }[]
}

/** Stands above a form that was sent with mistakes, takes the focus and links to each of them. */
export function ErrorSummary({ errors }: ErrorSummaryProps) {
  const t = useT(shared)
  const box = useRef<HTMLDivElement>(null)
  const count = errors.length
  useEffect(() => {
    if (count > 0) box.current?.focus()
  }, [count])
  if (count === 0) return null
  return (
    <Notice tone="bad" title={t('form.errorsTitle', { count })} live ref={box}>
      <ul>
        {errors.map(({ id, text }) => (
          <li key={id}>
            <a href={`#${id}`}>{text}</a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
