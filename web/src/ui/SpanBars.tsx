import type { ReactNode } from 'react'
import css from './SpanBars.module.css'

export interface Bar {
  readonly key: string
  readonly label: ReactNode
  /** Where the bar begins; 0 when left out. */
  readonly from?: number
  readonly until: number
  /** The numbers in words. */
  readonly text: string
  readonly tone?: 'good' | 'wait' | 'bad' | 'note'
}

interface SpanBarsProps {
  readonly caption: ReactNode
  readonly bars: readonly Bar[]
  /** The end of the scale. */
  readonly most: number
}

const WIDTH = 100
const HEIGHT = 8

/** Bars on one scale, drawn without a script; each says in words what its length shows. */
export function SpanBars({ caption, bars, most }: SpanBarsProps) {
  const at = (value: number) => (most > 0 ? (value / most) * WIDTH : 0)
  return (
    <figure className={css.figure}>
      <figcaption>{caption}</figcaption>
      <ul className={css.bars}>
        {bars.map(({ key, label, from = 0, until, text, tone = 'good' }) => (
          <li key={key}>
            <span className={css.label} dir="auto">
              {label}
            </span>
            <svg
              className={css[tone]}
              viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
              preserveAspectRatio="none"
              aria-hidden="true"
            >
              <rect className={css.scale} x="0" y="0" width={WIDTH} height={HEIGHT} />
              <rect
                className={css.bar}
                x={at(from)}
                y="0"
                width={Math.max(at(until) - at(from), 0.6)}
                height={HEIGHT}
              />
            </svg>
            <span className={css.text}>{text}</span>
          </li>
        ))}
      </ul>
    </figure>
  )
}
