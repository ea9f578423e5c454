import { type CharterRule, type Matter, parseCharter } from '../../../policies/index.ts'
import type { Community, People } from '../people/people.ts'
import type { Proposal } from './governance.ts'

/** The rule of a community's charter for a matter, or null where it has none. */
export const ruleOf = (community: Community | null, matter: Matter): CharterRule | null => {
  const read = community ? parseCharter(community.charter.document) : null
  return (read?.ok && read.charter.matters[matter]) || null
}

/** Who decides a proposal: its frozen roll, or before the vote those who would be on it now. */
export const decidersOf = async (
  people: People,
  { community, matter, frozen }: Pick<Proposal, 'community' | 'matter' | 'frozen'>,
): Promise<readonly string[]> => {
  if (frozen) return Object.keys(frozen.roll)
  const rule = ruleOf(await people.community(community), matter)
  const { bodies } = await people.roll(community)
  return (bodies[rule?.body ?? ''] ?? []).map(({ member }) => member)
}
