import { charters } from '../i18n/areas/charters.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Table } from '../ui/Page.tsx'
import css from './Charters.module.css'
import { dayOf } from './DayField.tsx'
import type { Said, Voter } from './simulate.ts'

const SAID: readonly Said[] = ['silent', 'yes', 'no', 'abstain', 'object']

interface VoterTableProps {
  readonly voters: readonly Voter[]
  readonly onChange: (index: number, patch: Partial<Voter>) => void
}

interface CellProps {
  readonly label: string
}

function Say({
  label,
  value,
  onChange,
}: CellProps & { readonly value: Said; readonly onChange: (value: Said) => void }) {
  const t = useT(charters)
  const words = useT(shared)
  return (
    <select
      className={css.cell}
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) =>
        onChange(SAID.find((one) => one === currentTarget.value) ?? 'silent')
      }
    >
      {SAID.map((one) => (
        <option key={one} value={one}>
          {one === 'silent' ? t('try.silent') : words.code('choice', one)}
        </option>
      ))}
    </select>
  )
}

function Day({
  label,
  value,
  onChange,
}: CellProps & { readonly value: number; readonly onChange: (value: number) => void }) {
  return (
    <input
      className={css.cell}
      type="number"
      min={0}
      step={0.25}
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(dayOf(currentTarget.value))}
    />
  )
}

interface VoterProps {
  readonly voter: Voter
  readonly index: number
  readonly head: readonly string[]
  readonly onChange: VoterTableProps['onChange']
}

/** The cells of one line; each control says its column and whose it is. */
function useCells() {
  const t = useT(charters)
  return ({ voter, index, head, onChange }: VoterProps) => {
    const person = t('try.person', { number: index + 1 })
    const of = (column: number) => t('try.cell', { what: head[column] ?? '', voter: person })
    const put = (patch: Partial<Voter>) => onChange(index, patch)
    return [
      person,
      <input
        key="group"
        className={css.cell}
        aria-label={of(1)}
        value={voter.group}
        onChange={({ currentTarget }) => put({ group: currentTarget.value })}
      />,
      <Say key="says" label={of(2)} value={voter.says} onChange={(says) => put({ says })} />,
      <Day key="day" label={of(3)} value={voter.day} onChange={(day) => put({ day })} />,
      <Say
        key="changed"
        label={of(4)}
        value={voter.changed}
        onChange={(changed) => put({ changed })}
      />,
      <Day
        key="changeDay"
        label={of(5)}
        value={voter.changeDay}
        onChange={(changeDay) => put({ changeDay })}
      />,
      <input
        key="aside"
        className={css.tick}
        type="checkbox"
        aria-label={of(6)}
        checked={voter.aside}
        onChange={({ currentTarget }) => put({ aside: currentTarget.checked })}
      />,
    ]
  }
}

/** Who is on the roll of a trial, and what they do when. */
export function VoterTable({ voters, onChange }: VoterTableProps) {
  const t = useT(charters)
  const cells = useCells()
  const head = [
    t('try.voter'),
    t('try.group'),
    t('try.says'),
    t('try.day'),
    t('try.then'),
    t('try.thenDay'),
    t('try.aside'),
  ]
  return (
    <div className={css.voters}>
      <Table
        caption={t('try.roll')}
        head={head}
        rows={voters.map((voter, index) => ({
          key: String(index),
          cells: cells({ voter, index, head, onChange }),
        }))}
      />
    </div>
  )
}
