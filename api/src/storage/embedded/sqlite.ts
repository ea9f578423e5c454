import { createRequire } from 'node:module'

export type SqlValue = string | number | Uint8Array
export type SqlRow = readonly unknown[]

/** The few calls the engine makes, whichever binding answers them. Rows are arrays of columns. */
export interface Sqlite {
  readonly exec: (sql: string) => void
  readonly run: (sql: string, ...values: SqlValue[]) => number
  readonly get: (sql: string, ...values: SqlValue[]) => SqlRow | undefined
  readonly all: (sql: string, ...values: SqlValue[]) => SqlRow[]
  readonly forget: () => void
  readonly close: () => void
}

interface Statement {
  readonly run: (values: SqlValue[]) => { readonly lastInsertRowid: number | bigint }
  readonly get: (values: SqlValue[]) => SqlRow | undefined
  readonly all: (values: SqlValue[]) => SqlRow[]
}

interface Binding {
  readonly exec: (sql: string) => void
  readonly prepare: (sql: string) => Statement
  readonly close: () => void
}

interface NodeStatement {
  setReturnArrays(on: boolean): void
  run(...values: SqlValue[]): { lastInsertRowid: number | bigint }
  get(...values: SqlValue[]): SqlRow | undefined
  all(...values: SqlValue[]): SqlRow[]
}
interface NodeDatabase {
  exec(sql: string): void
  prepare(sql: string): NodeStatement
  close(): void
}
interface NodeSqlite {
  DatabaseSync: new (file: string) => NodeDatabase
  StatementSync: { prototype: object }
}
interface LibsqlStatement extends Statement {
  raw(on: boolean): void
}
interface LibsqlDatabase {
  exec(sql: string): void
  prepare(sql: string): LibsqlStatement
  close(): void
}

const require = createRequire(import.meta.url)

const isNodeSqlite = (found: unknown): found is NodeSqlite =>
  typeof found === 'object' && found !== null && 'DatabaseSync' in found && 'StatementSync' in found

/** The platform's own SQLite, where it can already return rows as arrays (Node >= 22.16). */
const builtIn = (): NodeSqlite | undefined => {
  const found: unknown = process.getBuiltinModule?.('node:sqlite')
  return isNodeSqlite(found) && 'setReturnArrays' in found.StatementSync.prototype
    ? found
    : undefined
}

const nodeBinding = (sqlite: NodeSqlite, file: string): Binding => {
  const database = new sqlite.DatabaseSync(file)
  return {
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
    prepare: (sql) => {
      const statement = database.prepare(sql)
      statement.setReturnArrays(true)
      return {
        run: (values) => statement.run(...values),
        get: (values) => statement.get(...values),
        all: (values) => statement.all(...values),
      }
    },
  }
}

const returnsRows = /^(select|pragma)/i

const libsqlBinding = (file: string): Binding => {
  const Database: new (file: string) => LibsqlDatabase = require('libsql')
  const database = new Database(file)
  return {
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
    // libsql takes a lone Buffer for named parameters and aborts the process: always pass an array.
    prepare: (sql) => {
      const statement = database.prepare(sql)
      if (returnsRows.test(sql)) statement.raw(true)
      return statement
    },
  }
}

export const openSqlite = (file: string): Sqlite => {
  const platform = builtIn()
  const binding = platform ? nodeBinding(platform, file) : libsqlBinding(file)
  const prepared = new Map<string, Statement>()
  const statement = (sql: string): Statement => {
    const known = prepared.get(sql)
    if (known) return known
    const made = binding.prepare(sql)
    prepared.set(sql, made)
    return made
  }
  return {
    exec: binding.exec,
    run: (sql, ...values) => Number(statement(sql).run(values).lastInsertRowid),
    get: (sql, ...values) => statement(sql).get(values),
    all: (sql, ...values) => statement(sql).all(values),
    forget: () => prepared.clear(),
    close: () => {
      prepared.clear()
      binding.close()
    },
  }
}

export const toBuffer = (value: unknown): Buffer => {
  if (Buffer.isBuffer(value)) return value
  if (!(value instanceof Uint8Array)) throw new TypeError('a stored column is not binary')
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
}
