import { setUp } from '../i18n/areas/set-up.ts'
import { useT } from '../i18n/use-t.ts'
import { RadioGroup } from '../ui/Choices.tsx'
import { Details } from '../ui/Page.tsx'
import { charterRules } from './charter-rules.ts'
import type { StepProps } from './SetUpStepFields.tsx'
import { type BodySizes, bodiesToFill, bodySizes, type SetUpDraft } from './set-up-draft.ts'

export function CharterStep({ draft, choices, onChange, error }: StepProps) {
  const t = useT(setUp)
  const names = (bodies: readonly string[]) => bodies.map((body) => t.code('body', body)).join(', ')
  const chosen = choices.charterTemplates.find(({ name }) => name === draft.charter)
  return (
    <>
      <p>{t('charter.lead')}</p>
      <RadioGroup
        name="charter"
        legend={t('charter.choose')}
        framed
        choices={choices.charterTemplates.map(({ name, title, description }) => ({
          value: name,
          label: <strong>{title}</strong>,
          hint: description,
        }))}
        value={draft.charter}
        error={error('charter')}
        onChange={(charter) => onChange({ charter })}
      />
      {chosen && (
        <>
          <p>{t('charter.bodies', { bodies: names(bodiesToFill(chosen.bodies)) })}</p>
          <CharterRules document={chosen.document} sizes={ruleSizes(chosen.bodies, draft)} />
        </>
      )}
    </>
  )
}

/** Until the founders are named, the rules are read out for bodies of a size that is common. */
function ruleSizes(bodies: readonly string[], { founders }: SetUpDraft): BodySizes {
  const example = bodies.map((body) => [body, { members: 5, groups: 3 }] as const)
  return { ...Object.fromEntries(example), ...bodySizes(founders) }
}

interface CharterRulesProps {
  readonly document: unknown
  readonly sizes: BodySizes
}

/** How each kind of matter is decided, sentence by sentence, from the charter itself. */
export function CharterRules({ document, sizes }: CharterRulesProps) {
  const t = useT(setUp)
  const rules = charterRules(document, sizes)
  return (
    <section>
      <h3>{t('charter.rules')}</h3>
      <p>{t('charter.example')}</p>
      {rules.map(({ matter, text }) => (
        <Details key={matter} summary={t.code('matter', matter)}>
          <ul>
            {text.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Details>
      ))}
    </section>
  )
}
