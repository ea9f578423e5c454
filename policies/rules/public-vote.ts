import { toBase64Url } from './bytes.ts'
import { canonicalJson, type Sha256, utf8 } from './canonical.ts'
import type { Choice, Frozen } from './proposal.ts'

/**
 * A place on the roll under a name that means nothing outside this vote. `group` likewise, `''` for
 * none; `proxy` is the slot that speaks for this one, `''` for nobody.
 */
export type Slot = readonly [slot: string, group: string, proxy: string]

/** A ballot as it is opened after the close: its log entry, its choice, and what sealed it. */
export type OpenedBallot = readonly [entry: number, choice: Choice, nonce: string]

/** The public part of an opened vote. */
export interface PublicRoll {
  readonly slots: readonly Slot[]
  /** False where groups are so small that their counts would tell how a person voted. */
  readonly groupsShown: boolean
}

/** 96 bits: nobody finds the member behind a slot, and no two share one. */
const SLOT_LENGTH = 16
const GROUP_LENGTH = 8
const SMALLEST_SHOWN = 3
/** A roll of more does not fit into one entry of the log (C2SP tlog-tiles: 65,535 bytes). */
export const MOST_SLOTS = 1_000

const short = (length: number, sha256: Sha256, ...parts: readonly string[]): string =>
  toBase64Url(sha256(utf8(canonicalJson(parts)))).slice(0, length)

/**
 * The slot of a member in one vote. `key` is a secret of that vote: once it is erased, nothing leads
 * from a slot back to a person.
 */
export const slotOf = (key: string, member: string, sha256: Sha256): string =>
  short(SLOT_LENGTH, sha256, 'slot', key, member)

/** The text whose SHA-256 seals a ballot. */
export const sealText = (nonce: string, choice: string): string =>
  canonicalJson(['ballot', nonce, choice])

/** What a ballot shows while the vote is open: bound to its choice, telling nothing of it. */
export const sealOf = (nonce: string, choice: string, sha256: Sha256): string =>
  toBase64Url(sha256(utf8(sealText(nonce, choice))))

/**
 * Whether numbers of single groups may be told to outsiders: as the charter has it, and from three
 * members on only if no group is smaller, as totals would give a small one away.
 */
export const groupsMayShow = ({ roll, secrecy }: Pick<Frozen, 'roll' | 'secrecy'>): boolean => {
  if (secrecy.publicGroupCounts !== 'min3') return secrecy.publicGroupCounts === 'always'
  const groups = Object.values(roll).filter((group) => group !== '')
  return [...new Set(groups)].every(
    (group) => groups.filter((one) => one === group).length >= SMALLEST_SHOWN,
  )
}

/**
 * The roll as outsiders see it, from which they can count again; null when it is too long for one
 * entry. Sorted by slot, so that its order tells nothing.
 */
export const publicRoll = (
  frozen: Pick<Frozen, 'roll' | 'proxies' | 'secrecy'>,
  key: string,
  sha256: Sha256,
): PublicRoll | null => {
  const members = Object.entries(frozen.roll)
  if (members.length > MOST_SLOTS) return null
  const groupsShown = groupsMayShow(frozen)
  const groupOf = (group: string): string =>
    group === '' || !groupsShown ? '' : short(GROUP_LENGTH, sha256, 'group', key, group)
  const slots = members.map(([member, group]): Slot => {
    const proxy = Object.hasOwn(frozen.proxies, member) ? (frozen.proxies[member] ?? '') : ''
    return [
      slotOf(key, member, sha256),
      groupOf(group),
      proxy === '' ? '' : slotOf(key, proxy, sha256),
    ]
  })
  return { slots: slots.sort(([a], [b]) => (a < b ? -1 : 1)), groupsShown }
}
