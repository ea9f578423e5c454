import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { Charter, Finding } from '../../../policies/rules/governance.ts'
import { ProposeCharterDocument } from '../graphql/generated.ts'
import { refusedAt, useCommand } from '../graphql/use-command.ts'
import { charters } from '../i18n/areas/charters.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import type { Draft } from '../ui/draft.ts'
import { TextArea } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { LiveForm, LiveState } from '../ui/LiveForm.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { DraftNotice } from '../ui/Steps.tsx'
import { CharterWorkbench } from './CharterWorkbench.tsx'
import {
  type CharterDraft,
  type EditorCommunity,
  findingsOf,
  following,
  idOf,
  matterAt,
} from './charter-draft.ts'
import { Findings } from './Findings.tsx'
import { LiveCharter } from './LiveCharter.tsx'

interface CharterFormProps {
  readonly community: EditorCommunity
  readonly draft: Draft<CharterDraft>
  readonly charter: Charter
  readonly now: string
  readonly onMade: (proposal: string) => void
}

/** What keeps the charter from the vote, and the command that brings it there. */
function usePropose(props: CharterFormProps, findings: readonly Finding[]) {
  const { community, draft, charter, onMade } = props
  const command = useCommand(ProposeCharterDocument, (data) => data.proposeCharter)
  const [tried, setTried] = useState(false)
  const { reason } = draft.value
  const propose = async () => {
    setTried(true)
    const unsound = findings.some(({ severity }) => severity === 'error')
    if (unsound || reason.trim() === '') return document.getElementById('propose')?.focus()
    const input = { community: community.id, document: charter, reason }
    const made = (await command.send({ input }))?.proposeCharter.proposal
    if (!made) return
    draft.clear()
    onMade(made.id)
  }
  return { command, propose, noReason: tried && reason.trim() === '' }
}

/** Goes to the control a finding is about, once its matter is shown. */
function useGoTo(change: (patch: Partial<CharterDraft>) => void) {
  const [target, setTarget] = useState<string | null>(null)
  useEffect(() => {
    if (target === null) return
    const parts = target.split('-')
    // A finding about a whole rule has no control of its own: its first one stands for it.
    const ids = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'))
    const found = ids.map((id) => document.getElementById(id)).find((one) => one !== null)
    found?.focus()
    found?.scrollIntoView({ block: 'center' })
    setTarget(null)
  }, [target])
  return (path: string) => {
    const matter = matterAt(path)
    if (matter) change({ matter })
    setTarget(idOf(path))
  }
}

interface ProposePartProps {
  readonly draft: Draft<CharterDraft>
  readonly proposing: ReturnType<typeof usePropose>
  readonly findings: readonly Finding[]
  readonly onGo: (path: string) => void
}

function ProposePart({ draft, proposing, findings, onGo }: ProposePartProps) {
  const t = useT(charters)
  const { command, noReason } = proposing
  return (
    <Section title={t('propose.title')}>
      <div id="propose" tabIndex={-1}>
        <Findings findings={findings.filter(({ severity }) => severity === 'error')} onGo={onGo} />
      </div>
      <TextArea
        id="reason"
        label={t('propose.reason')}
        hint={t('propose.reason.help')}
        value={draft.value.reason}
        error={noReason ? t('problem.reason') : refusedAt(command.refused, 'reason')}
        onChange={({ currentTarget }) => draft.change({ reason: currentTarget.value })}
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
  )
}

/** Somebody else's amendment was adopted since this draft was begun. */
function Stale({ onContinue }: { readonly onContinue: () => void }) {
  const t = useT(charters)
  return (
    <Notice tone="wait" title={t('stale.title')}>
      <p>{t('stale.text')}</p>
      <Button onClick={onContinue}>{t('stale.continue')}</Button>
    </Notice>
  )
}

function State({ findings }: { readonly findings: readonly Finding[] }) {
  const t = useT(charters)
  const count = findings.filter(({ severity }) => severity === 'error').length
  return (
    <LiveState toLive={t('state.toLive')}>
      {count > 0 ? t('state.findings', { count }) : t('state.good')}
    </LiveState>
  )
}

/** The rules on the left, what they say and do beside them, and the way to the vote below. */
export function CharterForm(props: CharterFormProps) {
  const { community, draft, charter, now } = props
  const { value, change } = draft
  const settled = useDeferredValue(charter)
  const findings = useMemo(() => findingsOf(settled, community), [settled, community])
  const proposing = usePropose(props, findings)
  const goTo = useGoTo(change)
  const put = (next: Charter) => change({ document: JSON.stringify(next) })
  return (
    <Form onSubmit={proposing.propose}>
      <DraftNotice restored={draft.restored} onClear={draft.clear} />
      {charter.previous !== community.charter.digest && (
        <Stale onContinue={() => put(following(charter, { community, now }))} />
      )}
      <LiveForm
        live={
          <LiveCharter
            community={community}
            charter={settled}
            matter={value.matter}
            findings={findings}
            onGo={goTo}
          />
        }
      >
        <CharterWorkbench
          charter={charter}
          matter={value.matter}
          onMatter={(matter) => change({ matter })}
          onChange={put}
          error={(path) => findings.find((one) => one.path === path)?.message}
        />
        <ProposePart draft={draft} proposing={proposing} findings={findings} onGo={goTo} />
        <State findings={findings} />
      </LiveForm>
    </Form>
  )
}
