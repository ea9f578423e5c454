import { CommunityDutiesDocument, type CommunityDutiesQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { grants } from '../i18n/areas/grants.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Card, Page } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Empty, Failed, Loading, NotAllowed, NotFound } from '../ui/State.tsx'
import { DutyAnswer, DutyWaiver } from './DutyAnswer.tsx'
import { DutyLine } from './DutyLine.tsx'

type Community = NonNullable<CommunityDutiesQuery['community']>
type Owed = NonNullable<Community['grantsWithDuties']>[number]

/** What holders of grants owe a community: what waits for an answer first. */
export function CommunityDutiesPage() {
  const t = useT(grants)
  const { slug = '' } = useParams()
  const { data, error, refetch } = useQuery(CommunityDutiesDocument, { slug })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  const { community, registry } = data
  if (!community) return <NotFound />
  const { grantsWithDuties: owed } = community
  if (!owed) return <NotAllowed message={t('owed.notSeated')} signedIn={data.viewer !== null} />
  return (
    <Page title={t('owed.title')} lead={t('owed.lead', { community: community.name })} narrow>
      {owed.length === 0 && <Empty>{t('owed.none')}</Empty>}
      {waitingFirst(owed).map((grant) => (
        <OwedCard key={grant.id} grant={grant} now={registry.now} />
      ))}
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
      <h2>
        <Link to={`/datasets/${dataset.id}`} dir="auto">
          {dataset.title}
        </Link>
      </h2>
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
