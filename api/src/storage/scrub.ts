import { openSqlite } from './embedded/sqlite.ts'

/**
 * Writes an embedded database anew, so that nothing is left in its file of what was deleted: SQLite
 * keeps old bytes in free pages and in the write-ahead log. Nobody else may have it open.
 */
export const scrubStore = (file: string): void => {
  const sql = openSqlite(file)
  try {
    sql.exec('PRAGMA secure_delete = ON')
    sql.exec('VACUUM')
    sql.get('PRAGMA wal_checkpoint(TRUNCATE)')
  } finally {
    sql.close()
  }
}
