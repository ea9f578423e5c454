import { decisions } from '../i18n/areas/decisions.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Details, Table } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { SpanBars } from '../ui/SpanBars.tsx'

/** How one closed vote went, as the registry tells it. */
export interface ShownResult {
  readonly proposal: string
  readonly title: string
  readonly closedAt: string
  readonly deciders: number | null
  readonly cast: number | null
  readonly daysToDecision: number
  readonly daysToEffect: number | null
}

interface ResultsProps {
  readonly results: readonly ShownResult[]
}

function useWords() {
  const t = useT(decisions)
  return {
    t,
    part: ({ deciders, cast }: ShownResult) =>
      deciders === null || cast === null
        ? t('chart.few')
        : t('chart.partOf', { cast, all: deciders }),
    days: (count: number | null) => (count === null ? '' : t('chart.days', { count })),
  }
}

function Participation({ results }: ResultsProps) {
  const { t, part } = useWords()
  return (
    <SpanBars
      caption={t('chart.part')}
      most={1}
      bars={results.map((result) => ({
        key: result.proposal,
        label: result.title,
        until: result.deciders ? (result.cast ?? 0) / result.deciders : 0,
        text: part(result),
      }))}
    />
  )
}

function Time({ results }: ResultsProps) {
  const { t, days } = useWords()
  const end = (one: ShownResult) => one.daysToEffect ?? one.daysToDecision
  return (
    <SpanBars
      caption={t('chart.time')}
      most={Math.max(1, ...results.map(end))}
      bars={results.map((result) => ({
        key: result.proposal,
        label: result.title,
        until: result.daysToDecision,
        text:
          result.daysToEffect === null
            ? days(result.daysToDecision)
            : t('chart.both', { decision: result.daysToDecision, effect: result.daysToEffect }),
        tone: 'wait',
      }))}
    />
  )
}

function ResultTable({ results }: ResultsProps) {
  const { t, part, days } = useWords()
  const format = useFormat()
  return (
    <Table
      caption={t('chart.title')}
      head={[
        t('chart.decision'),
        t('chart.closed'),
        t('chart.part'),
        t('chart.toDecision'),
        t('chart.toEffect'),
      ]}
      rows={results.map((result) => ({
        key: result.proposal,
        cells: [
          <Link key="title" to={`/decisions/${result.proposal}`} dir="auto">
            {result.title}
          </Link>,
          format.day(result.closedAt),
          part(result),
          days(result.daysToDecision),
          days(result.daysToEffect),
        ],
      }))}
    />
  )
}

/** Who took part in the newest votes and how long they took: two charts, their table, their file. */
export function ResultCharts({ results, csv }: ResultsProps & { readonly csv: string }) {
  const { t } = useWords()
  if (results.length === 0) return <p>{t('chart.none')}</p>
  return (
    <>
      <Participation results={results} />
      <Time results={results} />
      <Details summary={t('chart.table')}>
        <ResultTable results={results} />
      </Details>
      <p>
        <a href={csv} download>
          {t('csv')}
        </a>
      </p>
    </>
  )
}

interface GroupsProps {
  readonly groups: readonly {
    readonly group: string
    readonly members: number
    readonly cast: number
  }[]
}

/** How the groups took part, where no group is so small that its number names people. */
function Groups({ groups }: GroupsProps) {
  const { t } = useWords()
  if (groups.length === 0) return null
  const words = (cast: number, members: number) => t('chart.partOf', { cast, all: members })
  return (
    <>
      <SpanBars
        caption={t('chart.groups')}
        most={1}
        bars={groups.map(({ group, members, cast }) => ({
          key: group,
          label: group,
          until: cast / members,
          text: words(cast, members),
        }))}
      />
      <Details summary={t('chart.table')}>
        <Table
          caption={t('chart.groups')}
          head={[t('chart.group'), t('chart.part')]}
          rows={groups.map(({ group, members, cast }) => ({
            key: group,
            cells: [group, words(cast, members)],
          }))}
        />
      </Details>
    </>
  )
}

interface ResultChartProps {
  readonly result: ShownResult
  readonly groups: GroupsProps['groups']
}

/** The same of one decision: its part taken and its way to the close and to the effect. */
export function ResultChart({ result, groups }: ResultChartProps) {
  const { t, part, days } = useWords()
  const { proposal, deciders, cast, daysToDecision, daysToEffect } = result
  const steps = [
    { key: 'decision', label: t('chart.toDecision'), until: daysToDecision },
    ...(daysToEffect === null
      ? []
      : [{ key: 'effect', label: t('chart.toEffect'), until: daysToEffect }]),
  ]
  return (
    <>
      {deciders !== null && (
        <SpanBars
          caption={t('chart.part')}
          most={deciders}
          bars={[{ key: 'part', label: part(result), until: cast ?? 0, text: '' }]}
        />
      )}
      <Groups groups={groups} />
      <SpanBars
        caption={t('chart.time')}
        most={Math.max(1, ...steps.map(({ until }) => until))}
        bars={steps.map((step) => ({ ...step, text: days(step.until), tone: 'wait' as const }))}
      />
      <Details summary={t('chart.table')}>
        <ResultTable results={[result]} />
      </Details>
      <p>
        <a href={`/decisions/${proposal}/result.csv`} download>
          {t('csv.one')}
        </a>
      </p>
    </>
  )
}
