import { licences } from '../i18n/areas/licences.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { classes } from '../ui/classes.ts'
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

function Terms({ rule }: { readonly rule: ShownRule }) {
  const t = useT(licences)
  const words = useT(shared)
  return (
    <>
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
    </>
  )
}

// A box that scrolls has to take the focus, or the keyboard cannot scroll it (WCAG 2.1.1).
const scrollable = { tabIndex: 0 }

/** One clause three times: the sentences made from it, its terms, and the JSON-LD it is. */
export function Rule({
  rule,
  summary,
}: {
  readonly rule: ShownRule
  readonly summary: readonly Sentence[]
}) {
  const t = useT(licences)
  const name = anchorOf(rule.uid)
  const own = summary.filter(({ clause }) => JSON.stringify(rule.json).includes(`"${clause}"`))
  return (
    <article className={classes(css.rule, css[rule.kind])} id={name}>
      <p className={css.kind}>{t(`clause.${rule.kind}`)}</p>
      <h3>
        <code>#{name}</code>
      </h3>
      <div className={css.beside}>
        <div>
          {own.map(({ text, clause, class: held }) => (
            <p key={text}>
              <span dir="auto">{text}</span>{' '}
              {held && <span className={css.kind}>({t.code('class', held)})</span>}{' '}
              {anchorOf(clause) !== name && (
                <a className={css.to} href={`#${anchorOf(clause)}`}>
                  <code>{anchorOf(clause)}</code>
                </a>
              )}
            </p>
          ))}
        </div>
        <div>
          <Terms rule={rule} />
        </div>
        <section className={css.json} aria-label={t('clause.json', { name })} {...scrollable}>
          <pre dir="ltr">{JSON.stringify(rule.json, null, 1)}</pre>
        </section>
      </div>
    </article>
  )
}
