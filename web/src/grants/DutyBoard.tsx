import type { BoardLineFragment, CommunityDutiesQuery } from '../graphql/generated.ts'
import { grants } from '../i18n/areas/grants.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Section, Table } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { Empty } from '../ui/State.tsx'

type Board = NonNullable<CommunityDutiesQuery['community']>['dutyBoard']

/** What holders owe a community and what came back, for everybody to see. */
export function DutyBoard({ board }: { readonly board: Board }) {
  const t = useT(grants)
  const kind = useKind()
  const { counts, open, sharedBack, benefits } = board
  return (
    <>
      {counts.length > 0 && (
        <Table
          caption={t('board.counts')}
          head={[
            t('board.kind'),
            t('board.open'),
            t('board.late'),
            t('board.kept'),
            t('board.waived'),
          ]}
          rows={counts.map((one) => ({
            key: one.kind,
            cells: [kind(one.kind), one.open, one.late, one.kept, one.waived],
          }))}
        />
      )}
      <Section title={t('board.openTitle')}>
        <Lines order={t('board.urgent')} none={t('board.noOpen')} lines={open} />
      </Section>
      <Section title={t('board.sharedTitle')}>
        <Lines order={t('board.newest')} none={t('board.noShared')} lines={sharedBack} />
      </Section>
      <Section title={t('board.benefitTitle')}>
        <Lines order={t('board.newest')} none={t('board.noBenefits')} lines={benefits} />
      </Section>
    </>
  )
}

function useKind() {
  const t = useT(grants)
  const words = useT(shared)
  return (kind: string): string =>
    kind === 'deletion' ? t('board.kind.deletion') : words.code('duty', kind)
}

interface LinesProps {
  /** In which order they stand. */
  readonly order: string
  readonly none: string
  readonly lines: readonly BoardLineFragment[]
}

function Lines({ order, none, lines }: LinesProps) {
  const t = useT(grants)
  const format = useFormat()
  const kind = useKind()
  const when = ({ metAt, dueAt }: BoardLineFragment): string => {
    const at = metAt ?? dueAt
    return at ? format.day(at) : '–'
  }
  const told = lines.some(({ evidence }) => evidence && evidence.length > 0)
  if (lines.length === 0) return <Empty>{none}</Empty>
  return (
    <Table
      caption={order}
      head={[
        t('board.dataset'),
        t('board.kind'),
        t('board.state'),
        t('board.when'),
        ...(told ? [t('board.what')] : []),
        t('board.entry'),
      ]}
      rows={lines.map((line) => ({
        key: `${line.kind} ${line.entry} ${line.version}`,
        cells: [
          <Named key="dataset" line={line} />,
          kind(line.kind),
          t.code('board.phase', line.phase),
          when(line),
          ...(told ? [<Evidence key="evidence" line={line} />] : []),
          <Link key="entry" to={`/log/entries/${line.entry}`}>
            {line.entry}
          </Link>,
        ],
      }))}
    />
  )
}

function Named({ line: { dataset, title, version } }: { readonly line: BoardLineFragment }) {
  const t = useT(grants)
  const name = t('board.version', { title, version })
  return dataset ? (
    <Link to={`/datasets/${dataset.id}`} dir="auto">
      {name}
    </Link>
  ) : (
    <span dir="auto">{name}</span>
  )
}

function Evidence({ line: { evidence } }: { readonly line: BoardLineFragment }) {
  if (!evidence || evidence.length === 0) return '–'
  return (
    <ul>
      {evidence.map(({ field, text }) => (
        <li key={field} dir="auto">
          {text}
        </li>
      ))}
    </ul>
  )
}
