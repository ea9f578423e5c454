import { badValue, storeError, unsupported } from './errors.ts'
import { type Doc, isDoc } from './values.ts'

/** What any command may carry: each has no effect here, or an effect that always holds. */
const COMMON = new Set([
  '$db',
  'lsid',
  '$readPreference',
  '$clusterTime',
  'readConcern',
  'writeConcern',
  'comment',
])

const READ_CONCERNS = new Set(['local', 'available', 'majority', 'linearizable'])

const refuseTransaction = (command: Doc): void => {
  if ('startTransaction' in command || 'autocommit' in command)
    throw unsupported('a transaction', 263, 'OperationNotSupportedInTransaction')
  // By code 20 the driver tells the user to add retryWrites=false to the connection string.
  if ('txnNumber' in command) throw unsupported('a retryable write', 20, 'IllegalOperation')
}

const checkConcerns = ({ readConcern, writeConcern }: Doc): void => {
  const level = isDoc(readConcern) ? readConcern.level : undefined
  if (typeof level === 'string' && !READ_CONCERNS.has(level))
    throw unsupported(`the read concern '${level}'`, 72, 'InvalidOptions')
  const nodes = isDoc(writeConcern) ? writeConcern.w : undefined
  if (typeof nodes === 'number' && nodes > 1)
    throw storeError(
      100,
      'UnsatisfiableWriteConcern',
      'the embedded store has one data-bearing node',
    )
}

/** Refuses transactions and every option that is not listed: an option is never ignored. */
export const checkOptions = (command: Doc, allowed: ReadonlySet<string>): void => {
  refuseTransaction(command)
  checkConcerns(command)
  const [name = ''] = Object.keys(command)
  for (const option of Object.keys(command))
    if (option !== name && !COMMON.has(option) && !allowed.has(option))
      throw unsupported(`the option '${option}' of ${name}`, 72, 'InvalidOptions')
}

/** The same for one statement of an update or delete command. */
export const checkStatement = (
  statement: Doc,
  command: string,
  allowed: readonly string[],
): void => {
  for (const option of Object.keys(statement))
    if (!allowed.includes(option))
      throw unsupported(`the option '${option}' of ${command}`, 72, 'InvalidOptions')
}

export const docOption = (command: Doc, name: string): Doc | undefined => {
  const value = command[name] ?? undefined
  if (value === undefined || isDoc(value)) return value
  throw storeError(14, 'TypeMismatch', `'${name}' must be a document`)
}

export const countOption = (command: Doc, name: string): number | undefined => {
  const value = command[name] ?? undefined
  if (value === undefined) return undefined
  if (typeof value === 'number' && Number.isInteger(value)) return value
  throw badValue(`'${name}' must be a whole number`)
}

export const docsOption = (command: Doc, name: string): readonly Doc[] => {
  const value = command[name]
  if (Array.isArray(value) && value.every(isDoc)) return value
  throw storeError(14, 'TypeMismatch', `'${name}' must be an array of documents`)
}

export const databaseOf = (command: Doc): string => String(command.$db)

/** The collection a command names by its first field. */
export const collectionNameOf = (command: Doc): string => {
  const [name] = Object.values(command)
  if (typeof name !== 'string' || name === '' || name.includes('\0'))
    throw storeError(73, 'InvalidNamespace', 'a command needs the name of a collection')
  return name
}

export const namespaceOf = (command: Doc): string =>
  `${databaseOf(command)}.${collectionNameOf(command)}`
