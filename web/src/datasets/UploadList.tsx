import { contribute } from '../i18n/areas/contribute.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import css from './Upload.module.css'
import { UploadContent } from './UploadContent.tsx'
import type { ArrivedFile, UploadItem } from './upload-queue.ts'

interface UploadListProps {
  readonly items: readonly UploadItem[]
  readonly onRetry: (path: string) => void
  readonly onRemove: (path: string) => void
  readonly onBecame: (path: string, files: readonly ArrivedFile[]) => void
}

/** Each file with where it stands, and what can be done about it. */
export function UploadList({ items, ...acts }: UploadListProps) {
  const t = useT(contribute)
  return (
    <ul className={css.list} aria-label={t('files.list')}>
      {items.map((item) => (
        <UploadRow key={item.path} item={item} {...acts} />
      ))}
    </ul>
  )
}

type UploadRowProps = Omit<UploadListProps, 'items'> & { readonly item: UploadItem }

function UploadRow({ item, onRetry, onRemove, onBecame }: UploadRowProps) {
  const t = useT(contribute)
  const format = useFormat()
  const { path, size, sent, state, problem, upload } = item
  const share = size > 0 && state !== 'done' && sent > 0 ? ` · ${format.size(sent)}` : ''
  return (
    <li>
      <span className={css.path} dir="auto">
        {path}
      </span>
      <span className={css.state}>
        {format.size(size)}
        {share} · {t(`state.${state}`)}
      </span>
      {problem && <p className={css.problem}>{t(`problem.${problem}`)}</p>}
      <span className={css.acts}>
        {state === 'failed' && (
          <Button
            look="plain"
            aria-label={t('files.retryLabel', { path })}
            onClick={() => onRetry(path)}
          >
            {t('files.retry')}
          </Button>
        )}
        <Button
          look="plain"
          aria-label={t('files.removeLabel', { path })}
          onClick={() => onRemove(path)}
        >
          {t('files.remove')}
        </Button>
      </span>
      {upload && (
        <UploadContent path={path} upload={upload} onBecame={(files) => onBecame(path, files)} />
      )}
    </li>
  )
}
