import { found, type Ground } from './village.ts'

const CREATE_TOKEN = `mutation ($input: CreateTokenInput!) {
  createToken(input: $input) { secret refused { code message } }
}`

/** A token with which the contributor of a new village may upload. */
export const contributorToken = async (ground: Ground): Promise<string> => {
  const { contributor } = await found(ground)
  const input = { name: 'uploads', scopes: ['contribute'], days: 30 }
  const { createToken } = await contributor.run<{ createToken: { secret: string | null } }>(
    CREATE_TOKEN,
    { input },
  )
  if (createToken.secret === null) throw new Error('there is no token')
  return createToken.secret
}
