import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { random } from './ids.ts'
import { createWhole } from './storage/key-store.ts'

/** The name the log signs under: chosen at the first start and kept, whatever the address becomes. */
export const originOf = async (dir: string, publicUrl: string): Promise<string> => {
  const file = join(dir, 'origin')
  const known = await readFile(file, 'utf8').catch(() => '')
  if (known !== '') return known.trim()
  const origin = `${new URL(publicUrl).host}/log`
  await createWhole(file, `${origin}\n`)
  return (await readFile(file, 'utf8')).trim()
}

const secretIn = async (dir: string, name: string): Promise<Uint8Array> => {
  const file = join(dir, name)
  const known = await readFile(file, 'utf8').catch(() => '')
  if (known === '') await createWhole(file, Buffer.from(random(32)).toString('hex'))
  return Buffer.from(await readFile(file, 'utf8'), 'hex')
}

/** Made once and never changed: receipts are kept for years, on paper too. */
export const receiptKeyOf = (dir: string): Promise<Uint8Array> =>
  secretIn(dir, 'contribution-receipts')

/** Made once and never changed: by it a copy is made again, and known again when it leaks. */
export const fingerprintKeyOf = (dir: string): Promise<Uint8Array> => secretIn(dir, 'fingerprints')
