import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { changeKey, giveUpKey } from './change-keys.ts'
import { config as readConfig } from './config.ts'
import { KEY_PURPOSES, type KeyPurpose } from './storage/key-store.ts'
import { openHouse } from './wire.ts'

const USAGE = `npm run keys -- change <${KEY_PURPOSES.join('|')}>
npm run keys -- give-up <id of a key that was changed> --since <entries of the log it may vouch for>

Stop the registry first and start it again afterwards. Both are recorded in the public log.`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { since: { type: 'string', default: '0' } },
})
const [verb, what = ''] = positionals
const purpose = KEY_PURPOSES.find((one): one is KeyPurpose => one === what)
const since = /^\d{1,15}$/.test(values.since) ? Number(values.since) : null

const run = async (): Promise<string> => {
  const config = readConfig()
  const report = (error: unknown, about: string): void => console.error(about, error)
  const clock = { now: Date.now, advance: () => undefined }
  const dir = join(config.dataDir, 'keys')
  const house = await openHouse({ config, clock, report })
  try {
    if (verb === 'change' && purpose)
      return `The new key is ${await changeKey(house, dir, purpose)}.`
    if (verb !== 'give-up' || since === null) throw new Error(USAGE)
    await giveUpKey(house, dir, { kid: what, since })
    return `${what} is given up from entry ${since} on.`
  } finally {
    await house.close()
  }
}

if ((verb === 'change' && purpose) || (verb === 'give-up' && what !== '' && since !== null))
  console.log(await run())
else {
  console.error(USAGE)
  process.exitCode = 2
}
