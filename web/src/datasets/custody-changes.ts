import type { StewardDatasetFragment } from '../graphql/generated.ts'

/** A change of custody that somebody may ask for. */
export interface CustodyChange {
  readonly step: 'leave' | 'end'
  readonly community: string
  readonly name: string
}

/** Their own community may leave while another stays; where one has left, those who remain may let go of its terms. */
export const changesOpen = (
  { custody }: Pick<StewardDatasetFragment, 'custody'>,
  mine: readonly string[],
): readonly CustodyChange[] => {
  const keepers = custody?.keepers ?? []
  const isLast = keepers.filter(({ left }) => !left).length === 1
  return keepers.flatMap(({ left, community: { id, name } }): CustodyChange[] => {
    if (left) return [{ step: 'end', community: id, name }]
    return mine.includes(id) && !isLast ? [{ step: 'leave', community: id, name }] : []
  })
}
