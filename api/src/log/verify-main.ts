import { PROJECTIONS } from '../projections.ts'
import { withStoreCopy } from '../storage/store-copy.ts'
import { verifyCommand } from './verify-command.ts'

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

process.exitCode = await verifyCommand(process.argv.slice(2), {
  say,
  withStore: withStoreCopy,
  projections: PROJECTIONS,
})
