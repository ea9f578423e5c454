import { Fragment } from 'react'
import { TogetherDocument, type TogetherQuery } from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { licences } from '../i18n/areas/licences.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { SelectField } from '../ui/Field.tsx'
import { GetForm } from '../ui/GetForm.tsx'
import { Notice, Tag } from '../ui/Notice.tsx'
import { Page, Section, Table } from '../ui/Page.tsx'
import { Link, useSearchParams } from '../ui/router.tsx'
import { Failed, Loading } from '../ui/State.tsx'

type Joint = TogetherQuery['together']
type Joined = Joint['datasets'][number]

const path = '/licences/together'
const most = 5

const without = (params: URLSearchParams, id: string): string => {
  const rest = params.getAll('d').filter((one) => one !== id)
  return `${path}?${new URLSearchParams(rest.map((one) => ['d', one]))}`
}

/** Of all who keep it, each once. */
const licencesOf = ({ licence, custody }: Pick<Joined, 'licence' | 'custody'>) => {
  const all = [licence, ...(custody?.keepers.map((one) => one.licence) ?? [])]
  return [...new Map(all.flatMap((one) => (one ? [[one.digest, one]] : []))).values()]
}

function Chosen({ datasets }: { readonly datasets: readonly Joined[] }) {
  const t = useT(licences)
  const [params] = useSearchParams()
  return (
    <ul>
      {datasets.map(({ id, title, languages, licence, custody }) => (
        <li key={id}>
          <Link to={`/datasets/${id}`} lang={languages[0]} dir="auto">
            {title}
          </Link>
          {licencesOf({ licence, custody }).map(({ digest, title: name }) => (
            <Fragment key={digest}>
              {' · '}
              <Link to={`/licences/${digest}`} dir="auto">
                {name}
              </Link>
            </Fragment>
          ))}
          {custody && (
            <> ({custody.rule === 'any' ? t('together.rule.any') : t('together.rule.all')})</>
          )}
          {' · '}
          <Link to={without(params, id)}>
            {t('together.remove')}
            <span className="visually-hidden"> {title}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Add({ joint, all }: { readonly joint: Joint; readonly all: TogetherQuery['datasets'] }) {
  const t = useT(licences)
  const taken = joint.datasets.map(({ id }) => id)
  if (taken.length >= most) return <p>{t('together.most', { count: most })}</p>
  return (
    <GetForm action={path}>
      {taken.map((id) => (
        <input key={id} type="hidden" name="d" value={id} />
      ))}
      <SelectField
        key={taken.join()}
        name="d"
        label={t('together.add')}
        empty={t('together.choose')}
        choices={all.nodes
          .filter(({ id }) => !taken.includes(id))
          .map(({ id, title }) => ({ value: id, label: title }))}
      />
      <ButtonRow>
        <Button type="submit">{t('together.submit')}</Button>
      </ButtonRow>
    </GetForm>
  )
}

function Why({ action }: { readonly action: Joint['actions'][number] }) {
  const t = useT(licences)
  const names = (list: readonly { readonly title: string }[]) =>
    list.map(({ title }) => `“${title}”`).join(', ')
  if (action.possible) return t('together.possible')
  return (
    <>
      {action.refusing.length > 0 && (
        <p>{t('together.refusing', { names: names(action.refusing) })}</p>
      )}
      {action.clashing.map((pair) => (
        <p key={names(pair)}>{t('together.clashing', { names: names(pair) })}</p>
      ))}
      {action.refusing.length + action.clashing.length === 0 && <p>{t('together.onlyAll')}</p>}
    </>
  )
}

function Answer({ joint }: { readonly joint: Joint }) {
  const t = useT(licences)
  const words = useT(shared)
  const nothing = joint.actions.every(({ possible }) => !possible)
  return (
    <>
      <Section title={t('together.answer')} id="answer">
        {nothing && <Notice tone="bad">{t('together.nothing')}</Notice>}
        <Table
          caption={t('together.caption')}
          head={[t('together.action'), t('together.may'), t('together.why')]}
          rows={joint.actions.map((action) => ({
            key: action.action,
            cells: [
              words.code('action', action.action),
              <span key="may">
                <Tag tone={action.possible ? 'good' : 'bad'}>
                  {t(action.possible ? 'together.yes' : 'together.no')}
                </Tag>
              </span>,
              <Why key="why" action={action} />,
            ],
          }))}
        />
        <p>{t('together.advice')}</p>
      </Section>
      {joint.duties.length + joint.dutiesByChoice.length > 0 && !nothing && (
        <Section title={t('together.duties')} id="duties">
          <Duties duties={joint.duties} />
          {joint.dutiesByChoice.length > 0 && <p>{t('together.dutiesByChoice')}</p>}
          <Duties duties={joint.dutiesByChoice} />
        </Section>
      )}
    </>
  )
}

const Duties = ({ duties }: { readonly duties: readonly string[] }) =>
  duties.length > 0 && (
    <ul>
      {duties.map((duty) => (
        <li key={duty} dir="auto">
          {duty}
        </li>
      ))}
    </ul>
  )

/** What may be made from several datasets at once: every licence has to permit it. */
export function TogetherPage() {
  const t = useT(licences)
  const [params] = useSearchParams()
  const asked = params.getAll('d').filter(Boolean)
  const { data, error, fetching, refetch } = useQuery(TogetherDocument, { datasets: asked })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  return (
    <Page
      title={t('together.title')}
      lead={t('together.lead')}
      description={t('together.lead')}
      canonical={path}
      above={<Link to="/licences">{t('list.title')}</Link>}
    >
      {fetching && <Loading />}
      {data && (
        <>
          <Section title={t('together.datasets')}>
            <Chosen datasets={data.together.datasets} />
            {data.together.datasets.length < asked.length && (
              <Notice tone="note">{t('together.left')}</Notice>
            )}
            <Add joint={data.together} all={data.datasets} />
          </Section>
          {data.together.actions.length > 0 && <Answer joint={data.together} />}
        </>
      )}
    </Page>
  )
}
