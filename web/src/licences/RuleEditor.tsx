import { lazy, Suspense } from 'react'
import {
  type EditableRule,
  removeClause,
  type Sentence,
  setActions,
  USE_ACTIONS,
} from '../../../policies/index.ts'
import { builder } from '../i18n/areas/builder.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { CheckboxGroup } from '../ui/Choices.tsx'
import { classes } from '../ui/classes.ts'
import { Details } from '../ui/Page.tsx'
import css from './Builder.module.css'
import { DutyFields } from './DutyFields.tsx'
import { LimitFields, ListField, type RuleFieldProps } from './LimitFields.tsx'
import { isAlternatives, listLimits, otherConditions, passing } from './limits.ts'

const Alternatives = lazy(async () => ({
  default: (await import('./Alternatives.tsx')).Alternatives,
}))

const actionChoices = ['discover', ...USE_ACTIONS] as const

function Actions({ document, rule, onChange }: RuleFieldProps) {
  const t = useT(builder)
  const words = useT(shared)
  return (
    <CheckboxGroup
      name={`${rule.uid} actions`}
      legend={t(rule.kind === 'permission' ? 'rule.may' : 'rule.mayNot')}
      columns
      choices={actionChoices.map((code) => ({ value: code, label: words.code('action', code) }))}
      value={rule.actions}
      onChange={(next) =>
        onChange(
          setActions(
            document,
            rule.uid,
            actionChoices.filter((action) => next.includes(action)),
          ),
        )
      }
    />
  )
}

/** Conditions without a control, such as groups in groups: they can be read and taken away. */
function Others({ document, rule, onChange, sentences }: RuleEditorProps) {
  const t = useT(builder)
  const others = otherConditions(rule).filter((one) => !isAlternatives(one))
  if (others.length === 0) return null
  return (
    <>
      <h4>{t('rule.others')}</h4>
      <ul className={css.list}>
        {others.map(({ uid }) => {
          const text = sentences.find(({ clause }) => clause === uid)?.text ?? uid
          return (
            <li key={uid}>
              <p dir="auto">{text}</p>
              <Button look="plain" onClick={() => onChange(removeClause(document, uid))}>
                {t('remove')}
                <span className="visually-hidden"> {text}</span>
              </Button>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** A bar is limited by what it names; without a limit it bars everybody from everything. */
function BarLimits(props: RuleFieldProps) {
  return listLimits
    .filter(({ operand, codes }) => passing(props.rule, operand, codes) !== null)
    .map((limit) => <ListField key={limit.operand} limit={limit} {...props} />)
}

interface RuleEditorProps extends RuleFieldProps {
  readonly sentences: readonly Sentence[]
  readonly open?: boolean
}

/** The words of a rule: its own sentence, without those of its conditions. */
export const wordsOf = (rule: EditableRule, sentences: readonly Sentence[]): string | undefined =>
  sentences.find(({ clause }) => clause === rule.uid)?.text

/** One permission or prohibition with everything about it that can be changed. */
export function RuleEditor(props: RuleEditorProps) {
  const t = useT(builder)
  const { document, rule, sentences, onChange, open } = props
  const permission = rule.kind === 'permission'
  const text = wordsOf(rule, sentences) ?? t('rule.new')
  return (
    <div className={classes(css.rule, css[rule.kind])} id={rule.uid.replace(/^.*#/, 'rule-')}>
      <Details summary={<span dir="auto">{text}</span>} open={open}>
        <Actions {...props} />
        {permission ? <LimitFields {...props} /> : <BarLimits {...props} />}
        <Suspense fallback={null}>
          <Alternatives {...props} />
        </Suspense>
        <Others {...props} />
        {permission && <DutyFields {...props} />}
        <Button look="danger" onClick={() => onChange(removeClause(document, rule.uid))}>
          {t(permission ? 'rule.removePermission' : 'rule.removeBar')}
          <span className="visually-hidden"> {text}</span>
        </Button>
      </Details>
    </div>
  )
}
