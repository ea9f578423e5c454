import { useState } from 'react'
import {
  AcceptTeamPlaceDocument,
  TeamPlaceDocument,
  type TeamPlaceQuery,
} from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { refusedAt, useCommand } from '../graphql/use-command.ts'
import { grants } from '../i18n/areas/grants.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Button, ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { CheckboxGroup } from '../ui/Choices.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Facts, Page, Section } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Failed, Loading, NotAllowed, NotFound } from '../ui/State.tsx'
import { CopiesNotice } from './CopiesNotice.tsx'
import { DatasetName } from './DatasetName.tsx'
import { EndPlace } from './GrantTeam.tsx'
import { RequestWho } from './RequestWho.tsx'
import { emptyRequest, type RequestDraft, toPrecheck } from './request-draft.ts'

type Shared = NonNullable<TeamPlaceQuery['grant']>

/** Somebody who was named reads what it is about, and takes it on or declines. */
export function TeamPlacePage() {
  const t = useT(grants)
  const { id = '' } = useParams()
  const { data, error, refetch } = useQuery(TeamPlaceDocument, { id })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  if (!data.viewer) return <NotAllowed />
  const { grant } = data
  const place = grant?.team.find(({ viewer }) => viewer)
  if (!grant || !place) return <NotFound />
  const holder = grant.holder ?? t('someone')
  return (
    <Page
      title={t('place.title')}
      lead={t('place.lead', { holder, dataset: grant.dataset.title })}
      narrow
      above={<DatasetName dataset={grant.dataset} />}
    >
      <CopiesNotice dataset={grant.dataset.id} fingerprint={grant.fingerprint} said="granted" />
      <Terms grant={grant} />
      {place.state === 'accepted' ? (
        <Notice tone="good">
          <p>{t('place.accepted')}</p>
          <ButtonLink to="/grants">{t('place.toGrants')}</ButtonLink>
        </Notice>
      ) : (
        <Accept grant={grant} />
      )}
      <EndPlace
        grant={grant.id}
        member={place.id}
        text={t(place.state === 'named' ? 'team.decline' : 'team.leave')}
      />
    </Page>
  )
}

interface SharedProps {
  readonly grant: Shared
}

function Terms({ grant }: SharedProps) {
  const t = useT(grants)
  const words = useT(shared)
  const format = useFormat()
  const list = (group: string, codes: readonly string[]) =>
    codes.map((code) => words.code(group, code)).join(' · ')
  return (
    <>
      <Facts
        facts={[
          [
            t('term'),
            t('termText', { from: format.day(grant.issuedAt), to: format.day(grant.expiresAt) }),
          ],
          [t('purposes'), list('purpose', grant.purposes)],
          [t('actions'), list('action', grant.actions)],
        ]}
      />
      {grant.terms && (
        <>
          <ul>
            {grant.terms.summary.map(({ clause, kind, text }) => (
              <li key={`${clause} ${kind} ${text}`} dir="auto">
                {text}
              </li>
            ))}
          </ul>
          <p>
            <Link to={`/licences/${grant.terms.digest}`} dir="auto">
              {t('place.licence', { title: grant.terms.title, version: grant.terms.version })}
            </Link>
          </p>
        </>
      )}
    </>
  )
}

function Accept({ grant }: SharedProps) {
  const t = useT(grants)
  const [draft, setDraft] = useState<RequestDraft>(emptyRequest)
  const [tried, setTried] = useState(false)
  const command = useCommand(AcceptTeamPlaceDocument, (data) => data.acceptTeamPlace)
  const change = (patch: Partial<RequestDraft>) => setDraft({ ...draft, ...patch })
  const lacking = grant.duties.some(({ kind }) => !draft.duties.includes(kind))
  const accept = () => {
    setTried(true)
    if (lacking) return
    const { facts, acceptedDuties } = toPrecheck('', draft)
    const licence = grant.terms?.digest ?? ''
    return command.send({ input: { grant: grant.id, licence, facts, acceptedDuties } })
  }
  return (
    <Form onSubmit={accept}>
      <RequestWho
        draft={draft}
        onChange={change}
        error={(field) => refusedAt(command.refused, field)}
      />
      <Promises
        grant={grant}
        draft={draft}
        onChange={change}
        error={tried && lacking ? t('problem.duties') : undefined}
      />
      <CommandAnswer command={command} />
      <ButtonRow>
        <Button type="submit" look="primary" busy={command.busy}>
          {t('place.accept')}
        </Button>
      </ButtonRow>
    </Form>
  )
}

interface PromisesProps extends SharedProps {
  readonly draft: RequestDraft
  readonly onChange: (patch: Partial<RequestDraft>) => void
  readonly error: string | undefined
}

function Promises({ grant, draft, onChange, error }: PromisesProps) {
  const t = useT(grants)
  const words = useT(shared)
  if (grant.duties.length === 0) return <p>{t('duties.none')}</p>
  return (
    <Section title={t('place.duties')}>
      <p>{t('place.dutiesText')}</p>
      <CheckboxGroup
        name="duties"
        legend={t('place.duties')}
        framed
        choices={grant.duties.map(({ kind, text }) => ({
          value: kind,
          label: words.code('duty', kind),
          hint: text,
        }))}
        value={draft.duties}
        error={error}
        onChange={(duties) => onChange({ duties })}
      />
    </Section>
  )
}
