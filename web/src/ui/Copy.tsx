import { useId, useRef, useState } from 'react'
import { forms } from '../i18n/areas/forms.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from './Button.tsx'
import css from './Copy.module.css'

interface CopyProps {
  readonly label: string
  readonly value: string
  /** Lines to show; longer text scrolls. */
  readonly rows?: number
}

/** Something to take along exactly as it is: a secret, a command, an address. */
export function Copy({ label, value, rows = 2 }: CopyProps) {
  const t = useT(forms)
  const id = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = () => {
    // Marked first: without a clipboard it is ready for the keyboard or a long press.
    box.current?.select()
    navigator.clipboard?.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <div>
      <label className={css.label} htmlFor={id}>
        {label}
      </label>
      <div className={css.box}>
        <textarea
          className={css.text}
          id={id}
          ref={box}
          rows={rows}
          value={value}
          dir="ltr"
          readOnly
        />
        <Button onClick={copy}>
          {copied ? t('copied') : t('copy')}
          <span className="visually-hidden"> {label}</span>
        </Button>
      </div>
    </div>
  )
}
