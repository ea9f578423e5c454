import { LogDocument, type LogQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { log } from '../i18n/areas/log.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { GetForm } from '../ui/GetForm.tsx'
import { Page, Section, Table } from '../ui/Page.tsx'
import { Link, useSearchParams } from '../ui/router.tsx'
import { Empty, Failed, Loading } from '../ui/State.tsx'
import { Day } from '../ui/Text.tsx'
import { entryTypes } from './entry-types.ts'
import css from './Log.module.css'

type Entries = LogQuery['log']['entries']
const pageSize = 25

function Filter({ type }: { readonly type: string }) {
  const t = useT(log)
  return (
    <GetForm action="/log" className={css.filter}>
      <label>
        {t('filter.type')}
        <select name="type" defaultValue={type}>
          <option value="">{t('filter.any')}</option>
          {entryTypes.map((code) => (
            <option key={code} value={code}>
              {t.code('type', code)}
            </option>
          ))}
        </select>
      </label>
      <Button type="submit">{t('filter.apply')}</Button>
    </GetForm>
  )
}

function Entries({
  entries,
  params,
}: {
  readonly entries: Entries
  readonly params: URLSearchParams
}) {
  const t = useT(log)
  const last = entries.at(-1)
  const older = new URLSearchParams(params)
  if (last) older.set('before', String(last.index))
  const newest = new URLSearchParams(params)
  newest.delete('before')
  if (!last) return <Empty>{t('empty')}</Empty>
  return (
    <>
      <Table
        caption={t('table.caption')}
        head={[t('table.index'), t('table.type'), t('table.about'), t('table.day')]}
        rows={entries.map(({ index, type, stream, day }) => ({
          key: String(index),
          cells: [
            <Link key="index" to={`/log/entries/${index}`}>
              {index}
            </Link>,
            t.code('type', type),
            <code key="stream">{stream}</code>,
            <Day key="day" iso={day} />,
          ],
        }))}
      />
      <nav className={css.paging}>
        {params.has('before') && <ButtonLink to={`/log?${newest}`}>{t('newest')}</ButtonLink>}
        {entries.length === pageSize && last.index > 0 && (
          <ButtonLink to={`/log?${older}`}>{t('older')}</ButtonLink>
        )}
      </nav>
    </>
  )
}

/** The public log, newest entries first, and the checkpoint that binds them. */
export function LogPage() {
  const t = useT(log)
  const [params] = useSearchParams()
  const type = params.get('type') ?? ''
  const before = Number(params.get('before') ?? Number.NaN)
  const { data, error, fetching, refetch } = useQuery(LogDocument, {
    first: pageSize,
    before: Number.isSafeInteger(before) ? before : null,
    type: type || null,
  })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  return (
    <Page title={t('title')} lead={t('lead')} description={t('description')} canonical="/log">
      <Filter key={type} type={type} />
      {fetching && <Loading />}
      {data && (
        <>
          <p>{t('size', { count: data.log.size })}</p>
          <Entries entries={data.log.entries} params={params} />
          <Section title={t('checkpoint.title')} id="checkpoint">
            <p>{t('checkpoint.intro')}</p>
            <pre dir="ltr">{data.log.checkpoint}</pre>
          </Section>
        </>
      )}
    </Page>
  )
}
