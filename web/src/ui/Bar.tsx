import { useId } from 'react'
import css from './Bar.module.css'

interface BarProps {
  /** What the bar says, in words: the bar itself is only a picture of it. */
  readonly words: string
  readonly value: number
  readonly max: number
}

/** How much of a whole is done. */
export function Bar({ words, value, max }: BarProps) {
  const id = useId()
  return (
    <div className={css.box}>
      <p className={css.words} id={id}>
        {words}
      </p>
      <progress className={css.bar} value={value} max={Math.max(1, max)} aria-labelledby={id} />
    </div>
  )
}
