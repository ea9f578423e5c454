import { licences } from '../i18n/areas/licences.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { classes } from '../ui/classes.ts'
import { Details } from '../ui/Page.tsx'
import type { Sentence } from './Clauses.tsx'
import css from './Licence.module.css'
import { anchorOf, type ShownCondition, type ShownRule } from './licence-rules.ts'

function Conditions({ conditions }: { readonly conditions: readonly ShownCondition[] }) {
  return (
    <ul>
      {conditions.map((condition) => (
        <li
          key={condition.uid || JSON.stringify(condition)}
          id={anchorOf(condition.uid) || undefined}
        >
          <code>{[condition.left, condition.operator].filter(Boolean).join(' ')}</code>
          {condition.right.map((value, index) => (
            <span key={value}>
              {index > 0 ? ', ' : ' '}
              <code>{value}</code>
            </span>
          ))}
          {condition.parts.length > 0 && <Conditions conditions={condition.parts} />}
        </li>
      ))}
    </ul>
  )
}

/** One clause: the sentences made from it, its terms, and the JSON-LD it is. */
export function Rule({
  rule,
  summary,
}: {
  readonly rule: ShownRule
  readonly summary: readonly Sentence[]
}) {
  const t = useT(licences)
  const words = useT(shared)
  const own = summary.filter(({ clause }) => JSON.stringify(rule.json).includes(`"${clause}"`))
  return (
    <article className={classes(css.rule, css[rule.kind])} id={anchorOf(rule.uid)}>
      <p className={css.kind}>{t(`clause.${rule.kind}`)}</p>
      <h3>
        <code>#{anchorOf(rule.uid)}</code>
      </h3>
      {own.map(({ text }) => (
        <p key={text} dir="auto">
          {text}
        </p>
      ))}
      <h4>{t('clause.action')}</h4>
      <p>{rule.actions.map((action) => words.code('action', action)).join(', ')}</p>
      <h4>{t('clause.conditions')}</h4>
      {rule.conditions.length > 0 ? (
        <Conditions conditions={rule.conditions} />
      ) : (
        <p>{t('clause.anyway')}</p>
      )}
      {rule.duties.length > 0 && (
        <>
          <h4>{t('clause.duties')}</h4>
          <Conditions conditions={rule.duties} />
        </>
      )}
      <Details summary={t('whole.show')}>
        <pre dir="ltr">{JSON.stringify(rule.json, null, 2)}</pre>
      </Details>
    </article>
  )
}
