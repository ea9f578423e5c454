import { useState } from 'react'
import {
  type Action,
  addRule,
  type LicenceJson,
  setTerms,
  type TermOperand,
} from '../../../policies/index.ts'
import { builder } from '../i18n/areas/builder.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { SelectField } from '../ui/Field.tsx'
import css from './Builder.module.css'

interface Bar {
  readonly name: string
  readonly actions: readonly Action[] | 'use'
  readonly when?: { readonly operand: TermOperand; readonly values: readonly string[] }
}

/** The bars communities most often set; each can be changed once it is there. */
const bars: readonly Bar[] = [
  { name: 'company', actions: 'use', when: { operand: 'sov:actorKind', values: ['commercial'] } },
  { name: 'tie', actions: 'use', when: { operand: 'sov:commercialTie', values: ['yes'] } },
  {
    name: 'purposes',
    actions: 'use',
    when: { operand: 'purpose', values: ['commercialProduct', 'advertising', 'voiceImitation'] },
  },
  { name: 'passingOn', actions: ['redistribute'] },
  { name: 'training', actions: ['train'] },
  { name: 'copies', actions: ['download', 'derive', 'train', 'redistribute'] },
  { name: 'refused', actions: 'use', when: { operand: 'sov:councilRefused', values: ['yes'] } },
]

interface AddBarProps {
  readonly document: LicenceJson
  readonly onChange: (document: LicenceJson) => void
}

export function AddBar({ document, onChange }: AddBarProps) {
  const t = useT(builder)
  const [chosen, setChosen] = useState('company')
  const add = () => {
    const bar = bars.find(({ name }) => name === chosen)
    if (!bar) return
    const made = addRule(document, 'prohibition', bar.actions)
    const { when } = bar
    onChange(when ? setTerms(made.document, made.uid, when.operand, when.values) : made.document)
  }
  return (
    <div className={css.line}>
      <div className={css.grow}>
        <SelectField
          label={t('bars.add')}
          choices={bars.map(({ name }) => ({ value: name, label: t.code('bar', name) }))}
          value={chosen}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
      </div>
      <Button onClick={add}>{t('bars.addButton')}</Button>
    </div>
  )
}
