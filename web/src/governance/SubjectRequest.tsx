import type { BallotSubjectFragment } from '../graphql/generated.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Details, Facts } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { DataParagraphs, DataText, Instant } from '../ui/Text.tsx'
import { WordChanges } from '../ui/WordChanges.tsx'
import { FactList } from './SubjectFacts.tsx'

interface SubjectRequestProps {
  readonly request: NonNullable<BallotSubjectFragment['request']>
}

/** Who asks, for what, what they promise, and what the licence says of it. */
export function SubjectRequest({ request }: SubjectRequestProps) {
  const t = useT(ballot)
  const words = useT(shared)
  const { decision, facts } = request
  const list = (group: string, codes: readonly string[]) =>
    codes.map((code) => words.code(group, code)).join(' · ')
  return (
    <>
      <Facts
        facts={[
          request.requester
            ? [t('subject.requester'), <DataText key="who">{request.requester}</DataText>]
            : null,
          [t('subject.purposes'), list('purpose', request.purposes)],
          [t('subject.actions'), list('action', request.actions)],
          request.team?.length
            ? [t('subject.team'), <DataText key="team">{request.team.join(', ')}</DataText>]
            : null,
        ]}
      />
      <h3>{t('subject.request')}</h3>
      <DataParagraphs text={request.project} />
      {typeof facts === 'object' && facts !== null && (
        <FactList title={t('subject.facts')} facts={{ ...facts }} />
      )}
      {request.again && <Again again={request.again} />}
      <Submissions submissions={request.submissions ?? []} />
      <h3>{t('subject.answer')}</h3>
      <ul>
        {decision.reasons.map(({ clause, text }) => (
          <li key={`${clause} ${text}`} dir="auto">
            {text}
          </li>
        ))}
      </ul>
      {decision.duties.length > 0 && (
        <>
          <h3>{t('subject.duties')}</h3>
          <ul>
            {decision.duties.map(({ clause, kind, withinDays }) => (
              <li key={clause}>
                {words.code('duty', kind)}
                {withinDays !== null && ` (${t('subject.within', { count: withinDays })})`}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** What is not a declared fact. */
const OWN: ReadonlySet<string> = new Set([
  'purposes',
  'actions',
  'duties',
  'days',
  'team',
  'project',
])

/** Where codes are compared and no sentences. */
const GROUPS: Readonly<Record<string, string>> = {
  purposes: 'purpose',
  actions: 'action',
  duties: 'duty',
  actorKind: 'actor',
}

type Request = NonNullable<BallotSubjectFragment['request']>
type Change = NonNullable<Request['again']>['changes'][number]

/** What was put in and taken out, each code in the words it has elsewhere on the page. */
function useRuns() {
  const words = useT(shared)
  const t = useT(ballot)
  return ({ field, changes }: Change): Change['changes'] => {
    if (OWN.has(field) && GROUPS[field] === undefined) return changes
    const say = (code: string) =>
      GROUPS[field] === undefined ? t.code('yesNo', code) : words.code(GROUPS[field], code)
    const runs = changes.flatMap(({ kind, text }) =>
      text.split(/\s+/).flatMap((code) => (code === '' ? [] : [{ kind, text: say(code) }])),
    )
    return runs.map((run, nth) =>
      nth === runs.length - 1 ? run : { ...run, text: `${run.text} · ` },
    )
  }
}

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const t = useT(ballot)
  const runsOf = useRuns()
  return changes.map((change) => (
    <div key={change.field}>
      <h4>{t.code(OWN.has(change.field) ? 'submission' : 'fact', change.field)}</h4>
      <WordChanges changes={runsOf(change)} />
    </div>
  ))
}

/** Asked again after a no: what is otherwise now. */
function Again({ again }: { readonly again: NonNullable<Request['again']> }) {
  const t = useT(ballot)
  return (
    <>
      <h3>{t('again.title')}</h3>
      <p>
        {t(again.changes.length > 0 ? 'again.text' : 'again.same')}{' '}
        <Link to={`/requests/${again.request.id}`}>{t('again.see')}</Link>
      </p>
      <Changes changes={again.changes} />
    </>
  )
}

type Submission = NonNullable<NonNullable<BallotSubjectFragment['request']>['submissions']>[number]

/** A request that was returned: what every later one changed, the newest first. */
function Submissions({ submissions }: { readonly submissions: readonly Submission[] }) {
  const t = useT(ballot)
  if (submissions.length < 2) return null
  return (
    <>
      <h3>{t('submission.title')}</h3>
      {submissions
        .slice(1)
        .toReversed()
        .map(({ number, at, changes }, index) => (
          <Details
            key={number}
            open={index === 0}
            summary={t('submission.number', { number: String(number) })}
          >
            <p>
              <Instant iso={at} />
            </p>
            <Changes changes={changes} />
          </Details>
        ))}
    </>
  )
}
