import type { PreviewQuery } from '../graphql/generated.ts'
import { reading } from '../i18n/areas/reading.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Section, Table } from '../ui/Page.tsx'
import css from './Preview.module.css'

type Shown = NonNullable<PreviewQuery['preview']['preview']>
type TableSample = NonNullable<Shown['table']>
type Sound = NonNullable<Shown['sound']>

interface PreviewSampleProps {
  readonly preview: Shown
  /** What was declared, for the address of the sound. */
  readonly said: URLSearchParams
  /** Languages of the dataset: a column that is named so holds text in it. */
  readonly tags: readonly string[]
}

/** The beginning of one file: lines, rows with what the columns hold, or sound. */
export function PreviewSample({ preview, said, tags }: PreviewSampleProps) {
  const t = useT(reading)
  const { path, version, lines, table, sound, more } = preview
  // What is said about the data may be in another language.
  const [only] = tags.length === 1 && !path.endsWith('.md') ? tags : []
  return (
    <Section title={t('preview.file', { path, version })}>
      {lines && (
        <ol className={css.lines} lang={only} dir="auto">
          {lines.map((line, nth) => (
            <li key={`${String(nth)} ${line}`} dir="auto">
              {line}
            </li>
          ))}
        </ol>
      )}
      {table && <Rows table={table} tags={tags} />}
      {sound && <Heard sound={sound} path={path} said={said} />}
      {!lines && !table && !sound && <p>{t('preview.noSound')}</p>}
      {more && <p>{t('preview.more')}</p>}
    </Section>
  )
}

interface RowsProps {
  readonly table: TableSample
  readonly tags: readonly string[]
}

function Rows({ table: { columns, rows, read }, tags }: RowsProps) {
  const t = useT(reading)
  const language = (name: string | undefined) => tags.find((tag) => tag === name)
  return (
    <>
      <Table
        caption={t('preview.rows', { count: rows.length })}
        head={columns.map(({ name }) => name)}
        rows={rows.map((cells, nth) => ({
          key: String(nth),
          cells: cells.map((cell, at) => (
            <span key={columns[at]?.name} lang={language(columns[at]?.name)} dir="auto">
              {cell}
            </span>
          )),
        }))}
      />
      <Table
        caption={t('preview.columns', { count: read })}
        head={[
          t('preview.column'),
          t('preview.filled'),
          t('preview.different'),
          t('preview.length'),
        ]}
        rows={columns.map(({ name, filled, different, shortest, longest }) => ({
          key: name,
          cells: [name, filled, different, t('preview.lengths', { shortest, longest })],
        }))}
      />
    </>
  )
}

const WIDTH = 4
const HEIGHT = 48

interface HeardProps {
  readonly sound: Sound
  readonly path: string
  readonly said: URLSearchParams
}

function Heard({ sound: { url, seconds, ofSeconds, peaks }, path, said }: HeardProps) {
  const t = useT(reading)
  const format = useFormat()
  const query = said.toString()
  const tall = (peak: number): number => Math.max(1, peak * HEIGHT)
  return (
    <>
      <svg
        className={css.peaks}
        viewBox={`0 0 ${peaks.length * WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {peaks.map((peak, nth) => (
          <rect
            key={String(nth)}
            x={nth * WIDTH}
            y={(HEIGHT - tall(peak)) / 2}
            width={WIDTH - 1}
            height={tall(peak)}
          />
        ))}
      </svg>
      <audio
        className={css.player}
        controls
        preload="none"
        src={query ? `${url}?${query}` : url}
        aria-label={t('preview.play', { path })}
      >
        {/* What is said stands in other files of the dataset, if anywhere. */}
        <track kind="captions" />
      </audio>
      <p>{t('preview.heard', { part: format.number(seconds), whole: format.number(ofSeconds) })}</p>
    </>
  )
}
