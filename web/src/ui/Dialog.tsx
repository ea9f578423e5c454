import { type ReactNode, useEffect, useId, useRef } from 'react'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from './Button.tsx'
import css from './Dialog.module.css'

interface DialogProps {
  readonly open: boolean
  readonly title: ReactNode
  readonly children: ReactNode
  readonly onClose: () => void
  /** The button that goes on; without it the dialog only informs. */
  readonly confirm?: ReactNode
  readonly onConfirm?: () => void
  readonly busy?: boolean
  readonly danger?: boolean
}

/** The browser's own modal dialog: it keeps the focus inside and closes with Escape. */
export function Dialog({ open, title, children, onClose, ...action }: DialogProps) {
  const t = useT(shared)
  const id = useId()
  const box = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = box.current
    if (open && !dialog?.open) dialog?.showModal()
    if (!open) dialog?.close()
  }, [open])
  return (
    <dialog className={css.dialog} ref={box} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
      <ButtonRow>
        {action.confirm && (
          <Button
            look={action.danger ? 'danger' : 'primary'}
            onClick={action.onConfirm}
            busy={action.busy}
          >
            {action.confirm}
          </Button>
        )}
        <Button look="plain" onClick={onClose}>
          {action.confirm ? t('form.cancel') : t('form.close')}
        </Button>
      </ButtonRow>
    </dialog>
  )
}
