import type { OwnGrantFragment } from '../graphql/generated.ts'
import { grants } from '../i18n/areas/grants.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { Tag } from '../ui/Notice.tsx'
import { Link } from '../ui/router.tsx'
import { saveText } from '../ui/save-text.ts'
import { Instant } from '../ui/Text.tsx'

interface GrantDownloadsProps {
  readonly downloads: OwnGrantFragment['downloads']
}

/** Every handing over of bytes, each with its place in the log and its receipt. */
export function GrantDownloads({ downloads }: GrantDownloadsProps) {
  const t = useT(grants)
  return (
    <>
      <h3>{t('downloads.title')}</h3>
      {downloads.length === 0 && <p>{t('downloads.none')}</p>}
      <ul>
        {downloads.map(({ path, at, completed, entry, receipt }) => (
          <li key={entry}>
            <span dir="auto">{path}</span>{' '}
            <Tag tone={completed ? 'good' : 'wait'}>
              {completed ? t('downloads.complete') : t('downloads.partial')}
            </Tag>
            <br />
            <Instant iso={at} /> ·{' '}
            <Link to={`/log/entries/${entry}`}>
              {t('downloads.entry', { entry: String(entry) })}
            </Link>
            {receipt && (
              <>
                {' · '}
                <Button
                  look="plain"
                  aria-label={t('downloads.receiptLabel', { path })}
                  onClick={() => saveText(`download-${entry}.tlog-proof`, receipt)}
                >
                  {t('downloads.receipt')}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
