import { useMemo, useState } from 'react'
import { type Charter, isMatter, MATTERS, type Sizes } from '../../../policies/rules/governance.ts'
import { charters } from '../i18n/areas/charters.ts'
import { communities } from '../i18n/areas/communities.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { Checkbox } from '../ui/Choices.tsx'
import { SelectField } from '../ui/Field.tsx'
import css from './Charters.module.css'
import { DayField } from './DayField.tsx'
import { CountField } from './RuleFields.tsx'
import { SimulatedOutcome } from './SimulatedOutcome.tsx'
import { simulate, sparesOwnVote, type Trial, type Voter } from './simulate.ts'
import { VoterTable } from './VoterTable.tsx'

interface SimulatorProps {
  readonly charter: Charter
  readonly sizes: Sizes
  /** The matter to begin with. */
  readonly matter: string
}

const MOST_VOTERS = 40
const silent = { says: 'silent', day: 1, changed: 'silent', changeDay: 2, aside: false } as const

const groupName = (index: number): string => String.fromCharCode(65 + (index % 26))

/** As many voters as the body has today, in as many groups. */
function votersFor(charter: Charter, sizes: Sizes, matter: string): readonly Voter[] {
  const rule = isMatter(matter) ? charter.matters[matter] : undefined
  const size = sizes[rule?.body ?? '']
  const count = Math.min(Math.max(size?.members ?? 0, 3), 12)
  const groups = Math.max(size?.groups ?? 0, rule?.groups ? 2 : 0)
  return Array.from({ length: count }, (_, index) => ({
    ...silent,
    says: 'yes',
    group: groups > 0 ? groupName(index % groups) : '',
  }))
}

const never = { vetoDay: null, liftDay: null, appealDay: null, verdictDay: null, upheld: false }

const begin = (charter: Charter, sizes: Sizes, matter: string): Trial => ({
  matter,
  voters: votersFor(charter, sizes, matter),
  ...never,
})

interface PartProps {
  readonly charter: Charter
  readonly trial: Trial
  readonly change: (patch: Partial<Trial>) => void
}

/** What guardians and the appeal body do, where the rule names them. */
function Remedies({ charter, trial, change }: PartProps) {
  const t = useT(charters)
  const rule = isMatter(trial.matter) ? charter.matters[trial.matter] : undefined
  return (
    <>
      {rule?.veto && (
        <DayField
          label={t('try.veto')}
          value={trial.vetoDay}
          start={1}
          onChange={(vetoDay) => change({ vetoDay, liftDay: null })}
        />
      )}
      {rule?.veto && trial.vetoDay !== null && (
        <DayField
          label={t('try.lift')}
          value={trial.liftDay}
          start={2}
          onChange={(liftDay) => change({ liftDay })}
        />
      )}
      {rule?.appeal && (
        <DayField
          label={t('try.appeal')}
          value={trial.appealDay}
          start={1}
          onChange={(appealDay) => change({ appealDay, verdictDay: null })}
        />
      )}
      {rule?.appeal && trial.appealDay !== null && (
        <>
          <DayField
            label={t('try.verdict')}
            value={trial.verdictDay}
            start={3}
            onChange={(verdictDay) => change({ verdictDay })}
          />
          {trial.verdictDay !== null && (
            <Checkbox
              label={t('try.upheld')}
              checked={trial.upheld}
              onChange={({ currentTarget }) => change({ upheld: currentTarget.checked })}
            />
          )}
        </>
      )}
    </>
  )
}

function Roll({ charter, trial, change }: PartProps) {
  const t = useT(charters)
  const { voters } = trial
  const all = (patch: Partial<Voter>) =>
    change({ voters: voters.map((voter) => ({ ...voter, ...patch })) })
  const resize = (count: number) => {
    const wanted = Math.min(count, MOST_VOTERS)
    const groups = new Set(voters.map(({ group }) => group))
    const more = Array.from({ length: Math.max(wanted - voters.length, 0) }, (_, index) => ({
      ...silent,
      group: [...groups][(voters.length + index) % Math.max(groups.size, 1)] ?? '',
    }))
    change({ voters: [...voters, ...more].slice(0, wanted) })
  }
  return (
    <>
      <CountField
        id="try-count"
        label={t('try.count')}
        min={1}
        value={voters.length}
        onChange={resize}
      />
      {sparesOwnVote(charter, trial.matter) && <p>{t('try.own')}</p>}
      <VoterTable
        voters={voters}
        onChange={(index, patch) =>
          change({ voters: voters.map((one, at) => (at === index ? { ...one, ...patch } : one)) })
        }
      />
      <ButtonRow>
        <Button onClick={() => all({ says: 'yes' })}>{t('try.allYes')}</Button>
        <Button onClick={() => all({ says: 'silent', changed: 'silent', aside: false })}>
          {t('try.allSilent')}
        </Button>
      </ButtonRow>
    </>
  )
}

/** A vote that might be, counted by the functions that count the real ones. */
export function Simulator({ charter, sizes, matter }: SimulatorProps) {
  const t = useT(charters)
  const words = useT(communities)
  const [trial, setTrial] = useState(() => begin(charter, sizes, matter))
  const change = (patch: Partial<Trial>) => setTrial({ ...trial, ...patch })
  const outcome = useMemo(() => simulate(charter, sizes, trial), [charter, sizes, trial])
  const part = { charter, trial, change }
  return (
    <div className={css.simulator}>
      <SelectField
        label={t('try.matter')}
        choices={MATTERS.map((value) => ({ value, label: words.code('matter', value) }))}
        value={trial.matter}
        onChange={({ currentTarget }) => setTrial(begin(charter, sizes, currentTarget.value))}
      />
      <Roll {...part} />
      <Remedies {...part} />
      <SimulatedOutcome outcome={outcome} />
    </div>
  )
}
