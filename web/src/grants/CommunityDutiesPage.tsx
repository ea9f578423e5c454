import { CommunityDutiesDocument, type CommunityDutiesQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { grants } from '../i18n/areas/grants.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Card, Page, Section } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Empty, Failed, Loading, NotFound } from '../ui/State.tsx'
import { DutyAnswer, DutyWaiver } from './DutyAnswer.tsx'
import { DutyBoard } from './DutyBoard.tsx'
import { DutyLine } from './DutyLine.tsx'

type Community = NonNullable<CommunityDutiesQuery['community']>
type Owed = NonNullable<Community['grantsWithDuties']>[number]

/** What holders of grants owe a community, for everybody; what waits for an answer, for those who answer. */
export function CommunityDutiesPage() {
  const t = useT(grants)
  const { slug = '' } = useParams()
  const { data, error, refetch } = useQuery(CommunityDutiesDocument, { slug })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  const { community, registry } = data
  if (!community) return <NotFound />
  const { grantsWithDuties: owed } = community
  return (
    <Page title={t('owed.title')} lead={t('owed.lead', { community: community.name })}>
      {owed && (
        <Section title={t('owed.waiting')}>
          {owed.length === 0 && <Empty>{t('owed.none')}</Empty>}
          {waitingFirst(owed).map((grant) => (
            <OwedCard key={grant.id} grant={grant} now={registry.now} />
          ))}
        </Section>
      )}
      <DutyBoard board={community.dutyBoard} />
    </Page>
  )
}

const waits = ({ duties }: Owed) => duties.some(({ viewerCanAnswer }) => viewerCanAnswer)

const waitingFirst = (owed: readonly Owed[]): readonly Owed[] =>
  [...owed].sort((a, b) => Number(waits(b)) - Number(waits(a)))

const QUIET = new Set(['scheduled', 'accepted', 'waived'])

function OwedCard({ grant, now }: { readonly grant: Owed; readonly now: string }) {
  const t = useT(grants)
  const format = useFormat()
  const { id, dataset, issuedAt, expiresAt, duties } = grant
  return (
    <Card>
      <h3>
        <Link to={`/datasets/${dataset.id}`} dir="auto">
          {dataset.title}
        </Link>
      </h3>
      <p>{t('termText', { from: format.day(issuedAt), to: format.day(expiresAt) })}</p>
      <ul>
        {duties
          .filter(({ phase }) => !QUIET.has(phase))
          .map((duty) => (
            <li key={`${duty.clause} ${duty.kind}`}>
              <DutyLine duty={duty} now={now} />
              {duty.viewerCanAnswer && <DutyAnswer grant={id} duty={duty.kind} />}
              <DutyWaiver grant={id} duty={duty.kind} />
            </li>
          ))}
      </ul>
    </Card>
  )
}
