import { useState } from 'react'
import { useCommandKey } from '../graphql/command-key.ts'
import {
  RenewAccessDocument,
  TeamPlaceDocument,
  type TeamPlaceQuery,
} from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { refusedAt, useCommand } from '../graphql/use-command.ts'
import { grants } from '../i18n/areas/grants.ts'
import { request } from '../i18n/areas/request.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Button, ButtonLink, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { SelectField, TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { useNavigate, useParams } from '../ui/router.tsx'
import { Failed, Loading, NotAllowed, NotFound } from '../ui/State.tsx'
import { CopiesNotice } from './CopiesNotice.tsx'
import { DatasetName } from './DatasetName.tsx'
import { DutyLine } from './DutyLine.tsx'
import { requestTerms, shortestProject, teamOf } from './request-draft.ts'

type Held = NonNullable<TeamPlaceQuery['grant']>

/** The one page by which a holder asks for a further term. */
export function RenewPage() {
  const t = useT(grants)
  const format = useFormat()
  const { id = '' } = useParams()
  const { data, error, refetch } = useQuery(TeamPlaceDocument, { id })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  if (!data.viewer) return <NotAllowed />
  const { grant, registry } = data
  if (grant?.viewerRole !== 'holder') return <NotFound />
  return (
    <Page
      title={t('renew.title')}
      lead={t('renew.lead', { end: format.day(grant.expiresAt) })}
      narrow
      above={<DatasetName dataset={grant.dataset} />}
    >
      <CopiesNotice
        dataset={grant.dataset.id}
        fingerprint={grant.dataset.page?.fingerprint}
        said="asked"
      />
      <Section title={t('duties.title')}>
        <p>{t('renew.duties')}</p>
        <ul>
          {grant.duties.map((duty) => (
            <li key={`${duty.clause} ${duty.kind}`}>
              <DutyLine duty={duty} now={registry.now} />
            </li>
          ))}
        </ul>
      </Section>
      <Renewable grant={grant} />
    </Page>
  )
}

interface HeldProps {
  readonly grant: Held
}

const OVER: ReadonlySet<string> = new Set(['revoked', 'renewed', 'expired'])

function Renewable({ grant }: HeldProps) {
  const t = useT(grants)
  if (grant.pendingRenewal)
    return (
      <Notice tone="note">
        <p>{t('renew.pending')}</p>
        <ButtonLink to={`/requests/${grant.pendingRenewal.id}`}>{t('renew.see')}</ButtonLink>
      </Notice>
    )
  if (OVER.has(grant.state)) return <p>{t('renew.over')}</p>
  if (grant.duties.some(({ overdue }) => overdue))
    return (
      <Notice tone="bad">
        <p>{t('renew.overdue')}</p>
        <ButtonLink to={`/grants#${grant.id}`}>{t('place.toGrants')}</ButtonLink>
      </Notice>
    )
  return <RenewForm grant={grant} />
}

const emailsOf = ({ team }: Held) =>
  team.flatMap(({ state, email }) => (state !== 'ended' && email ? [email] : [])).join('\n')

/** What is typed, and how it is sent. */
function useRenewal(grant: Held) {
  const navigate = useNavigate()
  const keyOf = useCommandKey()
  const command = useCommand(RenewAccessDocument, (data) => data.renewAccess)
  const [draft, setDraft] = useState({ changes: '', days: '365', team: emailsOf(grant) })
  const [tried, setTried] = useState(false)
  const short = draft.changes.trim().length < shortestProject
  const send = async () => {
    setTried(true)
    if (short) return
    const input = {
      grant: grant.id,
      changes: draft.changes.trim(),
      days: Number(draft.days),
      acceptedDuties: grant.duties.map(({ kind }) => kind),
      team: [...teamOf(draft)],
    }
    const data = await command.send({ input: { ...input, key: keyOf(input) } })
    const made = data?.renewAccess.request
    if (made) await navigate(`/requests/${made.id}`)
  }
  const change = (patch: Partial<typeof draft>) => setDraft({ ...draft, ...patch })
  return { draft, change, send, command, tooShort: tried && short }
}

function RenewForm({ grant }: HeldProps) {
  const t = useT(grants)
  const asking = useT(request)
  const { draft, change, send, command, tooShort } = useRenewal(grant)
  const problem = tooShort ? asking('problem.project', { count: shortestProject }) : undefined
  return (
    <Form onSubmit={send}>
      <TextArea
        label={t('renew.changes')}
        hint={t('renew.changes.help')}
        rows={6}
        maxLength={8000}
        value={draft.changes}
        error={problem ?? refusedAt(command.refused, 'changes')}
        onChange={(event) => change({ changes: event.currentTarget.value })}
      />
      <SelectField
        label={t('renew.days')}
        choices={requestTerms.map((count) => ({
          value: String(count),
          label: asking('promise.daysCount', { count }),
        }))}
        value={draft.days}
        error={refusedAt(command.refused, 'days')}
        onChange={(event) => change({ days: event.currentTarget.value })}
      />
      <TextArea
        label={asking('promise.team')}
        hint={t('renew.team.help')}
        optional
        rows={3}
        dir="ltr"
        value={draft.team}
        error={refusedAt(command.refused, 'team')}
        onChange={(event) => change({ team: event.currentTarget.value })}
      />
      <CommandAnswer command={command} />
      <ButtonRow>
        <Button type="submit" look="primary" busy={command.busy}>
          {t('renew.send')}
        </Button>
      </ButtonRow>
    </Form>
  )
}
