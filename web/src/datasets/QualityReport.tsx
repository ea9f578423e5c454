import type { FoundQualityFragment } from '../graphql/generated.ts'
import { quality as area } from '../i18n/areas/quality.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Tag } from '../ui/Notice.tsx'
import { Details } from '../ui/Page.tsx'

/** What was found while the files were read, and what nobody looked at. */
export function QualityReport({ quality }: { readonly quality: FoundQualityFragment }) {
  const t = useT(area)
  const format = useFormat()
  const { findings, lengths, shortestSeconds, medianSeconds, longestSeconds } = quality
  const seconds = (value: number | null) => format.number(value ?? 0)
  return (
    <>
      {findings.length === 0 && <p>{t('none')}</p>}
      <ul>
        {findings.map(({ severity, code, count, of }) => (
          <li key={code}>
            <Tag tone={severity === 'warning' ? 'wait' : 'note'}>
              {t.code('severity', severity)}
            </Tag>{' '}
            {said(t, code, { count, of })}
          </li>
        ))}
      </ul>
      {longestSeconds !== null && (
        <p>
          {t('seconds', {
            shortest: seconds(shortestSeconds),
            median: seconds(medianSeconds),
            longest: seconds(longestSeconds),
          })}
        </p>
      )}
      {lengths.length > 0 && (
        <Details summary={t('lengths')}>
          <ul>
            {lengths.map((count, place) => (
              <li key={2 ** place}>
                {t('length', { from: 2 ** place, to: 2 ** (place + 1) - 1, count })}
              </li>
            ))}
          </ul>
        </Details>
      )}
      <p>{t('limits')}</p>
    </>
  )
}

const codes = [
  'personal',
  'clipped',
  'silent',
  'short',
  'duplicates',
  'empty',
  'notNfc',
  'unheard',
  'notLooked',
] as const

/** A finding in words, or its code when this page does not know it yet. */
function said(
  t: ReturnType<typeof useT<typeof area.english>>,
  code: string,
  values: { readonly count: number; readonly of: number },
): string {
  const known = codes.find((one) => one === code)
  return known ? t(known, values) : code
}
