import type { Context } from '../context.ts'
import { ACCESS, type Access, mayCall } from './access.ts'
import type { Resolvers } from './generated.ts'

type Field = (parent: unknown, args: unknown, context: Context, info: unknown) => unknown
type Fields = Record<string, unknown>

/** These answer true or false instead of carrying a refusal. */
const YES_OR_NO = new Set(['signOut', 'signOutEverywhere', 'revokeToken'])

const guarded = (name: string, resolve: Field): Field => {
  const access: Access | undefined = ACCESS[name as keyof typeof ACCESS]
  if (access === undefined) throw new Error(`mutation ${name} has no access rule`)
  return (parent, args, context, info) => {
    const refused = mayCall(access, context)
    if (!refused) return resolve(parent, args, context, info)
    return YES_OR_NO.has(name) ? false : { refused, invitations: [] }
  }
}

const guardMutations = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, resolve]) => [name, guarded(name, resolve as Field)]),
  )

/** One map from the maps of the domains; every mutation passes the access table first. */
export const mergeResolvers = (maps: readonly Resolvers[]): Resolvers => {
  const merged: Record<string, Fields> = {}
  for (const map of maps) {
    for (const [type, fields] of Object.entries(map)) {
      merged[type] = { ...merged[type], ...(fields as Fields) }
    }
  }
  return { ...merged, Mutation: guardMutations(merged.Mutation ?? {}) } as Resolvers
}
