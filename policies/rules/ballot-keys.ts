import { type Admission, deny, PERMIT } from './admission.ts'
import type { ProposalEvent } from './proposal.ts'

type KeyOf = Pick<Extract<ProposalEvent, { type: 'add-key' }>, 'by' | 'key'>
type Cast = Pick<Extract<ProposalEvent, { type: 'ballot' }>, 'by' | 'signed'>

interface Device {
  readonly by: string
  ended: boolean
  /** Number of its last ballot, 0 before the first. */
  last: number
}

/** The devices that sign ballots in one vote; built up inside one fold and never shared. */
export interface Keyring {
  /** By public key. */
  readonly devices: Map<string, Device>
  /** How many each member has named. */
  readonly named: Map<string, number>
  /** The device behind the ballot that stands for a member, where a device signed it. */
  readonly standing: Map<string, Device>
}

/** Devices a member can name in one vote, lost ones included. */
export const MOST_KEYS = 5

export const emptyKeyring = (): Keyring => ({
  devices: new Map(),
  named: new Map(),
  standing: new Map(),
})

export function addKey({ devices, named }: Keyring, { by, key }: KeyOf): void {
  named.set(by, (named.get(by) ?? 0) + 1)
  devices.set(key, { by, ended: false, last: 0 })
}

export function endKey({ devices }: Keyring, { key }: KeyOf): void {
  const device = devices.get(key)
  if (device !== undefined) device.ended = true
}

/** Takes note of a ballot that counts. */
export function noteBallot({ devices, standing }: Keyring, { by, signed }: Cast): void {
  const device = signed && devices.get(signed.key)
  if (!device) return
  device.last = signed.number
  standing.set(by, device)
}

export function judgeNewKey({ devices, named }: Keyring, { by, key }: KeyOf): Admission {
  if (devices.has(key)) return deny('key-known', 'This key signs in this vote already.')
  if ((named.get(by) ?? 0) < MOST_KEYS) return PERMIT
  return deny('too-many-keys', `A member names at most ${MOST_KEYS} devices in one vote.`)
}

export function judgeEndKey({ devices }: Keyring, { by, key }: KeyOf): Admission {
  const device = devices.get(key)
  if (device?.by !== by) return deny('unknown-key', 'No device of yours has this key.')
  return device.ended ? deny('key-ended', 'This key has been ended already.') : PERMIT
}

/**
 * Nobody but the device changes what it signed, be it whoever runs the server: a ballot without a
 * signature waits until the member has ended the key, which everybody sees in the log.
 */
export function signedStands({ standing }: Keyring, member: string): Admission | null {
  const device = standing.get(member)
  if (device === undefined || device.ended) return null
  return deny(
    'signed-stands',
    'The ballot that your device signed stands. Sign another with it, or end its key to vote without.',
  )
}

/** Whether a ballot may count as the device's it names, or without one. The signature is checked before. */
export function judgeSignature(keyring: Keyring, { by, signed }: Cast): Admission {
  if (signed === undefined) return signedStands(keyring, by) ?? PERMIT
  const device = keyring.devices.get(signed.key)
  if (device?.by !== by) return deny('unknown-key', 'No device of this member has this key.')
  if (device.ended) return deny('key-ended', 'The key of this device has been ended.')
  if (!Number.isSafeInteger(signed.number) || signed.number < 1) {
    return deny('bad-number', 'The number of a ballot is 1 or more.')
  }
  if (signed.number > device.last) return PERMIT
  return deny('earlier-number', 'A later ballot of this device has been counted.')
}
