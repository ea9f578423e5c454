import { join } from 'node:path'
import type { CopyDeps } from './grants/own-copy.ts'
import { fingerprintKeyOf } from './kept-names.ts'
import type { Storage } from './storage/connect.ts'
import { createCopyStore } from './storage/copy-store.ts'
import type { HouseOptions } from './wire.ts'

/** What copies that are made for grants need beside the files. */
export const openCopies = async (
  { connection }: Storage,
  { config, report }: HouseOptions,
): Promise<Omit<CopyDeps, 'files'>> => ({
  copies: await createCopyStore(connection),
  fingerprintKey: await fingerprintKeyOf(join(config.dataDir, 'keys')),
  // Their bytes are collected by the system clock, as those of all files.
  wallClock: Date.now,
  report,
})
