import type { DatasetQuery } from '../graphql/generated.ts'
import { datasets } from '../i18n/areas/datasets.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Details, Facts, Section, Table } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { Empty } from '../ui/State.tsx'
import { DataText, Digest } from '../ui/Text.tsx'
import css from './Dataset.module.css'

type Version = NonNullable<DatasetQuery['dataset']>['versions'][number]

function VersionFiles({ version }: { readonly version: Version }) {
  const t = useT(datasets)
  const words = useT(shared)
  const format = useFormat()
  return (
    <>
      <p>
        {version.publishedAt && t('version.published', { date: format.day(version.publishedAt) })}
        {version.proposal && (
          <>
            {' · '}
            <Link to={`/decisions/${version.proposal.id}`}>{t('version.decision')}</Link>
          </>
        )}
        {' · '}
        {t('version.size', { size: format.size(version.totalSize) })}
        {' · '}
        <Link to={`/licences/${version.licence.digest}`} dir="auto">
          {version.licence.title}
        </Link>
        {version.newerLicence && (
          <>
            {' · '}
            <Link to={`/licences/${version.newerLicence.digest}`} dir="auto">
              {t('version.newerLicence', { version: version.newerLicence.version })}
            </Link>
          </>
        )}
      </p>
      {version.newerLicence && <p>{t('version.bothBind')}</p>}
      <Table
        caption={t('files.caption', { version: version.version })}
        head={[t('files.path'), t('files.size'), t('files.type'), t('files.sha')]}
        rows={version.files.map((file) => ({
          key: file.path,
          cells: [
            <span key="path" className={css.path} dir="auto">
              {file.path}
              {file.artefact && ` (${words.code('artefact', file.artefact)})`}
            </span>,
            format.size(file.size),
            file.mediaType,
            <Digest key="sha" value={file.sha256} />,
          ],
        }))}
      />
    </>
  )
}

interface VersionsProps {
  /** Id of the dataset. */
  readonly of: string
  readonly versions: readonly Version[]
}

/** Every published version with its files; the newest stands open. */
export function Versions({ of, versions }: VersionsProps) {
  const t = useT(datasets)
  const [newest, ...older] = versions
  const [before] = older
  return (
    <Section title={t('versions.title')} id="versions">
      {!newest && <Empty>{t('versions.none')}</Empty>}
      {newest && (
        <>
          <h3>{t('version.title', { version: newest.version })}</h3>
          <VersionFiles version={newest} />
          <p>{t('files.note')}</p>
          {before && (
            <Link to={`/datasets/${of}/versions/${before.version}...${newest.version}`}>
              {t('version.changes')}
            </Link>
          )}
        </>
      )}
      {older.length > 0 && <h3>{t('version.older')}</h3>}
      {older.map((version) => (
        <Details
          key={version.manifestDigest}
          summary={t('version.title', { version: version.version })}
        >
          <VersionFiles version={version} />
        </Details>
      ))}
    </Section>
  )
}

/** What the community says about the data, section by section. */
export function Statement({ version }: { readonly version: Version }) {
  const t = useT(datasets)
  const { sections, complete, missing } = version.statement
  const told = sections.filter(({ text }) => text.trim() !== '')
  return (
    <Section title={t('statement.title')} id="statement">
      <p>{t('statement.intro')}</p>
      {!complete && missing.length > 0 && (
        <p>{t('statement.incomplete', { missing: missing.join(', ') })}</p>
      )}
      <Facts
        facts={told.map(({ field, title, text }) => [
          title,
          <DataText key={field}>{text}</DataText>,
        ])}
      />
    </Section>
  )
}
