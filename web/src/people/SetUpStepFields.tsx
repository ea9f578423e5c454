import type { SetUpChoicesQuery } from '../graphql/generated.ts'
import { type Refusal, refusedAt } from '../graphql/use-command.ts'
import { setUp } from '../i18n/areas/set-up.ts'
import { useT } from '../i18n/use-t.ts'
import { problemAt } from '../ui/problem.ts'
import { CharterStep } from './CharterStep.tsx'
import { CommunityStep } from './CommunityStep.tsx'
import { FoundersStep } from './FoundersStep.tsx'
import { LicenceStep } from './LicenceStep.tsx'
import { OperatorStep } from './OperatorStep.tsx'
import { SetUpReview } from './SetUpReview.tsx'
import type { SetUpDraft, SetUpProblem, SetUpStep } from './set-up-draft.ts'

/** What every step of the wizard is given. */
export interface StepProps {
  readonly draft: SetUpDraft
  readonly choices: SetUpChoicesQuery
  readonly bodies: readonly string[]
  readonly onChange: (patch: Partial<SetUpDraft>) => void
  readonly error: (field: string) => string | undefined
}

interface SetUpStepFieldsProps extends Omit<StepProps, 'error'> {
  readonly step: SetUpStep
  readonly steps: readonly SetUpStep[]
  readonly problems: readonly SetUpProblem[]
  readonly refused: Refusal | null
  readonly password: string
  readonly onPassword: (password: string) => void
  readonly go: (step: number) => void
}

export function SetUpStepFields({ step, problems, refused, ...rest }: SetUpStepFieldsProps) {
  const t = useT(setUp)
  const { steps, password, onPassword, go, ...common } = rest
  const error = (field: string) => problemAt(t, problems, field) ?? refusedAt(refused, field)
  const props = { ...common, error }
  switch (step) {
    case 'operator':
      return <OperatorStep {...props} password={password} onPassword={onPassword} />
    case 'community':
      return <CommunityStep {...props} />
    case 'charter':
      return <CharterStep {...props} />
    case 'founders':
      return <FoundersStep {...props} />
    case 'licence':
      return <LicenceStep {...props} />
    case 'review':
      return <SetUpReview {...props} steps={steps} go={go} />
  }
}
