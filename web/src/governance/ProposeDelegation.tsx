import { ACTOR_KINDS, PURPOSES } from '../../../policies/rules/vocabulary.ts'
import { UseFields } from '../datasets/UseFields.tsx'
import { propose } from '../i18n/areas/propose.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Checkbox, CheckboxGroup } from '../ui/Choices.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import { Consequences } from './Consequences.tsx'
import type { ProposeFieldProps } from './ProposeForm.tsx'

/** `unlisted` is for people to judge each time. */
const handedPurposes = PURPOSES.filter((code) => code !== 'unlisted')
const territoryCodes = ['home', 'region', 'nonHighIncome', 'other'] as const

/** Which requests need no ballot from then on, and until when. */
export function ProposeDelegation({ community, draft, onChange, error }: ProposeFieldProps) {
  const t = useT(propose)
  return (
    <>
      <UseFields
        use={draft}
        onChange={onChange}
        error={error}
        legends={{ purposes: t('field.purposes'), actions: t('field.actions') }}
        among={handedPurposes}
      />
      <CheckboxGroup
        name="datasets"
        legend={t('field.datasets')}
        hint={t('field.datasets.help')}
        choices={community.datasets
          .filter(({ takenDownAt }) => takenDownAt === null)
          .map(({ id, title }) => ({ value: id, label: <bdi>{title}</bdi> }))}
        value={draft.datasets}
        error={error('datasets')}
        onChange={(datasets) => onChange({ datasets })}
      />
      <WhoFields draft={draft} onChange={onChange} />
      <BoundFields draft={draft} onChange={onChange} error={error} />
      <Consequences of="delegation" count={5} />
    </>
  )
}

function WhoFields({ draft, onChange }: Pick<ProposeFieldProps, 'draft' | 'onChange'>) {
  const t = useT(propose)
  const words = useT(shared)
  return (
    <>
      <CheckboxGroup
        name="actorKinds"
        legend={t('field.actorKinds')}
        hint={t('field.noneIsAll')}
        columns
        choices={ACTOR_KINDS.map((value) => ({ value, label: words(`actor.${value}`) }))}
        value={draft.actorKinds}
        onChange={(actorKinds) => onChange({ actorKinds })}
      />
      <CheckboxGroup
        name="territories"
        legend={t('field.territories')}
        hint={t('field.noneIsAll')}
        columns
        choices={territoryCodes.map((value) => ({ value, label: words(`territory.${value}`) }))}
        value={draft.territories}
        onChange={(territories) => onChange({ territories })}
      />
      <Checkbox
        label={t('field.noTie')}
        checked={draft.noTie}
        onChange={({ currentTarget: { checked } }) => onChange({ noTie: checked })}
      />
    </>
  )
}

function BoundFields({
  draft,
  onChange,
  error,
}: Pick<ProposeFieldProps, 'draft' | 'onChange' | 'error'>) {
  const t = useT(propose)
  return (
    <>
      <TextField
        id="longestDays"
        type="number"
        min={1}
        max={1826}
        inputMode="numeric"
        label={t('field.longestDays')}
        value={draft.longestDays}
        error={error('longestDays')}
        onChange={(event) => onChange({ longestDays: event.currentTarget.value })}
      />
      <TextField
        id="largestTeam"
        type="number"
        min={0}
        max={20}
        inputMode="numeric"
        label={t('field.largestTeam')}
        value={draft.largestTeam}
        error={error('largestTeam')}
        onChange={(event) => onChange({ largestTeam: event.currentTarget.value })}
      />
      <TextField
        id="until"
        type="date"
        label={t('field.until')}
        hint={t('field.until.help')}
        value={draft.until}
        error={error('until')}
        onChange={(event) => onChange({ until: event.currentTarget.value })}
      />
    </>
  )
}

/** Which standing decision is to end. */
export function ProposeDelegationEnd(props: ProposeFieldProps) {
  return <WhichDecision {...props} isOffered={(state) => !OVER.has(state)} />
}

/** Which paused decision is to go on. */
export function ProposeDelegationResume(props: ProposeFieldProps) {
  return (
    <>
      <WhichDecision {...props} isOffered={(state) => state === 'paused'} />
      <Consequences of="resume" count={3} />
    </>
  )
}

interface WhichDecisionProps extends ProposeFieldProps {
  readonly isOffered: (state: string) => boolean
}

function WhichDecision({ community, draft, onChange, error, isOffered }: WhichDecisionProps) {
  const t = useT(propose)
  const words = useT(shared)
  const running = community.delegations.filter(({ state }) => isOffered(state))
  const said = (purposes: readonly string[]) =>
    purposes.map((code) => words.code('purpose', code)).join(' · ')
  return (
    <SelectField
      id="delegation"
      label={t('field.delegation')}
      empty={t('field.delegation.none')}
      choices={running.map(({ id, scope }) => ({ value: id, label: said(scope.purposes) }))}
      value={draft.delegation}
      error={error('delegation')}
      onChange={(event) => onChange({ delegation: event.currentTarget.value })}
    />
  )
}

const OVER: ReadonlySet<string> = new Set(['ended', 'expired'])
