import { useState } from 'react'
import { SetUpChoicesDocument, type SetUpResultFragment } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { setUp } from '../i18n/areas/set-up.ts'
import { useT } from '../i18n/use-t.ts'
import { ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { Page } from '../ui/Page.tsx'
import { Failed, Loading } from '../ui/State.tsx'
import { SetUpDone } from './SetUpDone.tsx'
import { SetUpWizard } from './SetUpWizard.tsx'

export function SetUpPage() {
  const t = useT(setUp)
  const [result, setResult] = useState<SetUpResultFragment | null>(null)
  const { data, error, refetch } = useQuery(SetUpChoicesDocument, {})
  if (result?.community) return <SetUpDone result={result} />
  if (error) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  const firstRun = data.registry.needsSetUp
  if (!firstRun && !data.viewer?.operator) {
    return (
      <Page title={t('done.already')} lead={t('done.alreadyText')} narrow>
        <ButtonRow>
          <ButtonLink to="/sign-in?next=/set-up">{t('done.signIn')}</ButtonLink>
        </ButtonRow>
      </Page>
    )
  }
  return (
    <Page
      title={firstRun ? t('title') : t('titleAgain')}
      lead={firstRun ? t('lead') : t('leadAgain')}
      narrow
    >
      <SetUpWizard choices={data} firstRun={firstRun} onDone={setResult} />
    </Page>
  )
}
