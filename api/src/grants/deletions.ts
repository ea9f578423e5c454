import { type DutyStanding, dutyState } from '../../../policies/index.ts'
import type { Actor } from '../people/people.ts'
import type { DutyBoard } from './duty-board.ts'
import type { Grant, GrantResult } from './grants.ts'

/** Why copies have to go. */
export type DeletionCause = 'withdrawal' | 'takedown'

/** What a holder was asked to delete from every copy, and to say so. */
export interface Deletion {
  readonly id: string
  readonly cause: DeletionCause
  /** Log index of what brought it about: the erasure, or the takedown. */
  readonly because: number
  /** SHA-256 of the files that have to go; null: all of them. */
  readonly units: readonly string[] | null
  readonly askedAt: number
  readonly withinDays: number
  readonly attestedAt: number | null
  /** What the holder states; empty after erasure of their words. */
  readonly evidence: readonly { readonly field: string; readonly text: string }[]
  /** Log index of `deletion.asked`. */
  readonly entry: number
}

/** How long holders have to find their copies. */
export const DELETE_WITHIN_DAYS = 30

/**
 * Where it stands, as a duty to delete does; but a statement that comes late is still what is wanted,
 * so that it makes good at any time.
 */
export const deletionStanding = (
  { askedAt, withinDays, attestedAt }: Deletion,
  now: number,
): DutyStanding => {
  const standing = dutyState({ kind: 'deleteOnEnd', withinDays, from: askedAt }, [], now)
  return attestedAt === null || attestedAt > now
    ? standing
    : { ...standing, phase: 'accepted', late: false, metAt: attestedAt }
}

/** What is owed when something is gone for good, and what all owe. */
export interface DeletionDesk {
  /** Duties of a community's grants that are open, and those that were breached. */
  dutyCounts(community: string): Promise<{ open: number; breached: number }>
  /** What holders owe a community and have given back, as far as the one who asks may know of it. */
  dutyBoard(actor: Actor | null, community: string): Promise<DutyBoard>
  /** SHA-256 of the copies that were handed over under a grant, by that of the file they were made of. */
  heldAs(grant: Grant): Promise<ReadonlyMap<string, readonly string[]>>
  /** Asks whoever has had what is gone for good to delete it; call it at every tick. */
  askDeletions(): Promise<void>
  attestDeletion(actor: Actor, input: unknown): Promise<GrantResult>
}

/** Of a grant: those not attested. */
export const openDeletions = (
  { deletions }: { readonly deletions: readonly Deletion[] },
  now: number,
): readonly Deletion[] => deletions.filter((one) => deletionStanding(one, now).phase !== 'accepted')

/** How many of them are late. */
export const lateDeletions = (
  { deletions }: { readonly deletions: readonly Deletion[] },
  now: number,
): number => deletions.filter((one) => deletionStanding(one, now).late).length
