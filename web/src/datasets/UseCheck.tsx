import { type FormEvent, useState } from 'react'
import { ACTOR_KINDS, PURPOSES, USE_ACTIONS } from '../../../policies/rules/vocabulary.ts'
import { datasets } from '../i18n/areas/datasets.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useLocale, useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { Checkbox, Group } from '../ui/Choices.tsx'
import { CountryOptions } from '../ui/CountryOptions.tsx'
import { Field } from '../ui/Field.tsx'
import { GetForm } from '../ui/GetForm.tsx'
import { Section } from '../ui/Page.tsx'
import { Link, useLocation } from '../ui/router.tsx'
import { Answer } from './Answer.tsx'
import css from './Dataset.module.css'
import type { TermsPart, UseQuestion } from './use-answer.ts'
import { answerNow, loadKernel, questionOf } from './use-question.ts'

function WhoFields({ question }: { readonly question: UseQuestion }) {
  const t = useT(datasets)
  const words = useT(shared)
  return (
    <>
      <Field label={t('check.actor')} optional>
        {(control) => (
          <select name="actor" defaultValue={question.actorKind} {...control}>
            <option value="">{t('check.unsaid')}</option>
            {ACTOR_KINDS.map((code) => (
              <option key={code} value={code}>
                {words(`actor.${code}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('check.tie')} optional>
        {(control) => (
          <select name="tie" defaultValue={question.commercialTie} {...control}>
            <option value="">{t('check.unsaid')}</option>
            <option value="no">{t('check.tie.no')}</option>
            <option value="yes">{t('check.tie.yes')}</option>
          </select>
        )}
      </Field>
      <Field label={t('check.country')} optional>
        {(control) => (
          <select name="country" defaultValue={question.country} {...control}>
            <option value="">{t('check.unsaid')}</option>
            <CountryOptions />
          </select>
        )}
      </Field>
    </>
  )
}

function WhatFields({ question }: { readonly question: UseQuestion }) {
  const t = useT(datasets)
  const words = useT(shared)
  return (
    <>
      <Field label={t('check.purpose')}>
        {(control) => (
          <select name="purpose" defaultValue={question.purpose} required {...control}>
            <option value="">{t('check.choose')}</option>
            {PURPOSES.map((code) => (
              <option key={code} value={code}>
                {words(`purpose.${code}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Group legend={t('check.actions')}>
        <div className={css.actions}>
          {USE_ACTIONS.map((code) => (
            <Checkbox
              key={code}
              name="action"
              value={code}
              defaultChecked={question.actions.includes(code)}
              label={words(`action.${code}`)}
            />
          ))}
        </div>
      </Group>
    </>
  )
}

interface UseCheckProps {
  readonly dataset: string
  /** Everything that has a say, part by part. */
  readonly terms: readonly TermsPart[]
  /** The registry's time. */
  readonly now: string
}

/** "Can I use this for…?" Answers while one chooses, and by a plain form where no script runs. */
export function UseCheck({ dataset, terms, now }: UseCheckProps) {
  const t = useT(datasets)
  const { code } = useLocale()
  const { search } = useLocation()
  const asked = questionOf(new URLSearchParams(search))
  const [question, setQuestion] = useState(asked)
  const follow = async (event: FormEvent<HTMLElement>) => {
    const form = event.currentTarget.closest('form') ?? event.currentTarget.querySelector('form')
    if (!form) return
    const params = new URLSearchParams()
    for (const [name, value] of new FormData(form)) params.append(name, String(value))
    await loadKernel()
    setQuestion(questionOf(params))
  }
  const answer = answerNow(terms, question, now, code)
  return (
    <Section title={t('check.title')} id="check">
      <div className={css.box} onChange={(event) => void follow(event)}>
        <p>{t('check.intro')}</p>
        <GetForm action={`/datasets/${dataset}`} anchor="answer">
          <WhatFields question={asked} />
          <WhoFields question={asked} />
          <ButtonRow>
            <Button type="submit">{t('check.submit')}</Button>
          </ButtonRow>
        </GetForm>
        <p>
          <Link to={`/licences/together?d=${dataset}`}>{t('check.together')}</Link>
        </p>
        <div id="answer" className={css.answer} aria-live="polite">
          {answer ? <Answer answer={answer} dataset={dataset} /> : <p>{t('check.needPurpose')}</p>}
        </div>
      </div>
    </Section>
  )
}
