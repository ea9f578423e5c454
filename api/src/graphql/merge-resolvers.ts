import { GraphQLError } from 'graphql'
import type { Context } from '../context.ts'
import { refuse } from '../errors.ts'
import { LeafSizeError, type Refusal } from '../log/index.ts'
import { ACCESS, type Access, accessOf, mayCall } from './access.ts'

import type { Resolvers } from './generated.ts'

type Field = (parent: unknown, args: unknown, context: Context, info: unknown) => unknown
type Fields = Record<string, unknown>

/** These answer true or false instead of carrying a refusal. */
const YES_OR_NO = new Set(['signOut', 'signOutEverywhere', 'revokeToken'])

const OPERATIONS = new Map(Object.entries(ACCESS))

const accessTo = (name: string): Access => {
  const entry = OPERATIONS.get(name)
  if (entry === undefined || entry === 'secret' || entry === 'door' || entry === 'demo')
    throw new Error(`operation ${name} has no access rule`)
  return accessOf(entry)
}

const guarded = (name: string, resolve: Field): Field => {
  const access = accessTo(name)
  return async (parent, args, context, info) => {
    const refused = mayCall(access, context)
    if (refused) return YES_OR_NO.has(name) ? false : told(refused)
    try {
      return await resolve(parent, args, context, info)
    } catch (error) {
      if (!(error instanceof LeafSizeError) || YES_OR_NO.has(name)) throw error
      return told(tooLong())
    }
  }
}

/** With everything a refusal and a payload must have, whatever is asked of them. */
const told = (refused: Refusal) => ({
  refused: { ...refused, reasons: refused.reasons ?? [] },
  invitations: [],
})

const tooLong = () =>
  refuse('TOO_LONG', 'This is more text than one entry of the log can hold. Shorten it.')

/** A token that may not read is told so; it is not answered as if nobody had signed in. */
const guardedRead = (name: string, resolve: Field): Field => {
  const access = accessTo(name)
  return (parent, args, context, info) => {
    const refused = mayCall(access, context)
    if (!refused) return resolve(parent, args, context, info)
    const { code, message } = refused
    throw new GraphQLError(message, { extensions: { code, http: { status: 403 } } })
  }
}

const guardReads = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, resolve]) => [name, guardedRead(name, resolve as Field)]),
  )

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
  return {
    ...merged,
    Query: guardReads(merged.Query ?? {}),
    Mutation: guardMutations(merged.Mutation ?? {}),
  } as Resolvers
}
