import type { Charter, CharterRule, Matter } from '../../../policies/rules/governance.ts'
import { charters } from '../i18n/areas/charters.ts'
import { communities } from '../i18n/areas/communities.ts'
import { useT } from '../i18n/use-t.ts'
import { Checkbox, Group } from '../ui/Choices.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import css from './Charters.module.css'
import { idOf, without } from './charter-draft.ts'
import { DurationField } from './DurationField.tsx'
import { FractionField } from './FractionField.tsx'

export interface RuleProps {
  readonly charter: Charter
  readonly matter: Matter
  readonly rule: CharterRule
  readonly onChange: (rule: CharterRule) => void
  /** What is wrong at a place of the document, in words. */
  readonly error: (path: string) => string | undefined
}

/** Id and error of the control of one place in the rule. */
const at = ({ matter, error }: RuleProps, place: string) => {
  const path = `/matters/${matter}/${place}`
  return { id: idOf(path), error: error(path) }
}

interface BodyChoiceProps {
  readonly charter: Charter
  readonly id: string
  readonly label: string
  readonly error?: string
  readonly value: string
  readonly onChange: (body: string) => void
}

export function BodyChoice({ charter, value, onChange, ...field }: BodyChoiceProps) {
  const words = useT(communities)
  const names = [...new Set([...Object.keys(charter.bodies), value])]
  return (
    <SelectField
      {...field}
      choices={names.map((name) => ({ value: name, label: words.code('body', name) }))}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

interface CountFieldProps {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly error?: string
  readonly min: number
  readonly value: number
  readonly onChange: (value: number) => void
}

export function CountField({ min, onChange, ...field }: CountFieldProps) {
  return (
    <TextField
      {...field}
      type="number"
      inputMode="numeric"
      min={min}
      onChange={({ currentTarget }) =>
        onChange(Math.max(min, Math.trunc(Number(currentTarget.value)) || min))
      }
    />
  )
}

function Yes(props: RuleProps) {
  const { charter, rule, onChange } = props
  const t = useT(charters)
  return (
    <Group legend={<h4>{t('rule.yes')}</h4>}>
      <BodyChoice
        {...at(props, 'body')}
        charter={charter}
        label={t('rule.body')}
        value={rule.body}
        onChange={(body) => onChange({ ...rule, body })}
      />
      <div className={css.fields}>
        <FractionField
          {...at(props, 'approveOfRoll')}
          label={t('rule.ofRoll')}
          hint={t('rule.ofRoll.help')}
          value={rule.approveOfRoll}
          onChange={(approveOfRoll) => onChange({ ...rule, approveOfRoll })}
        />
        <FractionField
          {...at(props, 'approveOfCast')}
          label={t('rule.ofCast')}
          hint={t('rule.ofCast.help')}
          value={rule.approveOfCast}
          onChange={(approveOfCast) => onChange({ ...rule, approveOfCast })}
        />
        <CountField
          {...at(props, 'minDeciders')}
          label={t('rule.minDeciders')}
          hint={t('rule.minDeciders.help')}
          min={1}
          value={rule.minDeciders}
          onChange={(minDeciders) => onChange({ ...rule, minDeciders })}
        />
      </div>
      <Checkbox
        label={t('rule.consent')}
        hint={t('rule.consent.help')}
        checked={rule.objection === 'blocks'}
        onChange={({ currentTarget }) =>
          onChange({ ...rule, objection: currentTarget.checked ? 'blocks' : 'none' })
        }
      />
    </Group>
  )
}

function Groups(props: RuleProps) {
  const { rule, onChange } = props
  const t = useT(charters)
  const { groups } = rule
  return (
    <div>
      <Checkbox
        id={at(props, 'groups').id}
        label={t('rule.groups')}
        hint={at(props, 'groups').error ?? t('rule.groups.help')}
        checked={groups !== undefined}
        onChange={({ currentTarget }) =>
          onChange(
            currentTarget.checked
              ? { ...rule, groups: { need: '2/3', minYes: 1 } }
              : without(rule, 'groups'),
          )
        }
      />
      {groups && (
        <div className={css.inner}>
          <FractionField
            {...at(props, 'groups/need')}
            label={t('rule.groups.need')}
            value={groups.need}
            onChange={(need) => onChange({ ...rule, groups: { ...groups, need } })}
          />
          <CountField
            {...at(props, 'groups/minYes')}
            label={t('rule.groups.minYes')}
            min={1}
            value={groups.minYes}
            onChange={(minYes) => onChange({ ...rule, groups: { ...groups, minYes } })}
          />
        </div>
      )}
    </div>
  )
}

const TIMES = ['min', 'max', 'lateWindow', 'extension'] as const

function Times(props: RuleProps) {
  const { rule, onChange } = props
  const t = useT(charters)
  const { open } = rule
  return (
    <Group legend={<h4>{t('rule.times')}</h4>}>
      <div className={css.fields}>
        {TIMES.map((name) => (
          <DurationField
            key={name}
            {...at(props, `open/${name}`)}
            label={t(`rule.open.${name}`)}
            value={open[name]}
            onChange={(value) => onChange({ ...rule, open: { ...open, [name]: value } })}
          />
        ))}
        <CountField
          {...at(props, 'open/maxExtensions')}
          label={t('rule.open.maxExtensions')}
          min={0}
          value={open.maxExtensions}
          onChange={(maxExtensions) => onChange({ ...rule, open: { ...open, maxExtensions } })}
        />
        <DurationField
          {...at(props, 'execWithin')}
          label={t('rule.execWithin')}
          value={rule.execWithin}
          onChange={(execWithin) => onChange({ ...rule, execWithin })}
        />
        <DurationField
          {...at(props, 'retryAfter')}
          label={t('rule.retryAfter')}
          value={rule.retryAfter}
          onChange={(retryAfter) => onChange({ ...rule, retryAfter })}
        />
      </div>
    </Group>
  )
}

/** A veto or an appeal: off, or on with its body and its time. */
function Remedy(props: RuleProps & { readonly name: 'veto' | 'appeal' }) {
  const { charter, rule, onChange, name } = props
  const t = useT(charters)
  const part = rule[name]
  const first = Object.keys(charter.bodies).find((body) => body !== rule.body) ?? rule.body
  const put = (body: string, window: string) =>
    onChange(
      name === 'veto'
        ? { ...rule, veto: { body, window, overridable: false } }
        : { ...rule, appeal: { body, window } },
    )
  return (
    <div>
      <Checkbox
        id={at(props, name).id}
        label={t(`rule.${name}`)}
        hint={at(props, name).error ?? t(`rule.${name}.help`)}
        checked={part !== undefined}
        onChange={({ currentTarget }) =>
          currentTarget.checked ? put(first, 'P7D') : onChange(without(rule, name))
        }
      />
      {part && (
        <div className={css.inner}>
          <BodyChoice
            {...at(props, `${name}/body`)}
            charter={charter}
            label={t(`rule.${name}.body`)}
            value={part.body}
            onChange={(body) => put(body, part.window)}
          />
          <DurationField
            {...at(props, `${name}/window`)}
            label={t(`rule.${name}.window`)}
            value={part.window}
            onChange={(window) => put(part.body, window)}
          />
        </div>
      )}
    </div>
  )
}

/** Everything the charter lays down for one matter. */
export function RuleFields(props: RuleProps) {
  return (
    <>
      <Yes {...props} />
      <Groups {...props} />
      <Remedy {...props} name="veto" />
      <Remedy {...props} name="appeal" />
      <Times {...props} />
    </>
  )
}
