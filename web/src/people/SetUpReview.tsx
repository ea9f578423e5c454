import type { ReactNode } from 'react'
import { setUp } from '../i18n/areas/set-up.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { Card, Facts } from '../ui/Page.tsx'
import { DataText } from '../ui/Text.tsx'
import type { StepProps } from './SetUpStepFields.tsx'
import { countryCodes, type SetUpStep } from './set-up-draft.ts'

interface SetUpReviewProps extends StepProps {
  readonly steps: readonly SetUpStep[]
  readonly go: (step: number) => void
}

export function SetUpReview({ draft, choices, steps, go }: SetUpReviewProps) {
  const t = useT(setUp)
  const charter = choices.charterTemplates.find(({ name }) => name === draft.charter)
  const licence = choices.licenceTemplates.find(({ name }) => name === draft.licence)
  const words: Readonly<Record<SetUpStep, ReactNode>> = {
    operator: `${draft.operatorName} · ${draft.operatorEmail}`,
    community: (
      <Facts
        stacked
        facts={[
          [t('community.name'), <DataText key="name">{draft.name}</DataText>],
          [t('community.slug'), `/communities/${draft.slug}`],
          [t('community.description'), <DataText key="text">{draft.description}</DataText>],
        ]}
      />
    ),
    charter: charter?.title,
    founders: (
      <ul>
        {draft.founders.map((founder) => (
          <li key={founder.email}>
            <DataText>{founder.name}</DataText> · {founder.email} ·{' '}
            {founder.bodies.map((body) => t.code('body', body)).join(', ')}
            {founder.group && ` · ${founder.group}`}
          </li>
        ))}
      </ul>
    ),
    licence: `${draft.licenceTitle} (${licence?.title ?? ''}) · ${countryCodes(draft.home).join(' ')} · ${countryCodes(draft.region).join(' ')}`,
    review: null,
  }
  return (
    <>
      <p>{t('review.lead')}</p>
      {steps.slice(0, -1).map((step, index) => (
        <Card key={step}>
          <h3>{t(`step.${step}`)}</h3>
          <div>{words[step]}</div>
          <Button
            look="plain"
            aria-label={t('review.changeLabel', { step: t(`step.${step}`) })}
            onClick={() => go(index)}
          >
            {t('review.change')}
          </Button>
        </Card>
      ))}
    </>
  )
}
