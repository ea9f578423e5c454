import { requestAccess, requestInput } from '../../support/journey.ts'
import type { Person } from '../../support/person.ts'

export const DECLARED = {
  actorKind: 'academic',
  commercialTie: 'no',
  country: 'DE',
  ethicsApproval: 'yes',
}
export const DUTIES = ['attribute', 'reportBack', 'shareBack']

export interface SeenPlace {
  readonly id: string
  readonly state: string
  readonly email: string | null
  readonly name: string | null
  readonly viewer: boolean
}

export interface SeenTeam {
  readonly id: string
  readonly state: string
  readonly token: string | null
  readonly viewerRole: string
  readonly holder: string | null
  readonly places: number
  readonly freePlaces: number
  readonly terms: { readonly digest: string }
  readonly team: readonly SeenPlace[]
  readonly downloads: readonly { readonly path: string; readonly receipt: string | null }[]
}

const TEAM =
  'id state token viewerRole holder places freePlaces terms { digest } team { id state email name viewer } downloads { path receipt }'

/** A grant with its team as somebody sees it; null where they may not. */
export const seeTeam = async (person: Person, id: string): Promise<SeenTeam | null> => {
  const { grant } = await person.run<{ grant: SeenTeam | null }>(
    `query ($id: ID!) { grant(id: $id) { ${TEAM} } }`,
    { id },
  )
  return grant
}

/** Grants in whose team somebody is or was named. */
export const teamGrants = async (person: Person): Promise<readonly SeenTeam[]> => {
  const { viewer } = await person.run<{ viewer: { teamGrants: readonly SeenTeam[] } }>(
    `{ viewer { teamGrants { ${TEAM} } } }`,
  )
  return viewer.teamGrants
}

interface Answer {
  readonly refused: { readonly code: string; readonly field: string | null } | null
}

/** Sends one command on a grant; `ok`, or the code of the refusal and its field. */
export const send = async (
  person: Person,
  name: string,
  type: string,
  input: object,
): Promise<string> => {
  const answer = await person.run<Record<string, Answer>>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { refused { code field } } }`,
    { input },
  )
  const { code, field } = answer[name]?.refused ?? { code: 'ok', field: null }
  return field === null ? code : `${code} ${field}`
}

export const nameMember = (person: Person, grant: string, email: string): Promise<string> =>
  send(person, 'nameTeamMember', 'NameTeamMemberInput', { grant, email })

export const endPlace = (person: Person, grant: string, member: string): Promise<string> =>
  send(person, 'endTeamPlace', 'EndTeamPlaceInput', { grant, member })

/** Accepts the terms of a grant as they stand, or as the changes say. */
export const acceptPlace = async (
  person: Person,
  grant: string,
  changes: object = {},
): Promise<string> => {
  const licence = (await seeTeam(person, grant))?.terms.digest ?? 'unseen'
  const input = { grant, licence, facts: DECLARED, acceptedDuties: DUTIES, ...changes }
  return send(person, 'acceptTeamPlace', 'AcceptTeamPlaceInput', input)
}

/** Asks with a team, and answers the id of the request and of its vote. */
export const askWith = async (
  person: Person,
  dataset: string,
  team: readonly string[],
  changes: object = {},
): Promise<{ readonly request: string; readonly proposal: string }> => {
  const { request, refused } = await requestAccess(
    person,
    requestInput(dataset, { team, ...changes }),
  )
  if (!request?.proposal) throw new Error(`no vote: ${JSON.stringify(refused)}`)
  return { request: request.id, proposal: request.proposal.id }
}

/** The newest grant of a person. */
export const newestGrant = async (person: Person): Promise<string> => {
  const { viewer } = await person.run<{ viewer: { grants: readonly { id: string }[] } }>(
    '{ viewer { grants { id } } }',
  )
  return viewer.grants[0]?.id ?? ''
}
