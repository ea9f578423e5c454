import type { StewardDatasetFragment } from '../graphql/generated.ts'
import { assemble } from '../i18n/areas/assemble.ts'
import { useT } from '../i18n/use-t.ts'
import { DataText } from '../ui/Text.tsx'

/** Beside each act of somebody who sits in several communities that keep the dataset: in whose name. */
export function ActsFor({ dataset }: { readonly dataset: StewardDatasetFragment }) {
  const t = useT(assemble)
  if (!dataset.viewerActsFor) return null
  return (
    <p>
      {t('actsFor')}{' '}
      <strong>
        <DataText>{dataset.viewerActsFor.name}</DataText>
      </strong>
    </p>
  )
}
