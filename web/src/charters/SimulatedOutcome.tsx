import { charters } from '../i18n/areas/charters.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Notice, Tag, type Tone } from '../ui/Notice.tsx'
import { Details, Table } from '../ui/Page.tsx'
import { SpanBars } from '../ui/SpanBars.tsx'
import { ConditionList } from './ConditionList.tsx'
import type { Outcome, Refused, Span } from './simulate.ts'

const TONES = {
  open: 'note',
  extended: 'wait',
  veto: 'bad',
  appeal: 'wait',
  effect: 'good',
} as const satisfies Record<Span['name'], Tone>

function Timeline({ spans }: { readonly spans: readonly Span[] }) {
  const t = useT(charters)
  const format = useFormat()
  const most = Math.max(...spans.map(({ until }) => until))
  const words = ({ from, until }: Span) =>
    t('try.span', { from: format.number(from), until: format.number(until) })
  return (
    <>
      <SpanBars
        caption={t('try.timeline')}
        most={most}
        bars={spans.map((span) => ({
          key: span.name,
          label: t(`span.${span.name}`),
          from: span.from,
          until: span.until,
          text: words(span),
          tone: TONES[span.name],
        }))}
      />
      <Details summary={t('try.timelineTable')}>
        <Table
          caption={t('try.timeline')}
          head={[t('try.what'), t('try.from'), t('try.until')]}
          rows={spans.map(({ name, from, until }) => ({
            key: name,
            cells: [t(`span.${name}`), format.number(from), format.number(until)],
          }))}
        />
      </Details>
    </>
  )
}

function NotAdmitted({ refused }: { readonly refused: readonly Refused[] }) {
  const t = useT(charters)
  const format = useFormat()
  if (refused.length === 0) return null
  return (
    <Notice tone="wait" title={t('try.refused')}>
      <ul>
        {refused.map(({ what, day, message }, index) => (
          // The same may be refused twice: only its place tells the two apart.
          <li key={`${index} ${message}`}>
            {t('try.refusedLine', {
              what: t.code('act', what),
              day: format.number(day),
              message,
            })}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** What the rules make of a trial: where it ends, why, and when what may happen. */
export function SimulatedOutcome({ outcome }: { readonly outcome: Outcome }) {
  const t = useT(charters)
  const words = useT(shared)
  if (!outcome.ok) {
    return (
      <Notice tone="bad" title={t('try.cannotOpen')} live>
        <ul>
          {outcome.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </Notice>
    )
  }
  const { view, conditions, spans, refused } = outcome
  const { yes, no, abstain, deciders, pass } = view.tally
  return (
    <section id="try-outcome">
      <h3>{t('try.outcome')}</h3>
      <p role="status">
        <Tag tone={view.phase === 'enacted' ? 'good' : pass ? 'wait' : 'bad'}>
          {words.code('phase', view.phase)}
        </Tag>{' '}
        {t('try.counted', { yes, no, abstain, deciders })}
        {view.extensions > 0 && ` ${t('try.extended', { count: view.extensions })}`}
      </p>
      <ConditionList conditions={conditions} />
      <NotAdmitted refused={refused} />
      <Timeline spans={spans} />
    </section>
  )
}
