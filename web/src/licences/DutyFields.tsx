import { DUTIES, DUTY_KINDS, removeDuty, setDuty } from '../../../policies/index.ts'
import { builder } from '../i18n/areas/builder.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Checkbox, Group } from '../ui/Choices.tsx'
import { TextField } from '../ui/Field.tsx'
import css from './Builder.module.css'
import type { RuleFieldProps } from './LimitFields.tsx'

const LONGEST = 3650
const daysOf = (text: string): number | null => {
  const days = Math.trunc(Number(text))
  return days >= 1 ? Math.min(days, LONGEST) : null
}

/** What whoever is permitted something promises in return, and by when. */
export function DutyFields({ document, rule, onChange }: RuleFieldProps) {
  const t = useT(builder)
  const words = useT(shared)
  return (
    <Group legend={t('duties.title')}>
      {DUTY_KINDS.map((kind) => {
        const duty = rule.duties.find((one) => one.kind === kind)
        const timed = DUTIES[kind].phase === 'deadline'
        return (
          <div className={css.limit} key={kind}>
            <Checkbox
              label={words.code('duty', kind)}
              checked={duty !== undefined}
              onChange={({ currentTarget }) =>
                onChange(
                  currentTarget.checked
                    ? setDuty(document, rule.uid, kind, timed ? 180 : null)
                    : removeDuty(document, rule.uid, kind),
                )
              }
            />
            {duty && (timed || duty.days !== null) && (
              <div className={css.inner}>
                <TextField
                  type="number"
                  min={1}
                  max={LONGEST}
                  inputMode="numeric"
                  optional
                  label={t('duties.days', { duty: words.code('duty', kind) })}
                  value={duty.days ?? ''}
                  onChange={({ currentTarget }) =>
                    onChange(setDuty(document, rule.uid, kind, daysOf(currentTarget.value)))
                  }
                />
              </div>
            )}
          </div>
        )
      })}
    </Group>
  )
}
