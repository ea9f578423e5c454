import { type LicenceJson, removeClause, setActions, USE_ACTIONS } from '../../../policies/index.ts'
import {
  addHumanClause,
  editableHumanClauses,
  setStatement,
} from '../../../policies/rules/edit-human.ts'
import { builder } from '../i18n/areas/builder.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { CheckboxGroup } from '../ui/Choices.tsx'
import { Section } from '../ui/Page.tsx'
import css from './Builder.module.css'
import { LocalTexts } from './LocalTexts.tsx'

interface HumanClausesProps {
  readonly document: LicenceJson
  /** What is wrong with the clauses, in words. */
  readonly error: string | undefined
  readonly onChange: (document: LicenceJson) => void
}

/** Clauses in words that only people can apply: whatever they cover goes to a vote. */
export function HumanClauses({ document, error, onChange }: HumanClausesProps) {
  const t = useT(builder)
  const words = useT(shared)
  const language = (globalThis.document?.documentElement.lang ?? '').split('-')[0] || 'en'
  return (
    <Section title={t('human.title')} id="human">
      <p>{t('human.intro')}</p>
      {editableHumanClauses(document).map(({ uid, actions, statement }) => (
        <div key={uid} className={css.rule}>
          <LocalTexts
            id={uid.replace(/^.*#/, 'rule-')}
            legend={t('human.statement')}
            hint={t('human.statement.help')}
            label={t('human.words')}
            long
            {...(error === undefined ? {} : { error })}
            value={statement}
            onChange={(texts) => onChange(setStatement(document, uid, texts))}
          />
          <CheckboxGroup
            name={`${uid} actions`}
            legend={t('human.actions')}
            columns
            choices={USE_ACTIONS.map((code) => ({
              value: code,
              label: words.code('action', code),
            }))}
            value={actions}
            onChange={(next) =>
              onChange(
                setActions(
                  document,
                  uid,
                  USE_ACTIONS.filter((action) => next.includes(action)),
                ),
              )
            }
          />
          <Button look="danger" onClick={() => onChange(removeClause(document, uid))}>
            {t('human.remove')}
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange(addHumanClause(document, [{ lang: language, text: '' }]))}>
        {t('human.add')}
      </Button>
    </Section>
  )
}
