import { catalogueCommands } from './catalogue-commands.ts'
import { checkOptions } from './command-options.ts'
import type { Command, Engine, Reply } from './engine.ts'
import { isStoreError, storeError, unsupported } from './errors.ts'
import { readCommands } from './read-commands.ts'
import type { Doc } from './values.ts'
import { writeCommands } from './write-commands.ts'

/** A lone server of wire version 21 (7.0): without a set name the driver starts no retryable write. */
const hello = (): Doc => ({
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
})

const buildInfo = (): Doc => ({
  version: '7.0.0',
  versionArray: [7, 0, 0, 0],
  modules: [],
  storageEngines: ['embedded'],
})

const HELLO_OPTIONS = [
  'helloOk',
  'client',
  'compression',
  'topologyVersion',
  'maxAwaitTimeMS',
  'saslSupportedMechs',
  'loadBalanced',
  'backpressure',
]

const none: ReadonlySet<string> = new Set()
const nothing = (): Doc => ({})
const greeting: Command = { options: new Set(HELLO_OPTIONS), run: hello }

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ...readCommands,
  ...writeCommands,
  ...catalogueCommands,
  ['hello', greeting],
  ['ismaster', greeting],
  ['isMaster', greeting],
  ['ping', { options: none, run: nothing }],
  ['buildInfo', { options: none, run: buildInfo }],
  ['buildinfo', { options: none, run: buildInfo }],
  ['endSessions', { options: none, run: nothing }],
])

const TRANSACTION_COMMANDS = new Set(['commitTransaction', 'abortTransaction'])

const commandFor = (name: string): Command => {
  const found = COMMANDS.get(name)
  if (found) return found
  if (TRANSACTION_COMMANDS.has(name))
    throw unsupported('a transaction', 263, 'OperationNotSupportedInTransaction')
  throw unsupported(`the command '${name}'`, 59, 'CommandNotFound')
}

/** A collection or index can go while a cursor reads it, as on the server. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && /no such table/i.test(error.message)

const isFull = (error: unknown): boolean =>
  error instanceof Error && /SQLITE_FULL|disk is full/i.test(error.message)

const asReply = (error: unknown): Doc => {
  if (isStoreError(error)) {
    const { code, codeName, message, details } = error
    return { ok: 0, errmsg: message, code, codeName, ...details }
  }
  if (isGone(error))
    return asReply(
      storeError(175, 'QueryPlanKilled', 'the collection or index was dropped meanwhile'),
    )
  if (isFull(error))
    return asReply(storeError(14_031, 'OutOfDiskSpace', 'the disk is full: make room, try again'))
  const message = error instanceof Error ? error.message : String(error)
  return {
    ok: 0,
    errmsg: `the embedded store failed: ${message}`,
    code: 8,
    codeName: 'UnknownError',
  }
}

/** Answers one command; what goes wrong becomes a reply with `ok: 0`. */
export const answer = async (engine: Engine, command: Doc): Promise<Reply> => {
  const [name = ''] = Object.keys(command)
  try {
    const { options, run } = commandFor(name)
    checkOptions(command, options)
    const reply = await run(engine, command)
    return 'documents' in reply ? reply : { ...reply, ok: 1 }
  } catch (error) {
    return asReply(error)
  }
}
