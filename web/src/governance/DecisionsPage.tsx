import { MATTERS } from '../../../policies/rules/matters.ts'
import { DecisionsDocument, type DecisionsQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { communities as words } from '../i18n/areas/communities.ts'
import { decisions } from '../i18n/areas/decisions.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import css from '../log/Log.module.css'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { GetForm } from '../ui/GetForm.tsx'
import { Tag } from '../ui/Notice.tsx'
import { Facts, Page, Table } from '../ui/Page.tsx'
import { Link, useSearchParams } from '../ui/router.tsx'
import { Empty, Failed, Loading } from '../ui/State.tsx'
import own from './Decision.module.css'
import { csvAddress, filterNames, wantedIn } from './decision-filters.ts'
import { toneOf } from './phase-tone.ts'

type Row = DecisionsQuery['proposals']['nodes'][number]

interface FilterProps {
  readonly communities: DecisionsQuery['communities']
  readonly params: URLSearchParams
}

function Filter({ communities, params }: FilterProps) {
  const t = useT(decisions)
  const places = useT(words)
  return (
    <GetForm action="/decisions" className={css.filter}>
      <label>
        {t('filter.community')}
        <select name="community" defaultValue={params.get('community') ?? ''}>
          <option value="">{t('filter.anyCommunity')}</option>
          {communities.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('filter.state')}
        <select name="state" defaultValue={params.get('state') ?? ''}>
          <option value="">{t('filter.any')}</option>
          {filterNames.map((name) => (
            <option key={name} value={name}>
              {t(`filter.${name}`)}
            </option>
          ))}
          <option value="unanswered">{t('filter.unanswered')}</option>
        </select>
      </label>
      <label>
        {t('filter.matter')}
        <select name="matter" defaultValue={params.get('matter') ?? ''}>
          <option value="">{t('filter.anyMatter')}</option>
          {MATTERS.map((name) => (
            <option key={name} value={name}>
              {places.code('matter', name)}
            </option>
          ))}
        </select>
      </label>
      <Button type="submit">{t('filter.apply')}</Button>
    </GetForm>
  )
}

const counters = ['decided', 'open', 'unanswered', 'unratifiedSuspensions'] as const

/** What was left undone is counted in the open, beside what was done. */
function Counters({ communities, params }: FilterProps) {
  const t = useT(decisions)
  const format = useFormat()
  const wanted = params.get('community')
  const chosen = communities.filter(({ id, slug }) => !wanted || id === wanted || slug === wanted)
  const sum = (name: (typeof counters)[number]) =>
    chosen.reduce((all, { register }) => all + register[name], 0)
  return <Facts facts={counters.map((name) => [t(`count.${name}`), format.number(sum(name))])} />
}

function useCells() {
  const t = useT(decisions)
  const words = useT(shared)
  const format = useFormat()
  return ({ id, title, phase, madeAt, closesAt, community, subject, tally }: Row) => [
    <span key="title">
      <Link to={`/decisions/${id}`} dir="auto">
        {title}
      </Link>
      {subject.dataset && (
        <>
          <br />
          <span dir="auto">{subject.dataset.title}</span>
        </>
      )}
    </span>,
    <Link key="community" to={`/communities/${community.slug}`} dir="auto">
      {community.name}
    </Link>,
    <Tag key="phase" tone={toneOf(phase)}>
      {words(`phase.${phase}`)}
    </Tag>,
    <span key="why" className={own.why} dir="auto">
      {tally?.reasons.join(' ')}
    </span>,
    phase === 'open' && closesAt ? t('closes', { date: format.day(closesAt) }) : format.day(madeAt),
  ]
}

function after(params: URLSearchParams, cursor: string | null): string {
  const next = new URLSearchParams(params)
  next.delete('after')
  if (cursor) next.set('after', cursor)
  return `/decisions?${next}`
}

/** The decision register: everything proposed here and what became of it. */
export function DecisionsPage() {
  const t = useT(decisions)
  const cells = useCells()
  const [params] = useSearchParams()
  const { data, error, fetching, refetch } = useQuery(DecisionsDocument, {
    ...wantedIn(params),
    first: 25,
    after: params.get('after'),
  })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  const found = data?.proposals
  return (
    <Page title={t('title')} lead={t('lead')} description={t('lead')} canonical="/decisions">
      {fetching && <Loading />}
      {data && <Filter key={String(params)} communities={data.communities} params={params} />}
      {data && <Counters communities={data.communities} params={params} />}
      {found?.nodes.length === 0 && <Empty>{t('empty')}</Empty>}
      {found && found.nodes.length > 0 && (
        <Table
          caption={t('title')}
          head={[
            t('table.title'),
            t('table.community'),
            t('table.state'),
            t('table.why'),
            t('table.date'),
          ]}
          rows={found.nodes.map((row) => ({ key: row.id, cells: cells(row) }))}
        />
      )}
      <nav className={css.paging}>
        {params.has('after') && <ButtonLink to={after(params, null)}>{t('first')}</ButtonLink>}
        {found?.pageInfo.hasNextPage && (
          <ButtonLink to={after(params, found.pageInfo.endCursor)}>{t('more')}</ButtonLink>
        )}
      </nav>
      <p>
        <a href={csvAddress(params)} download>
          {t('csv')}
        </a>
      </p>
    </Page>
  )
}
