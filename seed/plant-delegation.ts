import { asActor, DAY, type Garden, must, vote } from './garden.ts'
import type { Planted } from './plant-datasets.ts'
import { ask } from './plant-requests.ts'

/** A council hands over what it always says yes to, until a day. */
export const plantDelegation = async (garden: Garden): Promise<void> => {
  const { grants, log, people } = garden.house.services
  const member = await asActor(garden, 'council-1@rimu-bay.example')
  const community = await people.communityBySlug('rimu-bay')
  const { proposal } = must(
    await grants.proposeDelegation(member, {
      community: community?.id,
      purposes: ['learning'],
      actions: ['download'],
      actorKinds: ['academic', 'nonprofit'],
      noCommercialTie: true,
      longestDays: 30,
      largestTeam: 0,
      until: new Date(log.now() + 300 * DAY).toISOString(),
      reason: 'Those who learn should not have to wait for three weeks, and we always say yes.',
    }),
    'a standing decision',
  )
  await vote(garden, proposal)
}

/** A request that needs no ballot any more. */
export const plantStandingUse = async (garden: Garden, planted: Planted): Promise<void> => {
  const request = await ask(garden, planted, {
    who: 'researcher@archive.example',
    slug: 'rights-mi-en',
    purpose: 'learning',
    facts: { actorKind: 'nonprofit', commercialTie: 'no', country: 'FR' },
    project: 'Our apprentices learn to transcribe and read along.',
    days: 14,
    votes: null,
  })
  const after = request && (await garden.house.services.grants.request(request.id))
  if (!after?.standing) throw new Error('the standing decision has not answered')
}
