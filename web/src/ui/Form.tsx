import type { ReactNode } from 'react'
import { forms } from '../i18n/areas/forms.ts'
import { useT } from '../i18n/use-t.ts'
import { Notice } from './Notice.tsx'

interface FormProps {
  readonly onSubmit: () => unknown
  /** Where the form goes by itself when no script runs; left out: it cannot be sent then. */
  readonly action?: string
  readonly children: ReactNode
}

/** A form that says itself what is missing, in the reader's language, instead of the browser. */
export function Form({ onSubmit, action, children }: FormProps) {
  const t = useT(forms)
  return (
    <form
      method={action && 'post'}
      action={action}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {!action && (
        <noscript>
          <Notice tone="note">
            <p>{t('noscript')}</p>
          </Notice>
        </noscript>
      )}
      {children}
    </form>
  )
}
