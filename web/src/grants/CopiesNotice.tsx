import { grants } from '../i18n/areas/grants.ts'
import { useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'

interface CopiesNoticeProps {
  /** Id of the dataset. */
  readonly dataset: string
  readonly fingerprint: boolean | null | undefined
  /** `asked`: before access is asked for; `granted`: of what one has. */
  readonly said: 'asked' | 'granted'
}

/** Whoever gets copies with rows missing is told so, and why. Nothing where copies are whole. */
export function CopiesNotice({ dataset, fingerprint, said }: CopiesNoticeProps) {
  const t = useT(grants)
  if (!fingerprint) return null
  return (
    <Notice tone="note" title={t('copies.title')}>
      <p>{t(`copies.${said}`)}</p>
      <p>
        <a href={`/datasets/${dataset}/fingerprint`}>{t('copies.more')}</a>
      </p>
    </Notice>
  )
}
