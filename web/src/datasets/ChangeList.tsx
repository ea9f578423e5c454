import type { ChangesBetweenFragment } from '../graphql/generated.ts'
import { reading } from '../i18n/areas/reading.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Details, Facts, Table } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { WordChanges } from '../ui/WordChanges.tsx'

type Changes = ChangesBetweenFragment
type FileChange = Changes['files'][number]
type Level = 'h2' | 'h3'

interface ChangeListProps {
  readonly changes: Changes
  /** Level of the headings. */
  readonly level: Level
}

/** What a version has otherwise than an older one: files, rows, statement and licence. */
export function ChangeList({ changes, level: Heading }: ChangeListProps) {
  const t = useT(reading)
  return (
    <>
      <Heading>{t('changes.files')}</Heading>
      <ChangedFiles changes={changes} />
      <Heading>{t('changes.statement')}</Heading>
      {changes.statement.length === 0 && <p>{t('changes.noStatement')}</p>}
      <Facts
        stacked
        facts={changes.statement.map(({ field, title, changes: words }) => [
          title,
          <WordChanges key={field} changes={words} />,
        ])}
      />
      <Heading>{t('changes.licence')}</Heading>
      <ChangedLicence changes={changes} />
    </>
  )
}

function ChangedFiles({ changes }: { readonly changes: Changes }) {
  const t = useT(reading)
  const { files, same } = changes
  return (
    <>
      {files.length === 0 ? <p>{t('changes.noFiles')}</p> : <FileTable changes={changes} />}
      {files.length > 0 && same > 0 && <p>{t('changes.same', { count: same })}</p>}
      <Details summary={t('changes.how')}>
        <p>{t('changes.withdrawn')}</p>
        <p>{t('changes.rowsNote')}</p>
      </Details>
    </>
  )
}

function FileTable({ changes: { from, to, files } }: { readonly changes: Changes }) {
  const t = useT(reading)
  const format = useFormat()
  const counted = files.some(({ rows }) => rows !== null)
  const size = ({ sizeBefore, sizeAfter }: FileChange): string =>
    [sizeBefore, sizeAfter]
      .flatMap((bytes) => (bytes === null ? [] : [format.size(bytes)]))
      .filter((text, nth, all) => all.indexOf(text) === nth)
      .join(' → ')
  const happened = ({ kind, before }: FileChange): string =>
    kind === 'moved' && before ? t('changes.kind.moved', { before }) : t.code('changes.kind', kind)
  return (
    <Table
      caption={t('changes.caption', { from, to })}
      head={[
        t('changes.file'),
        t('changes.kind'),
        t('changes.size'),
        ...(counted ? [t('changes.rows')] : []),
      ]}
      rows={files.map((file) => ({
        key: `${file.kind} ${file.path}`,
        cells: [
          <span key="path" dir="auto">
            {file.path}
          </span>,
          happened(file),
          size(file),
          ...(counted ? [file.rows ? t('changes.rowsText', file.rows) : '–'] : []),
        ],
      }))}
    />
  )
}

function ChangedLicence({ changes }: { readonly changes: Changes }) {
  const t = useT(reading)
  const { licenceBefore: before, licenceAfter: after } = changes
  if (!before || !after) return <p>{t('changes.licenceSame')}</p>
  const link = ({ digest, title, version }: NonNullable<Changes['licenceAfter']>) => (
    <Link to={`/licences/${digest}`} dir="auto">
      {t('changes.licenceText', { title, version })}
    </Link>
  )
  return (
    <p>
      <del>{link(before)}</del> → <ins>{link(after)}</ins>
    </p>
  )
}
