import type { ReactNode } from 'react'

interface FormProps {
  readonly onSubmit: () => unknown
  readonly children: ReactNode
}

/** A form that says itself what is missing, in the reader's language, instead of the browser. */
export function Form({ onSubmit, children }: FormProps) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
