import { attributionText } from '../../../policies/index.ts'
import type { Context } from '../context.ts'
import type { Grant } from './grants.ts'

/** The credit that whoever holds a grant owes; null where the dataset can no longer be seen. */
export const creditFor = async (
  { dataset: id, version: number, licence: digest, community }: Grant,
  { datasets, licences, people, actor, config }: Context,
): Promise<string | null> => {
  const [dataset, version, licence, by] = await Promise.all([
    datasets.dataset(id),
    datasets.anyVersion(id, number),
    licences.licence(digest),
    people.community(community),
  ])
  if (!dataset || !version || !licence || !by) return null
  if (!(await datasets.visibleTo(dataset, actor))) return null
  return attributionText({
    title: dataset.title,
    version: number,
    community: by.name,
    year: new Date(version.publishedAt ?? version.assembledAt).getUTCFullYear(),
    licence: licence.title,
    licenceDigest: digest,
    manifestDigest: version.manifestDigest,
    url: `${config.publicUrl}/datasets/${id}?version=${number}`,
  })
}
