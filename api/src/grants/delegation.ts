import type { Delegation } from '../../../policies/index.ts'
import type { ProposalResult } from '../governance/governance.ts'
import {
  type Fields,
  foldHistory,
  type Json,
  type Projection,
  type Refusal,
  type StoredEvent,
  textIn,
} from '../log/index.ts'
import type { Actor } from '../people/people.ts'

/** One request that was answered under a standing decision. */
export interface DelegationUse {
  readonly request: string
  readonly dataset: string
  readonly version: string
  readonly at: number
  /** Log index of `delegation.used`. */
  readonly entry: number
}

/** A standing decision of a council, as projected from `delegation/<id>`. */
export interface DelegationRecord extends Delegation {
  readonly id: string
  /** The vote that enacted it. */
  readonly proposal: string
  /** Log index of that enactment. */
  readonly enacted: number
  /** The vote that ended it, or null. */
  readonly endedBy: string | null
  /** Who stopped it, or null: nobody, or after erasure. */
  readonly pausedBy: string | null
  /** Who stopped it before the council let it go on: they have used that power up. */
  readonly overruled: readonly string[]
  /** How many requests it has answered. */
  readonly used: number
  /** The newest of them, newest first. */
  readonly uses: readonly DelegationUse[]
  /** Log index of `delegation.granted`. */
  readonly entry: number
}

export type DelegationResult =
  | { readonly ok: true; readonly delegation: DelegationRecord }
  | Refusal

/** What can be asked of standing decisions. */
export interface DelegationDesk {
  /** Asks the council to answer requests of a class yes beforehand. */
  proposeDelegation(actor: Actor, input: unknown): Promise<ProposalResult>
  proposeDelegationEnd(actor: Actor, input: unknown): Promise<ProposalResult>
  /** Asks the council to let go on what one of it stopped. */
  proposeDelegationResume(actor: Actor, input: unknown): Promise<ProposalResult>
  /** Stops a standing decision at once. */
  pauseDelegation(actor: Actor, id: string): Promise<DelegationResult>
  delegation(id: string): Promise<DelegationRecord | null>
  /** Those of a community, newest first. */
  delegationsOf(community: string): Promise<readonly DelegationRecord[]>
}

const USES_KEPT = 20

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

const granted = ({ data, at, idx }: StoredEvent): Fields => ({
  community: data.community ?? '',
  proposal: data.proposal ?? '',
  enacted: data.enacted ?? -1,
  scope: data.scope ?? {},
  charter: data.charter ?? '',
  licences: data.licences ?? [],
  from: at,
  until: data.until ?? 0,
  pausedAt: null,
  endedAt: null,
  endedBy: null,
  pausedBy: null,
  overruled: [],
  used: 0,
  uses: [],
  entry: idx,
})

const used = (doc: Fields, { data, at, idx }: StoredEvent): Fields => ({
  ...doc,
  used: Number(doc.used ?? 0) + 1,
  uses: [
    {
      request: data.request ?? '',
      dataset: data.dataset ?? '',
      version: data.version ?? '',
      at,
      entry: idx,
    },
    ...list(doc.uses),
  ].slice(0, USES_KEPT),
})

const resumed = (doc: Fields): Fields => ({
  ...doc,
  pausedAt: null,
  pausedBy: null,
  overruled: [...list(doc.overruled), ...list([doc.pausedBy ?? null]).filter(Boolean)],
})

const changed = (doc: Fields, event: StoredEvent): Fields => {
  const { type, data, secret, at } = event
  switch (type) {
    case 'delegation.used':
      return used(doc, event)
    case 'delegation.paused':
      return doc.pausedAt === null ? { ...doc, pausedAt: at, pausedBy: secret.by ?? null } : doc
    case 'delegation.resumed':
      return resumed(doc)
    case 'delegation.ended':
      return doc.endedAt === null ? { ...doc, endedAt: at, endedBy: data.proposal ?? null } : doc
    default:
      return doc
  }
}

/** Standing decisions with how often each was used. */
export const delegations: Projection = {
  name: 'delegations',
  ids: ({ stream, data }) => (stream.startsWith('delegation/') ? [textIn(data.delegation)] : []),
  fold: (doc, event) =>
    event.type === 'delegation.granted' ? granted(event) : doc && changed(doc, event),
}

/** A standing decision as its own events tell it, whatever has been folded. */
export const delegationIn = (
  history: readonly StoredEvent[],
): Omit<DelegationRecord, 'id'> | null =>
  foldHistory(delegations, history) as unknown as Omit<DelegationRecord, 'id'> | null
