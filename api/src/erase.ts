import { config as readConfig } from './config.ts'
import { eraseFields } from './erase-fields.ts'

const USAGE = `npm run erase -- <entry of the log> [field …]

Erases private fields of an entry (all, when none is named) for good. Stop the registry first. The
entry itself stays, with its proofs; that something was erased is recorded in the public log.`

const [entry = '', ...fields] = process.argv.slice(2)
if (/^\d{1,15}$/.test(entry)) {
  const erased = await eraseFields(readConfig(), { entry: Number(entry), fields })
  console.log(
    erased.length > 0
      ? `Erased from entry ${entry}: ${erased.join(', ')}.`
      : `Entry ${entry} has no such private field any more.`,
  )
} else {
  console.error(USAGE)
  process.exitCode = 2
}
