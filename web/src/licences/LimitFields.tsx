import {
  type EditableRule,
  type LicenceJson,
  setIdentity,
  setInstant,
  setMonths,
  setStanding,
  setTerms,
} from '../../../policies/index.ts'
import { builder } from '../i18n/areas/builder.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Checkbox, CheckboxGroup } from '../ui/Choices.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import css from './Builder.module.css'
import { dayOf, type ListLimit, listLimits, numberOf, passing, switchLimits } from './limits.ts'

export interface RuleFieldProps {
  readonly document: LicenceJson
  readonly rule: EditableRule
  readonly onChange: (document: LicenceJson) => void
}

/** A limit with a list of what passes: off, or on with its list. */
export function ListField({
  limit,
  document,
  rule,
  onChange,
}: RuleFieldProps & { readonly limit: ListLimit }) {
  const t = useT(builder)
  const words = useT(shared)
  const { operand, group, codes, start } = limit
  const value = passing(rule, operand, codes)
  const put = (next: readonly string[]) => onChange(setTerms(document, rule.uid, operand, next))
  return (
    <div className={css.limit}>
      <Checkbox
        label={t.code('limit', group)}
        checked={value !== null}
        onChange={({ currentTarget }) => put(currentTarget.checked ? start : [])}
      />
      {value !== null && (
        <div className={css.inner}>
          <CheckboxGroup
            name={`${rule.uid} ${operand}`}
            legend={<span className="visually-hidden">{t.code('limit', group)}</span>}
            columns
            choices={codes.map((code) => ({ value: code, label: words.code(group, code) }))}
            value={value}
            onChange={put}
          />
        </div>
      )}
    </div>
  )
}

function Switches({ document, rule, onChange }: RuleFieldProps) {
  const t = useT(builder)
  return switchLimits.map(({ name, operand, value }) => (
    <div className={css.limit} key={name}>
      <Checkbox
        label={t.code('limit', name)}
        checked={passing(rule, operand, [value])?.length === 1}
        onChange={({ currentTarget }) =>
          onChange(setTerms(document, rule.uid, operand, currentTarget.checked ? [value] : []))
        }
      />
    </div>
  ))
}

const months = Array.from({ length: 12 }, (_, index) => String(index + 1))

function Months({ document, rule, onChange }: RuleFieldProps) {
  const t = useT(builder)
  const words = useT(shared)
  const value = passing(rule, 'sov:month', months)
  const put = (next: readonly string[]) => onChange(setMonths(document, rule.uid, next.map(Number)))
  return (
    <div className={css.limit}>
      <Checkbox
        label={t('limit.month')}
        checked={value !== null}
        onChange={({ currentTarget }) => put(currentTarget.checked ? months : [])}
      />
      {value !== null && (
        <div className={css.inner}>
          <CheckboxGroup
            name={`${rule.uid} months`}
            legend={<span className="visually-hidden">{t('limit.month')}</span>}
            columns
            choices={months.map((month) => ({ value: month, label: words.code('month', month) }))}
            value={value}
            onChange={put}
          />
        </div>
      )}
    </div>
  )
}

const instantOf = (day: string): string | null => (day === '' ? null : `${day}T00:00:00Z`)

function Days({ document, rule, onChange }: RuleFieldProps) {
  const t = useT(builder)
  const put = (operator: 'gteq' | 'lt', day: string) =>
    onChange(setInstant(document, rule.uid, operator, instantOf(day)))
  return (
    <div className={css.days}>
      <TextField
        type="date"
        optional
        label={t('limit.from')}
        hint={t('limit.from.help')}
        value={dayOf(rule, 'gteq')}
        onChange={({ currentTarget }) => put('gteq', currentTarget.value)}
      />
      <TextField
        type="date"
        optional
        label={t('limit.until')}
        hint={t('limit.until.help')}
        value={dayOf(rule, 'lt')}
        onChange={({ currentTarget }) => put('lt', currentTarget.value)}
      />
    </div>
  )
}

/** For what, by whom, where, when and with whose yes a permission holds. */
export function LimitFields(props: RuleFieldProps) {
  const t = useT(builder)
  const { document, rule, onChange } = props
  return (
    <>
      {listLimits.map((limit) => (
        <ListField key={limit.operand} limit={limit} {...props} />
      ))}
      <Switches {...props} />
      <div className={css.limit}>
        <Checkbox
          label={t('limit.standing')}
          checked={rule.conditions.some(({ operand }) => operand === 'sov:overdueDuties')}
          onChange={({ currentTarget }) =>
            onChange(setStanding(document, rule.uid, currentTarget.checked))
          }
        />
      </div>
      <Months {...props} />
      <Days {...props} />
      <SelectField
        label={t('limit.identity')}
        choices={[0, 1, 2, 3].map((level) => ({
          value: String(level),
          label: t.code('identity', String(level)),
        }))}
        value={String(numberOf(rule, 'sov:identityAssurance'))}
        onChange={({ currentTarget }) =>
          onChange(setIdentity(document, rule.uid, Number(currentTarget.value)))
        }
      />
    </>
  )
}
