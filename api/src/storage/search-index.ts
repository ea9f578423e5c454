import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'
import {
  createSearchIndex,
  type SearchIndex,
  type SearchTables,
  type TokenTable,
} from '../datasets/search/index.ts'

/**
 * Three tables of FTS5 without content: they hold words, never texts. The ascii tokenizer takes
 * every character beyond ASCII for a letter; folding has already happened. Prefixes count the tag.
 */
const SCHEMA = `
  CREATE VIRTUAL TABLE folded USING fts5(
    tokens, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='3 4');
  CREATE VIRTUAL TABLE exact USING fts5(
    tokens, content='', contentless_delete=1, detail=none, tokenize='ascii');
  CREATE VIRTUAL TABLE word USING fts5(text, content='', tokenize='trigram');
`

/** The index can be rebuilt at any time, so nothing is spent on surviving a power cut. */
const PRAGMAS = ['journal_mode = MEMORY', 'synchronous = OFF', 'cache_size = -65536']

/**
 * A file of its own for every opening: removing the old one leaves another process its copy, and
 * nothing that was withdrawn while no one was running can be found again.
 */
const openEmpty = (file: string): Database.Database => {
  if (file !== ':memory:') {
    mkdirSync(dirname(file), { recursive: true })
    rmSync(file, { force: true })
    rmSync(`${file}-journal`, { force: true })
  }
  const database = new Database(file)
  for (const pragma of PRAGMAS) database.exec(`PRAGMA ${pragma}`)
  database.exec(SCHEMA)
  return database
}

const COMMA = 44
const DIGIT_ZERO = 48

/** Reads `12,7,300` from bytes. */
const readNumbers = (bytes: Uint8Array): Uint32Array => {
  const numbers = new Uint32Array((bytes.length + 1) >> 1)
  let count = 0
  let value = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? COMMA
    if (byte === COMMA) {
      numbers[count] = value
      count += 1
      value = 0
    } else value = value * 10 + byte - DIGIT_ZERO
  }
  numbers[count] = value
  return numbers.subarray(0, count + 1)
}

/** The first column of a row in raw mode. */
const firstOf = (row: unknown): unknown => (Array.isArray(row) ? row[0] : undefined)

/**
 * Statements over one database. Parameters always go in an array: the binding takes a lone Buffer
 * for named parameters. Row numbers come back as one blob, because handing over one row at a time
 * costs ten times as much as finding it.
 */
const createTables = (database: Database.Database): SearchTables => {
  const rowsIn = (table: TokenTable) =>
    database
      .prepare(`SELECT CAST(group_concat(rowid) AS BLOB) FROM ${table} WHERE ${table} MATCH ?`)
      .raw(true)
  const insertInto = (table: TokenTable) =>
    database.prepare(`INSERT INTO ${table}(rowid, tokens) VALUES (?, ?)`)
  const deleteFrom = (table: TokenTable) => database.prepare(`DELETE FROM ${table} WHERE rowid = ?`)
  const select = { folded: rowsIn('folded'), exact: rowsIn('exact') }
  const insert = { folded: insertInto('folded'), exact: insertInto('exact') }
  const erase = { folded: deleteFrom('folded'), exact: deleteFrom('exact') }
  const some = database.prepare('SELECT 1 FROM folded WHERE folded MATCH ? LIMIT 1').raw(true)
  const insertWord = database.prepare('INSERT INTO word(rowid, text) VALUES (?, ?)')
  const holding = database.prepare('SELECT rowid FROM word WHERE word MATCH ? LIMIT ?').raw(true)

  return {
    batch: (work) => database.transaction(work)(),
    write: (row, tokens) => {
      insert.folded.run([row, tokens.folded])
      insert.exact.run([row, tokens.exact])
    },
    erase: (row) => {
      erase.folded.run([row])
      erase.exact.run([row])
    },
    rows: (table, match) => {
      const blob = firstOf(select[table].get([match]))
      return blob instanceof Uint8Array ? readNumbers(blob) : new Uint32Array(0)
    },
    any: (match) => some.get([match]) !== undefined,
    addWord: (id, word) => {
      insertWord.run([id, word])
    },
    wordsHolding: (part, limit) =>
      holding.all([`"${part}"`, limit]).map((row) => Number(firstOf(row))),
    close: () => database.close(),
  }
}

/**
 * Opens an empty search index; whoever opens it puts the datasets in again.
 * @param options.file a path that belongs to the index alone, or `:memory:`.
 */
export const openSearchIndex = (options: { readonly file: string }): SearchIndex =>
  createSearchIndex(createTables(openEmpty(options.file)))
