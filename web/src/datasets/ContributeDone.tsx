import { contribute } from '../i18n/areas/contribute.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { Copy } from '../ui/Copy.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { saveText } from '../ui/save-text.ts'
import { useNewHeading } from '../ui/use-new-heading.ts'
import type { HandedIn } from './ContributePage.tsx'

interface ContributeDoneProps {
  readonly done: HandedIn
  readonly onMore: () => void
}

export function ContributeDone({ done, onMore }: ContributeDoneProps) {
  const t = useT(contribute)
  useNewHeading()
  const { receipt, secret, contribution, title } = done
  const kept = [secret, receipt].filter(Boolean).join('\n\n')
  return (
    <Page title={t('done.title')} narrow>
      <Notice tone="good" live>
        <p dir="auto">{t('done.text', { dataset: title })}</p>
      </Notice>
      {secret && (
        <>
          <p>{t('done.secretText')}</p>
          <Copy label={t('done.secret')} value={secret} rows={2} />
        </>
      )}
      {receipt && (
        <>
          <p>{t('done.receiptText')}</p>
          <Copy label={t('done.receipt')} value={receipt} rows={8} />
        </>
      )}
      <ButtonRow>
        {receipt && (
          <Button
            look="primary"
            onClick={() => saveText(`contribution-${contribution?.id ?? ''}.txt`, kept)}
          >
            {t('done.save')}
          </Button>
        )}
        <ButtonLink to="/account">{t('done.account')}</ButtonLink>
        <Button onClick={onMore}>{t('done.more')}</Button>
      </ButtonRow>
    </Page>
  )
}
