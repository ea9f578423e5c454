import { PhaseTag } from '../governance/PhaseTag.tsx'
import type { StewardDatasetFragment, StewardVersionFragment } from '../graphql/generated.ts'
import { assemble } from '../i18n/areas/assemble.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Card } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { Digest } from '../ui/Text.tsx'
import { PublishForm } from './PublishForm.tsx'

interface StewardVersionProps {
  readonly version: StewardVersionFragment
  readonly dataset: StewardDatasetFragment
}

const sayParents = (parents: StewardVersionFragment['parents']): string =>
  parents.map(({ id, version, dataset }) => `${dataset?.title ?? id} ${version}`).join(', ')

/** A version as its stewards see it, with the way to the vote that publishes it. */
export function StewardVersion({ version, dataset }: StewardVersionProps) {
  const t = useT(assemble)
  const format = useFormat()
  // How far the newest one is open can be changed by another vote.
  const isNewest = version.publishedAt !== null && version.version === dataset.versions[0]?.version
  const { files, totalSize, licence, statement, publishedAt, proposal } = version
  return (
    <Card>
      <h3>{t('version', { version: version.version })}</h3>
      <p>
        {t('version.files', { count: files.length, size: format.size(totalSize) })} ·{' '}
        <Digest value={version.manifestDigest} />
        <br />
        {t('version.licence', { title: licence.title, version: licence.version })}
        {version.parents.length > 0 && (
          <>
            <br />
            {t('version.parents', { names: sayParents(version.parents) })}
          </>
        )}
        {publishedAt && (
          <>
            <br />
            {t('version.published', { day: format.day(publishedAt) })}
          </>
        )}
      </p>
      {statement.missing.length > 0 && (
        <p>{t('version.incomplete', { fields: statement.missing.join(', ') })}</p>
      )}
      {proposal ? (
        <p>
          <Link to={`/decisions/${proposal.id}/ballot`} dir="auto">
            {t('version.proposal', { title: proposal.title })}
          </Link>{' '}
          <PhaseTag phase={proposal.phase} />
        </p>
      ) : null}
      {(!proposal || isNewest) && <PublishForm version={version} dataset={dataset} />}
    </Card>
  )
}
