import type { StewardDatasetFragment } from '../graphql/generated.ts'

/** A change of custody that somebody may ask for. */
export interface CustodyChange {
  readonly step: 'leave' | 'end'
  readonly community: string
  readonly name: string
}

/** Their own community may leave; where one has left, those who remain may let go of its terms. */
export const changesOpen = (
  { community, custody }: Pick<StewardDatasetFragment, 'community' | 'custody'>,
  mine: readonly string[],
): readonly CustodyChange[] =>
  (custody?.keepers ?? []).flatMap(({ left, community: { id, name } }): CustodyChange[] => {
    if (left) return [{ step: 'end', community: id, name }]
    const isMine = id !== community.id && mine.includes(id)
    return isMine ? [{ step: 'leave', community: id, name }] : []
  })
