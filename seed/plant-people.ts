import type { DemoPlan } from './demo-plan.ts'
import { asActor, type Garden, licenceTitle, must, vote } from './garden.ts'

/** Opens every account of the plan. */
export const plantPeople = async ({ house }: Garden, { people }: DemoPlan): Promise<void> => {
  const desk = house.services.people
  for (const person of people.people) {
    const input = { name: person.displayName, email: person.email, password: people.password }
    must(await desk.register(input, null, person.operator), `account ${person.email}`)
  }
}

/** Founds the communities, each under its charter and first licence. */
export const plantCommunities = async ({ house }: Garden, plan: DemoPlan): Promise<void> => {
  const { people, licences } = house.services
  for (const one of plan.communities) {
    const { slug, name, description, fictitious } = one
    const founders = plan.people.people.flatMap((person) =>
      person.memberships
        .filter(({ community }) => community === slug)
        .map(({ bodies, group }) => ({
          email: person.email,
          name: person.displayName,
          bodies,
          group,
        })),
    )
    const { community } = must(
      await people.foundCommunity(
        { slug, name, description, fictitious, founders },
        (id) => licences.charterFor(one.charterTemplate, id),
        `seed:community:${slug}`,
      ),
      `community ${slug}`,
    )
    const choice = {
      template: one.licenceTemplate,
      title: licenceTitle(house.services, one.licenceTemplate, name),
      home: [one.homeTerritory],
      region: [],
    }
    must(
      await licences.adoptFounding(community.id, choice, `seed:licence:${slug}`),
      `licence of ${slug}`,
    )
  }
}

/** The councils vouch for what they have checked about the researchers, by vote. */
export const plantAttestations = async (garden: Garden, plan: DemoPlan): Promise<void> => {
  const { governance, people } = garden.house.services
  const researchers = plan.people.people.filter((person) => person.identityAssurance !== undefined)
  for (const { slug } of plan.communities) {
    const steward = await asActor(garden, `steward@${slug}.example`)
    const community = await people.communityBySlug(slug)
    for (const { email, actorKind, commercialTie, identityAssurance, affiliation } of researchers) {
      const { proposal } = must(
        await governance.proposeAttestation(steward, {
          community: community?.id,
          email,
          actorKind,
          commercialTie,
          identityAssurance,
          reason: `A letter of ${affiliation ?? 'their employer'} was read by two stewards.`,
        }),
        `attestation of ${email}`,
      )
      await vote(garden, proposal)
    }
  }
}

/** A decision that has passed and now waits for its appeal window to end. */
export const plantStandstill = async (garden: Garden): Promise<void> => {
  const { governance, people } = garden.house.services
  const steward = await asActor(garden, 'steward@rimu-bay.example')
  const community = await people.communityBySlug('rimu-bay')
  const { proposal } = must(
    await governance.proposeMember(steward, {
      community: community?.id,
      email: 'researcher@archive.example',
      name: 'Researcher, a nonprofit archive',
      bodies: [],
      reason: 'They have kept our tapes for years and come to our meetings.',
    }),
    'admission of the archivist',
  )
  await vote(garden, proposal)
}
