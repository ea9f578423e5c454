import { PURPOSES, type Purpose, USE_ACTIONS } from '../../../policies/rules/vocabulary.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { CheckboxGroup } from '../ui/Choices.tsx'

interface Use {
  readonly purposes: readonly string[]
  readonly actions: readonly string[]
}

interface UseFieldsProps {
  readonly use: Use
  readonly onChange: (patch: Partial<Use>) => void
  readonly error: (field: string) => string | undefined
  readonly legends: Readonly<Record<keyof Use, string>>
  readonly hint?: string
  /** Purposes to choose from; all that have a name when left out. */
  readonly among?: readonly Purpose[]
}

/** For what, and what is done. */
export function UseFields({ use, onChange, error, legends, hint, among }: UseFieldsProps) {
  const words = useT(shared)
  return (
    <>
      <div id="purposes" tabIndex={-1}>
        <CheckboxGroup
          name="purposes"
          legend={legends.purposes}
          hint={hint}
          columns
          choices={(among ?? PURPOSES).map((value) => ({
            value,
            label: words(`purpose.${value}`),
          }))}
          value={use.purposes}
          error={error('purposes')}
          onChange={(purposes) => onChange({ purposes })}
        />
      </div>
      <div id="actions" tabIndex={-1}>
        <CheckboxGroup
          name="actions"
          legend={legends.actions}
          columns
          choices={USE_ACTIONS.map((value) => ({ value, label: words(`action.${value}`) }))}
          value={use.actions}
          error={error('actions')}
          onChange={(actions) => onChange({ actions })}
        />
      </div>
    </>
  )
}
