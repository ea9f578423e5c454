import type { ReactNode } from 'react'
import { forms } from '../i18n/areas/forms.ts'
import { useT } from '../i18n/use-t.ts'
import { Notice } from './Notice.tsx'

interface FormProps {
  readonly onSubmit: () => unknown
  readonly children: ReactNode
}

/** A form that says itself what is missing, in the reader's language, instead of the browser. */
export function Form({ onSubmit, children }: FormProps) {
  const t = useT(forms)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <noscript>
        <Notice tone="note">
          <p>{t('noscript')}</p>
        </Notice>
      </noscript>
      {children}
    </form>
  )
}
