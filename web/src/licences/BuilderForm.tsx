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
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { DraftNotice } from '../ui/Steps.tsx'
import css from './Builder.module.css'
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

/** One line that always says how it stands, and on a phone leads to the rest. */
function State({ problems, proofs }: { readonly problems: number; readonly proofs: Proofs }) {
  const t = useT(builder)
  const broken = proofs?.claims.filter(({ holds }) => holds !== true).length ?? 0
  return (
    <p className={css.state}>
      <span role="status">
        {problems > 0 && t('state.problems', { count: problems })}
        {problems === 0 && broken > 0 && t('state.broken', { count: broken })}
        {problems === 0 && broken === 0 && t('state.good', { count: proofs?.claims.length ?? 0 })}
      </span>
      <a className={css.toLive} href="#live">
        {t('state.toLive')}
      </a>
    </p>
  )
}

function Problems({
  problems,
  document,
}: {
  readonly problems: readonly Problem[]
  readonly document: LicenceJson
}) {
  const t = useT(builder)
  if (problems.length === 0) return null
  return (
    <Notice tone="wait" title={t('problems.title')}>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.path} ${problem.message}`}>
            <a href={`#${fieldOf(problem, document)}`}>{problem.message}</a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** The licence on the left, what it says and does beside it, and the way to the vote below. */
export function BuilderForm({ community, draft, document, now, onMade }: BuilderFormProps) {
  const t = useT(builder)
  const { value, change } = draft
  const reading = useReading(document)
  const proofs = useProofs(reading.licence)
  const command = useCommand(ProposeLicenceDocument, (data) => data.proposeLicence)
  const [tried, setTried] = useState(false)
  const problems = reading.licence ? (proofs?.problems ?? []) : reading.problems
  const noReason = tried && value.reason.trim() === ''
  const error = (field: string) => problems.find((one) => fieldOf(one, document) === field)?.message
  const propose = async () => {
    setTried(true)
    if (problems.length > 0 || value.reason.trim() === '') return
    const replaces = value.replaces || null
    const input = { community: community.id, replaces, document, reason: value.reason.trim() }
    const made = (await command.send({ input }))?.proposeLicence.proposal
    if (!made) return
    draft.clear()
    onMade(made.id)
  }
  const errors = [
    ...problems.map((one) => ({ id: fieldOf(one, document), text: one.message })),
    ...(noReason ? [{ id: 'reason', text: t('problem.reason') }] : []),
  ]
  return (
    <Form onSubmit={propose}>
      <DraftNotice restored={draft.restored} onClear={draft.clear} />
      <div className={css.bench}>
        <div>
          <Workbench
            community={community}
            draft={value}
            document={document}
            sentences={reading.sentences}
            change={change}
            error={error}
          />
          <Section title={t('propose.title')}>
            {tried ? (
              <ErrorSummary errors={errors} />
            ) : (
              <Problems problems={problems} document={document} />
            )}
            <TextArea
              id="reason"
              label={t('propose.reason')}
              hint={t('propose.reason.help')}
              value={value.reason}
              error={noReason ? t('problem.reason') : refusedAt(command.refused, 'reason')}
              onChange={({ currentTarget }) => change({ reason: currentTarget.value })}
            />
            <CommandAnswer command={command} />
            <ButtonRow>
              <Button type="submit" look="primary" large busy={command.busy}>
                {t('propose.submit')}
              </Button>
              <Button look="plain" onClick={draft.clear}>
                {t('propose.discard')}
              </Button>
            </ButtonRow>
          </Section>
          <State problems={problems.length} proofs={proofs} />
        </div>
        <LiveLicence
          document={document}
          reading={reading}
          proofs={proofs}
          preambles={value.preambles}
          replaced={
            newestOfEach(community.licences).find(({ id }) => id === value.replaces)?.document
          }
          now={Date.parse(now)}
          onChange={(next) => change({ document: JSON.stringify(next) })}
        />
      </div>
    </Form>
  )
}
