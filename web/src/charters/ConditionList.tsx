import { charters } from '../i18n/areas/charters.ts'
import { useT } from '../i18n/use-t.ts'
import css from './Charters.module.css'

export interface ShownCondition {
  readonly met: boolean
  readonly text: string
}

/** Each condition of a vote with whether it was met, in a word and a sentence. */
export function ConditionList({ conditions }: { readonly conditions: readonly ShownCondition[] }) {
  const t = useT(charters)
  return (
    <ul className={css.conditions}>
      {conditions.map(({ met, text }) => (
        <li key={text} className={met ? css.added : css.removed}>
          <strong className={css.tone}>{t(met ? 'condition.met' : 'condition.missed')}</strong>{' '}
          <span dir="auto">{text}</span>
        </li>
      ))}
    </ul>
  )
}
