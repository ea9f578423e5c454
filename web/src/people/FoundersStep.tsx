import { useEffect, useRef } from 'react'
import { setUp } from '../i18n/areas/set-up.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CheckboxGroup } from '../ui/Choices.tsx'
import { TextField } from '../ui/Field.tsx'
import { Card } from '../ui/Page.tsx'
import type { StepProps } from './SetUpStepFields.tsx'
import { bodySizes, emptyFounder, type FounderDraft } from './set-up-draft.ts'

export function FoundersStep({ draft, bodies, onChange, error }: StepProps) {
  const t = useT(setUp)
  const { founders } = draft
  const focusOn = useFocusOnChange(founders.length)
  const add = () => {
    focusOn(founders.length)
    onChange({ founders: [...founders, emptyFounder] })
  }
  const remove = (index: number) => {
    // Who stands in this place now, or the last one: never the next button that removes somebody.
    focusOn(Math.min(index, founders.length - 2))
    onChange({ founders: founders.filter((_, place) => place !== index) })
  }
  const change = (index: number, patch: Partial<FounderDraft>) =>
    onChange({
      founders: founders.map((one, place) => (place === index ? { ...one, ...patch } : one)),
    })
  const sizes = bodySizes(founders)
  return (
    <>
      <p>{t('founders.lead')}</p>
      <p>{t('founders.stewards')}</p>
      {founders.map((founder, index) => (
        <FounderCard
          // Members have no name of their own until one is typed: their place is what they are.
          key={String(index)}
          {...{ founder, index, bodies, error }}
          onChange={(patch) => change(index, patch)}
          onRemove={founders.length > 1 ? () => remove(index) : undefined}
        />
      ))}
      <ButtonRow>
        <Button onClick={add}>{t('founders.add')}</Button>
      </ButtonRow>
      <h3>{t('founders.sizes')}</h3>
      <ul>
        {bodies.map((body) => (
          <li key={body}>
            {t('founders.size', {
              body: t.code('body', body),
              count: sizes[body]?.members ?? 0,
            })}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Where the focus goes once the list has grown or shrunk: the name of the member in a place. */
function useFocusOnChange(count: number) {
  const next = useRef<number | null>(null)
  useEffect(() => {
    if (next.current === null || next.current >= count) return
    document.getElementById(`founders.${next.current}.name`)?.focus()
    next.current = null
  }, [count])
  return (place: number) => {
    next.current = place
  }
}

interface FounderCardProps {
  readonly founder: FounderDraft
  readonly index: number
  readonly bodies: readonly string[]
  readonly onChange: (patch: Partial<FounderDraft>) => void
  readonly onRemove: (() => void) | undefined
  readonly error: (field: string) => string | undefined
}

function FounderCard({ founder, index, bodies, onChange, onRemove, error }: FounderCardProps) {
  const t = useT(setUp)
  const number = String(index + 1)
  const id = (field: string) => `founders.${index}.${field}`
  return (
    <Card>
      <h3>{t('founders.one', { number })}</h3>
      <TextField
        id={id('name')}
        label={t('founders.name')}
        value={founder.name}
        error={error(id('name'))}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextField
        id={id('email')}
        type="email"
        dir="ltr"
        label={t('founders.email')}
        value={founder.email}
        error={error(id('email'))}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
      />
      <div id={id('bodies')} tabIndex={-1}>
        <CheckboxGroup
          name={id('bodies')}
          legend={t('founders.bodies')}
          columns
          choices={bodies.map((body) => ({ value: body, label: t.code('body', body) }))}
          value={founder.bodies}
          error={error(id('bodies'))}
          onChange={(chosen) => onChange({ bodies: chosen })}
        />
      </div>
      <TextField
        id={id('group')}
        label={t('founders.group')}
        hint={t('founders.group.help')}
        optional
        value={founder.group}
        error={error(id('group'))}
        onChange={(event) => onChange({ group: event.currentTarget.value })}
      />
      {onRemove && (
        <Button look="danger" onClick={onRemove}>
          {t('founders.remove', { number })}
        </Button>
      )}
    </Card>
  )
}
