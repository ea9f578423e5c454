import { type ReactNode, useEffect, useRef } from 'react'
import { forms } from '../i18n/areas/forms.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from './Button.tsx'
import { classes } from './classes.ts'
import { Form } from './Form.tsx'
import css from './Steps.module.css'

interface StepsProps {
  readonly labels: readonly string[]
  readonly current: number
  /** Goes back to a step that was done; later ones are reached by the button below. */
  readonly onStep: (step: number) => void
  readonly onNext: () => void
  /** The words of the last button; the step before says "next". */
  readonly finish: string
  readonly busy?: boolean
  readonly children: ReactNode
}

/** One question at a time: where you are, the step itself, back and next. */
export function Steps({ labels, current, onStep, onNext, finish, busy, children }: StepsProps) {
  const t = useT(forms)
  const last = current === labels.length - 1
  return (
    <Form onSubmit={onNext}>
      <StepList labels={labels} current={current} onStep={onStep} />
      <StepHeading labels={labels} current={current} />
      {children}
      <ButtonRow>
        {current > 0 && <Button onClick={() => onStep(current - 1)}>{t('steps.back')}</Button>}
        <Button type="submit" look="primary" busy={busy} large={last}>
          {last ? finish : t('steps.next')}
        </Button>
      </ButtonRow>
    </Form>
  )
}

function StepList({ labels, current, onStep }: Pick<StepsProps, 'labels' | 'current' | 'onStep'>) {
  const t = useT(forms)
  return (
    <ol className={css.steps} aria-label={t('steps.label')}>
      {labels.map((label, step) => (
        <li
          key={label}
          className={classes(css.step, step === current && css.here)}
          aria-current={step === current ? 'step' : undefined}
        >
          {step < current ? (
            <button type="button" onClick={() => onStep(step)}>
              <span>{label}</span>
            </button>
          ) : (
            <span>
              <span>{label}</span>
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

/** Takes the focus when the step changes, so that a screen reader begins at the new question. */
function StepHeading({ labels, current }: Pick<StepsProps, 'labels' | 'current'>) {
  const t = useT(forms)
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = useRef(current)
  useEffect(() => {
    if (shown.current === current) return
    shown.current = current
    heading.current?.focus()
    heading.current?.scrollIntoView({ block: 'start' })
  }, [current])
  return (
    <h2 className={css.heading} ref={heading} tabIndex={-1}>
      <span className={css.count}>
        {t('steps.of', { step: String(current + 1), total: String(labels.length) })}
      </span>
      {labels[current]}
    </h2>
  )
}

interface DraftNoticeProps {
  readonly restored: boolean
  readonly onClear: () => void
}

/** Says that these words are from an earlier visit, and offers to begin anew. */
export function DraftNotice({ restored, onClear }: DraftNoticeProps) {
  const t = useT(forms)
  if (!restored) return null
  return (
    <p role="status">
      {t('draft.restored')}{' '}
      <Button look="plain" onClick={onClear}>
        {t('draft.clear')}
      </Button>
    </p>
  )
}
