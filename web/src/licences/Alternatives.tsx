import { allowedTerms, type EditableCondition, removeClause } from '../../../policies/index.ts'
import {
  type Alternative,
  addAlternative,
  addGroup,
  setAlternative,
} from '../../../policies/rules/edit-group.ts'
import { builder } from '../i18n/areas/builder.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { CheckboxGroup, Group } from '../ui/Choices.tsx'
import { SelectField } from '../ui/Field.tsx'
import css from './Builder.module.css'
import type { RuleFieldProps } from './LimitFields.tsx'
import { isAlternatives, listLimitOf, listLimits, switchLimits } from './limits.ts'

const MEMBERS: Alternative = { operand: 'sov:membership', values: ['member'] }
const APPROVED: Alternative = { operand: 'sov:councilApproval', values: ['approved'] }

/** What an alternative can ask, by the name of its limit. */
const kinds: readonly (Alternative & { readonly name: string })[] = [
  ...switchLimits.map(({ name, operand, value }) => ({ name, operand, values: [value] })),
  ...listLimits.map(({ group, operand, start }) => ({ name: group, operand, values: start })),
]

interface PartProps extends RuleFieldProps {
  readonly part: EditableCondition
}

function Part({ document, part, onChange }: PartProps) {
  const t = useT(builder)
  const words = useT(shared)
  const list = listLimitOf(part)
  const chosen = kinds.find(({ operand }) => operand === part.operand)
  const label = t.code('limit', chosen?.name ?? '')
  const change = (name: string) => {
    const kind = kinds.find((one) => one.name === name)
    if (kind) onChange(setAlternative(document, part.uid, kind))
  }
  return (
    <div className={css.inner}>
      <SelectField
        label={t('either.part')}
        choices={kinds.map(({ name }) => ({ value: name, label: t.code('limit', name) }))}
        value={chosen?.name ?? ''}
        onChange={({ currentTarget }) => change(currentTarget.value)}
      />
      {list && (
        <CheckboxGroup
          name={`${part.uid} values`}
          legend={<span className="visually-hidden">{label}</span>}
          columns
          choices={list.codes.map((code) => ({ value: code, label: words.code(list.group, code) }))}
          value={allowedTerms(part, list.codes)}
          onChange={(values) =>
            onChange(setAlternative(document, part.uid, { operand: list.operand, values }))
          }
        />
      )}
      <Button look="plain" onClick={() => onChange(removeClause(document, part.uid))}>
        {t('remove')}
        <span className="visually-hidden"> {label}</span>
      </Button>
    </div>
  )
}

/** The "either … or" conditions of a rule: one of the alternatives is enough. */
export function Alternatives(props: RuleFieldProps) {
  const t = useT(builder)
  const { document, rule, onChange } = props
  return (
    <>
      {rule.conditions.filter(isAlternatives).map((group) => (
        <Group key={group.uid} legend={t('either.title')} hint={t('either.help')}>
          {group.parts.map((part) => (
            <Part key={part.uid} {...props} part={part} />
          ))}
          <Button onClick={() => onChange(addAlternative(document, group.uid, APPROVED))}>
            {t('either.addPart')}
          </Button>{' '}
          <Button look="plain" onClick={() => onChange(removeClause(document, group.uid))}>
            {t('either.remove')}
          </Button>
        </Group>
      ))}
      <p>
        <Button onClick={() => onChange(addGroup(document, rule.uid, MEMBERS))}>
          {t('either.add')}
        </Button>
      </p>
    </>
  )
}
