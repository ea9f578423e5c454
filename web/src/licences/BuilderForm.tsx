import { useState } from 'react'
import type { LicenceJson, Problem } from '../../../policies/index.ts'
import { ProposeLicenceDocument } from '../graphql/generated.ts'
import { refusedAt, useCommand } from '../graphql/use-command.ts'
import { builder } from '../i18n/areas/builder.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import type { Draft } from '../ui/draft.ts'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { LiveForm, LiveState } from '../ui/LiveForm.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { DraftNotice } from '../ui/Steps.tsx'
import { type BuilderCommunity, type BuilderDraft, fieldOf, newestOfEach } from './builder-draft.ts'
import { LiveLicence, type Proofs, useProofs } from './LiveLicence.tsx'
import { useReading } from './use-reading.ts'
import { Workbench } from './Workbench.tsx'

interface BuilderFormProps {
  readonly community: BuilderCommunity
  readonly draft: Draft<BuilderDraft>
  readonly document: LicenceJson
  readonly now: string
  readonly onMade: (proposal: string) => void
}

function State({ problems, proofs }: { readonly problems: number; readonly proofs: Proofs }) {
  const t = useT(builder)
  const broken = proofs?.claims.filter(({ holds }) => holds !== true).length ?? 0
  return (
    <LiveState toLive={t('state.toLive')}>
      {problems > 0 && t('state.problems', { count: problems })}
      {problems === 0 && broken > 0 && t('state.broken', { count: broken })}
      {problems === 0 && broken === 0 && t('state.good', { count: proofs?.claims.length ?? 0 })}
    </LiveState>
  )
}

interface ProblemsProps {
  /** One entry a problem: the id of the control it is about and what to do. */
  readonly errors: readonly { readonly id: string; readonly text: string }[]
}

function Problems({ errors }: ProblemsProps) {
  const t = useT(builder)
  if (errors.length === 0) return null
  return (
    <Notice tone="wait" title={t('problems.title')}>
      <ul>
        {errors.map(({ id, text }) => (
          <li key={`${id} ${text}`}>
            <a href={`#${id}`}>{text}</a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** What keeps the licence from the vote, and the command that brings it there. */
function usePropose(
  { community, draft, document, onMade }: BuilderFormProps,
  found: readonly Problem[],
) {
  const t = useT(builder)
  const { replaces, reason } = draft.value
  const command = useCommand(ProposeLicenceDocument, (data) => data.proposeLicence)
  const [tried, setTried] = useState(false)
  const noReason = reason.trim() === ''
  const propose = async () => {
    setTried(true)
    if (found.length > 0 || noReason) return
    const input = { community: community.id, replaces: replaces || null, document, reason }
    const made = (await command.send({ input }))?.proposeLicence.proposal
    if (!made) return
    draft.clear()
    onMade(made.id)
  }
  const problems = found.map((one) => ({ id: fieldOf(one, document), text: one.message }))
  const missing = noReason && tried ? [{ id: 'reason', text: t('problem.reason') }] : []
  return { command, propose, tried, errors: [...problems, ...missing] }
}

interface ProposePartProps {
  readonly draft: Draft<BuilderDraft>
  readonly proposing: ReturnType<typeof usePropose>
}

function ProposePart({ draft: { value, change, clear }, proposing }: ProposePartProps) {
  const t = useT(builder)
  const { command, tried, errors } = proposing
  const mistake = errors.find(({ id }) => id === 'reason')?.text
  return (
    <Section title={t('propose.title')}>
      {tried ? <ErrorSummary errors={errors} /> : <Problems errors={errors} />}
      <TextArea
        id="reason"
        label={t('propose.reason')}
        hint={t('propose.reason.help')}
        value={value.reason}
        error={mistake ?? refusedAt(command.refused, 'reason')}
        onChange={({ currentTarget }) => change({ reason: currentTarget.value })}
      />
      <CommandAnswer command={command} />
      <ButtonRow>
        <Button type="submit" look="primary" large busy={command.busy}>
          {t('propose.submit')}
        </Button>
        <Button look="plain" onClick={clear}>
          {t('propose.discard')}
        </Button>
      </ButtonRow>
    </Section>
  )
}

/** The licence on the left, what it says and does beside it, and the way to the vote below. */
export function BuilderForm(props: BuilderFormProps) {
  const { community, draft, document, now } = props
  const { value, change } = draft
  const reading = useReading(document)
  const proofs = useProofs(reading.licence)
  const proposing = usePropose(props, reading.licence ? (proofs?.problems ?? []) : reading.problems)
  const { errors } = proposing
  const replaced = newestOfEach(community.licences).find(({ id }) => id === value.replaces)
  return (
    <Form onSubmit={proposing.propose}>
      <DraftNotice restored={draft.restored} onClear={draft.clear} />
      <LiveForm
        live={
          <LiveLicence
            document={document}
            reading={reading}
            proofs={proofs}
            preambles={value.preambles}
            replaced={replaced?.document}
            now={Date.parse(now)}
            onChange={(next) => change({ document: JSON.stringify(next) })}
          />
        }
      >
        <Workbench
          community={community}
          draft={value}
          document={document}
          sentences={reading.sentences}
          change={change}
          error={(field) => errors.find(({ id }) => id === field)?.text}
        />
        <ProposePart draft={draft} proposing={proposing} />
        <State problems={errors.length} proofs={proofs} />
      </LiveForm>
    </Form>
  )
}
