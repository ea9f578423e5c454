import { useState } from 'react'
import { forgetRecordings } from '../datasets/kept-recordings.ts'
import { SignOutDocument } from '../graphql/generated.ts'
import { useMutation } from '../graphql/hooks.ts'
import { people } from '../i18n/areas/people.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { forgetDrafts } from '../ui/draft.ts'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'

export function SignOutPage() {
  const t = useT(people)
  const [run, { fetching, error }] = useMutation(SignOutDocument)
  const [done, setDone] = useState(false)
  const signOut = async (forget: boolean) => {
    const { data } = await run({})
    if (!data) return
    if (forget) {
      forgetDrafts(localStorage)
      await forgetRecordings(indexedDB).catch(() => undefined)
    }
    setDone(true)
  }
  if (done) {
    return (
      <Page title={t('signOut.title')} narrow>
        <Notice tone="good" title={t('signOut.done')} live />
        <ButtonRow>
          <ButtonLink to="/sign-in">{t('signOut.again')}</ButtonLink>
        </ButtonRow>
      </Page>
    )
  }
  return (
    <Page title={t('signOut.title')} lead={t('signOut.lead')} narrow>
      <CommandAnswer command={{ refused: null, error }} />
      <ButtonRow>
        <Button look="primary" busy={fetching} onClick={() => signOut(false)}>
          {t('signOut.submit')}
        </Button>
        <Button busy={fetching} onClick={() => signOut(true)}>
          {t('signOut.submitForget')}
        </Button>
      </ButtonRow>
    </Page>
  )
}
