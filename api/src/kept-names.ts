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

/** Made once and never changed: receipts are kept for years, on paper too. */
export const receiptKeyOf = async (dir: string): Promise<Uint8Array> => {
  const file = join(dir, 'contribution-receipts')
  const known = await readFile(file, 'utf8').catch(() => '')
  if (known === '') await createWhole(file, Buffer.from(random(32)).toString('hex'))
  return Buffer.from(await readFile(file, 'utf8'), 'hex')
}
