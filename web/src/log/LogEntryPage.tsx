import { LogEntryDocument } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { log } from '../i18n/areas/log.ts'
import { useT } from '../i18n/use-t.ts'
import { Facts, Page, Section } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Failed, Loading, NotFound } from '../ui/State.tsx'
import { Day } from '../ui/Text.tsx'
import css from './Log.module.css'
import { ProofCheck } from './ProofCheck.tsx'

function Neighbours({ index, size }: { readonly index: number; readonly size: number }) {
  const t = useT(log)
  return (
    <nav className={css.paging}>
      {index > 0 && <Link to={`/log/entries/${index - 1}`}>{t('entry.previous')}</Link>}
      {index + 1 < size && <Link to={`/log/entries/${index + 1}`}>{t('entry.next')}</Link>}
    </nav>
  )
}

/** One entry of the log, exactly as recorded, with a proof to check. */
export function LogEntryPage() {
  const t = useT(log)
  const { index: given = '' } = useParams()
  const index = /^\d{1,15}$/.test(given) ? Number(given) : -1
  const { data, error, fetching, refetch } = useQuery(
    LogEntryDocument,
    { before: index + 1 },
    { pause: index < 0 },
  )
  const entry = data?.log.entries.find((one) => one.index === index)
  if (fetching) return <Loading />
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data || !entry) return <NotFound />
  return (
    <Page
      title={t('entry.title', { index })}
      lead={t('entry.lead')}
      canonical={`/log/entries/${index}`}
      above={<Link to="/log">{t('title')}</Link>}
    >
      <Facts
        facts={[
          [t('entry.type'), t.code('type', entry.type)],
          [t('entry.about'), <code key="stream">{entry.stream}</code>],
          [t('entry.day'), <Day key="day" iso={entry.day} />],
          [t('entry.leaf'), <code key="hash">{entry.leafHash}</code>],
        ]}
      />
      <ProofCheck key={index} entry={entry} verifierKey={data.log.verifierKey} />
      <Section title={t('entry.bytes')} id="bytes">
        <p>{t('entry.bytesNote')}</p>
        <pre dir="ltr">{entry.leaf}</pre>
      </Section>
      <Neighbours index={index} size={data.log.size} />
    </Page>
  )
}
