import { isLabelCode, LABELS, type LicenceJson, setLabels } from '../../../policies/index.ts'
import { builder } from '../i18n/areas/builder.ts'
import { useT } from '../i18n/use-t.ts'
import { CheckboxGroup } from '../ui/Choices.tsx'
import { Details } from '../ui/Page.tsx'

interface LabelFieldsProps {
  readonly document: LicenceJson
  readonly onChange: (document: LicenceJson) => void
}

const codes = Object.keys(LABELS).filter(isLabelCode)

function chosenIn(document: LicenceJson): readonly string[] {
  const labels = document['sov:labels']
  if (!Array.isArray(labels)) return []
  return labels.map((label: { readonly 'sov:code'?: unknown }) => String(label['sov:code']))
}

/** Local Contexts labels by code: their names and icons are theirs, the effect is ours to say. */
export function LabelFields({ document, onChange }: LabelFieldsProps) {
  const t = useT(builder)
  return (
    <div id="labels">
      <Details summary={t('labels.title')}>
        <p>{t('labels.intro')}</p>
        <CheckboxGroup
          name="labels"
          legend={t('labels.choose')}
          choices={codes.map((code) => ({
            value: code,
            label: <code>{code}</code>,
            hint: t.code('effect', LABELS[code].effect.kind),
          }))}
          columns
          value={chosenIn(document)}
          onChange={(next) =>
            onChange(
              setLabels(
                document,
                codes.filter((code) => next.includes(code)),
              ),
            )
          }
        />
      </Details>
    </div>
  )
}
