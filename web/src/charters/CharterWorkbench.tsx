import { useState } from 'react'
import { type Charter, isMatter, MATTERS, type Matter } from '../../../policies/rules/governance.ts'
import { charters } from '../i18n/areas/charters.ts'
import { communities } from '../i18n/areas/communities.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { CheckboxGroup } from '../ui/Choices.tsx'
import { SelectField, TextArea, TextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Details, Section } from '../ui/Page.tsx'
import { BodyFields, type CharterFieldProps } from './BodyFields.tsx'
import css from './Charters.module.css'
import { CommonFields } from './CommonFields.tsx'
import { copyRule, withRule } from './charter-draft.ts'
import { RuleFields } from './RuleFields.tsx'

interface WorkbenchProps extends CharterFieldProps {
  /** The matter whose rule is shown. */
  readonly matter: string
  readonly onMatter: (matter: string) => void
}

/** The charter with these English words, or without any. */
function worded(charter: Charter, part: 'title' | 'text', words: string): Charter {
  const { [part]: before = {}, ...rest } = charter
  const { en: _, ...others } = before
  const texts = words.trim() === '' ? others : { ...others, en: words }
  return Object.keys(texts).length === 0 ? rest : { ...rest, [part]: texts }
}

function Words({ charter, onChange }: CharterFieldProps) {
  const t = useT(charters)
  return (
    <>
      <TextField
        optional
        label={t('name.title')}
        hint={t('name.help')}
        value={charter.title?.en ?? ''}
        onChange={({ currentTarget }) => onChange(worded(charter, 'title', currentTarget.value))}
      />
      <TextArea
        optional
        label={t('name.text')}
        hint={t('name.text.help')}
        value={charter.text?.en ?? ''}
        onChange={({ currentTarget }) => onChange(worded(charter, 'text', currentTarget.value))}
      />
    </>
  )
}

/** The rule as it stands here, for other matters as well. */
function Copy({ charter, matter, onChange }: CharterFieldProps & { readonly matter: Matter }) {
  const t = useT(charters)
  const words = useT(communities)
  const [to, setTo] = useState<readonly string[]>([])
  const others = MATTERS.filter((one) => one !== matter)
  return (
    <Details summary={t('copy.title')}>
      <CheckboxGroup
        name="copy"
        legend={t('copy.to')}
        columns
        choices={others.map((value) => ({ value, label: words.code('matter', value) }))}
        value={to}
        onChange={setTo}
      />
      <Button
        disabled={to.length === 0}
        onClick={() => {
          onChange(copyRule(charter, matter, to.filter(isMatter)))
          setTo([])
        }}
      >
        {t('copy.do')}
      </Button>
    </Details>
  )
}

function OneMatter({ charter, matter, onMatter, onChange, error }: WorkbenchProps) {
  const t = useT(charters)
  const words = useT(communities)
  const chosen: Matter = isMatter(matter) ? matter : 'access.grant'
  const rule = charter.matters[chosen]
  const example = charter.matters['access.grant'] ?? Object.values(charter.matters)[0]
  return (
    <>
      <SelectField
        id={`matters-${chosen}`}
        label={t('rule.matter')}
        choices={MATTERS.map((value) => ({ value, label: words.code('matter', value) }))}
        value={chosen}
        onChange={({ currentTarget }) => onMatter(currentTarget.value)}
      />
      {rule && (
        <div className={css.rule}>
          <RuleFields
            key={chosen}
            charter={charter}
            matter={chosen}
            rule={rule}
            onChange={(next) => onChange(withRule(charter, chosen, next))}
            error={error}
          />
          <Copy
            key={`copy ${chosen}`}
            charter={charter}
            matter={chosen}
            onChange={onChange}
            error={error}
          />
        </div>
      )}
      {!rule && example && (
        <Notice tone="wait" title={t('rule.none')}>
          <Button onClick={() => onChange(withRule(charter, chosen, example))}>
            {t('rule.add')}
          </Button>
        </Notice>
      )}
    </>
  )
}

/** Everything about a charter that a community can set without writing data. */
export function CharterWorkbench(props: WorkbenchProps) {
  const t = useT(charters)
  const { charter, onChange, error } = props
  const fields = { charter, onChange, error }
  return (
    <div id="charter-editor" className={css.editor}>
      <Section title={t('rule.title')}>
        <p>{t('rule.intro')}</p>
        <OneMatter {...props} />
      </Section>
      <Section title={t('bodies.title')} id="bodies">
        <p>{t('bodies.intro')}</p>
        <BodyFields {...fields} />
      </Section>
      <Section title={t('common.title')}>
        <CommonFields {...fields} />
      </Section>
      <Section title={t('name.section')}>
        <Words {...fields} />
      </Section>
    </div>
  )
}
