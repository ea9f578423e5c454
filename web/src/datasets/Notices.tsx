import type { DatasetQuery } from '../graphql/generated.ts'
import { datasets } from '../i18n/areas/datasets.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Notice } from '../ui/Notice.tsx'

type Shown = NonNullable<DatasetQuery['dataset']>

/** What stands in the way of any use right now. */
export function Notices({ dataset }: { readonly dataset: Shown }) {
  const t = useT(datasets)
  const format = useFormat()
  const { suspended, takenDownAt, embargoUntil } = dataset
  return (
    <>
      {takenDownAt && (
        <Notice tone="bad" title={t('takenDown.title')}>
          <p>{t('takenDown.text', { date: format.instant(takenDownAt) })}</p>
        </Notice>
      )}
      {suspended && !takenDownAt && (
        <Notice tone="bad" title={t('suspended.title')}>
          <p dir="auto">{suspended.reason}</p>
          <p>
            {t('suspended.since', { date: format.instant(suspended.since) })}{' '}
            {suspended.ratified
              ? t('suspended.ratified')
              : t('suspended.ratifyBy', { date: format.instant(suspended.ratifyBy) })}
          </p>
        </Notice>
      )}
      {embargoUntil && (
        <Notice tone="wait" title={t('embargo.title')}>
          <p>{t('embargo.text', { date: format.instant(embargoUntil) })}</p>
        </Notice>
      )}
    </>
  )
}
