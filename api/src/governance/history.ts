import { type Frozen, parseDuration } from '../../../policies/index.ts'
import { type Fields, type Json, type StoredEvent, textIn } from '../log/index.ts'
import type { BallotKey, EnteredMinute, Outcome, Proposal } from './governance.ts'
import { isUnanswered } from './is-unanswered.ts'
import { enteredIn, instantOf, kernelEvents, signedIn } from './kernel-events.ts'

/** Who decides, vetoes and hears appeals lies in the secret part; once that is erased it is nobody. */
const frozenOf = ({ data, secret }: StoredEvent): Frozen | null => {
  if (typeof data.frozen !== 'object' || data.frozen === null) return null
  const { roll = {}, proxies = {}, vetoers = [], appealers = [], stewards = [], aside } = secret
  const shown = fieldsOf(data.frozen)
  const assisted = shown.assisted ? { assisted: { ...fieldsOf(shown.assisted), stewards } } : {}
  const secrets = { roll, proxies, vetoers, appealers, ...(aside ? { aside } : {}) }
  return { ...shown, ...secrets, ...assisted } as unknown as Frozen
}

/** Whose device has this key; nobody's once that was erased. */
const ownerIn =
  ({ keys = [] }: Proposal) =>
  (key: string): string =>
    keys.find((one) => one.key === key)?.by ?? ''

/** When a vote opens by itself if its words stand from `at` on. */
const opensAt = (deliberation: Json | undefined, at: number): number | null => {
  const length = parseDuration(textIn(deliberation))
  return length === null ? null : at + length
}

const made = (event: StoredEvent): Proposal => {
  const { sponsor, ...secret } = event.secret
  const { proposal, community, matter, title, text: body, textDigest, effect } = event.data
  return {
    id: textIn(proposal),
    community: textIn(community),
    matter: textIn(matter) as Proposal['matter'],
    title: textIn(title),
    text: textIn(body),
    textDigest: textIn(textDigest),
    effect: effect as unknown as Proposal['effect'],
    secret,
    sponsor: typeof sponsor === 'string' ? sponsor : null,
    madeAt: event.at,
    revisions: [],
    stands: { at: event.at, entry: event.idx },
    returned: null,
    discussed: event.data.discussed === true,
    opensAt: opensAt(event.data.deliberation, event.at),
    attempt: typeof event.data.attempt === 'number' ? event.data.attempt : 1,
    reruns: textIn(event.data.reruns) || null,
    rerunAs: null,
    escalatedTo: textIn(event.data.escalatedTo) || null,
    openFor: typeof event.data.openFor === 'string' ? event.data.openFor : null,
    stage: 'deliberation',
    frozen: null,
    events: [],
    ballotEntries: {},
    nonces: {},
    slotKey: '',
    opened: null,
    minutes: [],
    entries: [],
    closedIdx: null,
    enactedIdx: null,
    effectIdx: null,
    settled: false,
    counted: null,
  }
}

const opened = (proposal: Proposal, event: StoredEvent): Proposal => ({
  ...proposal,
  stage: 'open',
  frozen: frozenOf(event),
  slotKey: textIn(event.secret.slotKey),
  escalatedTo: textIn(event.data.escalatedTo) || proposal.escalatedTo,
  counted: 'open',
})

const revised = (proposal: Proposal, { data, at, idx }: StoredEvent): Proposal => {
  const { title, text: body, textDigest, effect, stands, opensAt: opens } = proposal
  const waited = opens === null ? null : opens - stands.at
  return {
    ...proposal,
    title: textIn(data.title),
    text: textIn(data.text),
    textDigest: textIn(data.textDigest),
    effect: data.effect as unknown as Proposal['effect'],
    revisions: [...proposal.revisions, { title, text: body, textDigest, effect, ...stands }],
    stands: { at, entry: idx },
    returned: null,
    opensAt: waited === null ? null : at + waited,
  }
}

const returned = (proposal: Proposal, { secret, at, idx }: StoredEvent): Proposal => ({
  ...proposal,
  returned: { words: textIn(secret.words), at, entry: idx },
})

const noted = ({ minutes }: Proposal, event: StoredEvent): readonly EnteredMinute[] => {
  const { data, secret, at, idx } = event
  const id = textIn(data.minute)
  const by = textIn(secret.by)
  if (event.type === 'minute.confirmed') {
    const confirmed = { by, at, entry: idx }
    return minutes.map((one) => (one.id === id ? { ...one, confirmed } : one))
  }
  const digest = textIn(data.minuteDigest)
  const about = { id, by, at, entry: idx, text: textIn(secret.text), digest }
  return [...minutes, { ...about, ballots: enteredIn(event), confirmed: null }]
}

/** The newest ballot of a member, wherever it lies, and what sealed it. */
const cast = (proposal: Proposal, event: StoredEvent): Proposal => {
  const by = textIn(event.secret.by)
  return {
    ...proposal,
    ballotEntries: { ...proposal.ballotEntries, [by]: event.idx },
    nonces: { ...proposal.nonces, [by]: textIn(event.secret.nonce) },
  }
}

const castSigned = (proposal: Proposal, event: StoredEvent): Proposal => {
  const signed = signedIn(event, ownerIn(proposal))
  const entries = signed.map(({ by }) => [by, event.idx] as const)
  const nonces = signed.map(({ by, nonce }) => [by, nonce] as const)
  const last = new Map(
    signed.map(({ key, number, seal }) => [key, { number, seal, entry: event.idx }]),
  )
  const { keys = [] } = proposal
  return {
    ...proposal,
    ballotEntries: { ...proposal.ballotEntries, ...Object.fromEntries(entries) },
    nonces: { ...proposal.nonces, ...Object.fromEntries(nonces) },
    keys: keys.map((one) => ({ ...one, last: last.get(one.key) ?? one.last })),
  }
}

const keyed = (proposal: Proposal, event: StoredEvent): Proposal => {
  const { keys = [] } = proposal
  const key = textIn(event.data.key)
  const at = instantOf(event)
  if (event.type === 'ballot-key.ended') {
    return { ...proposal, keys: keys.map((one) => (one.key === key ? { ...one, ended: at } : one)) }
  }
  const opens = textIn(event.secret.opens)
  const added: BallotKey = {
    ...{ key, opens, at, by: textIn(event.secret.by) },
    ...{ entry: event.idx, ended: null, last: null },
  }
  return { ...proposal, keys: [...keys, added] }
}

const happened = (proposal: Proposal, event: StoredEvent): Proposal => {
  const seen = kernelEvents(event, ownerIn(proposal))
  if (seen.length === 0) return proposal
  const next = { ...proposal, events: [...proposal.events, ...seen] }
  switch (event.type) {
    case 'minute.entered':
    case 'minute.confirmed':
      return { ...next, minutes: noted(proposal, event) }
    case 'ballot.cast':
      return cast(next, event)
    case 'ballots.signed':
      return castSigned(next, event)
    case 'ballot-key.added':
    case 'ballot-key.ended':
      return keyed(next, event)
    default:
      return next
  }
}

const outcomeOf = ({ data }: StoredEvent): Outcome => {
  const { phase, pass, deciders, yes, no, abstain, objections, assisted = 0 } = data
  return { phase, pass, deciders, yes, no, abstain, objections, assisted } as unknown as Outcome
}

const openedBallots = ({ data }: StoredEvent) =>
  (Array.isArray(data.ballots) ? data.ballots : null) as Proposal['opened']

const closed = (proposal: Proposal, event: StoredEvent): Proposal => {
  const outcome = outcomeOf(event)
  return {
    ...proposal,
    closedIdx: event.idx,
    outcome,
    opened: openedBallots(event),
    // Too few could decide: another try follows by itself.
    settled: event.data.pass !== true && outcome.phase !== 'inquorate',
    counted: isUnanswered({ phase: outcome.phase, tally: outcome }) ? 'unanswered' : 'decided',
  }
}

/** What was won and then not carried out in time has been left unanswered. */
const lapsedAs = ({ data }: StoredEvent) => (data.phase === 'expired' ? 'unanswered' : 'decided')

/** The body that hears appeals has answered where nobody else had. */
const annulled = (proposal: Proposal, { data }: StoredEvent): Proposal =>
  data.upheld === true ? { ...proposal, counted: 'decided' } : proposal

const step = (proposal: Proposal, event: StoredEvent): Proposal => {
  switch (event.type) {
    case 'proposal.opened':
      return opened(proposal, event)
    case 'proposal.revised':
      return revised(proposal, event)
    case 'proposal.returned':
      return returned(proposal, event)
    case 'proposal.withdrawn':
      return { ...proposal, stage: 'withdrawn', settled: true }
    case 'proposal.closed':
      return closed(proposal, event)
    case 'proposal.rerun':
      return { ...proposal, settled: true, rerunAs: textIn(event.data.next) || null }
    case 'proposal.lapsed':
      return { ...proposal, settled: true, counted: lapsedAs(event) }
    case 'appeal.decided':
      return annulled(happened(proposal, event), event)
    case 'proposal.enacted':
      return { ...happened(proposal, event), enactedIdx: event.idx }
    default:
      return happened(proposal, event)
  }
}

/** The event by which a domain carried an enacted decision out. */
const carriedOut = (proposal: Proposal, event: StoredEvent): Proposal => ({
  ...proposal,
  effectIdx: event.idx,
  settled: true,
})

/** One event more on a proposal; null as long as it has not been made. */
export const foldProposal = (proposal: Proposal | null, event: StoredEvent): Proposal | null => {
  if (event.type === 'proposal.made') return { ...made(event), entries: [event.idx] }
  if (!proposal) return null
  const inside = event.stream === `proposal/${proposal.id}`
  const next = inside ? step(proposal, event) : carriedOut(proposal, event)
  return { ...next, entries: [...proposal.entries, event.idx] }
}

interface Folded {
  readonly first: StoredEvent
  readonly length: number
  readonly proposal: Proposal
}

/** Where the newest history of each stream has led: a vote of a thousand is not folded anew by each ballot. */
const foldedTo = new WeakMap<StoredEvent, Folded>()

/** What the first events of a history have come to already, if they are those that were folded. */
const foldedIn = (history: readonly StoredEvent[]): Folded | null => {
  const last = history.findLast((event) => foldedTo.has(event))
  const known = last && foldedTo.get(last)
  if (!known) return null
  return known.first === history[0] && history[known.length - 1] === last ? known : null
}

/** A proposal from the events of its own stream, from its first one on. */
export const proposalOf = (history: readonly StoredEvent[]): Proposal | null => {
  const known = foldedIn(history)
  const length = known?.length ?? 0
  const proposal = history
    .slice(length)
    .reduce<Proposal | null>(foldProposal, known?.proposal ?? null)
  const [first, last, before] = [history[0], history.at(-1), history[length - 1]]
  if (!first || !last || !proposal || length === history.length) return proposal
  if (before) foldedTo.delete(before)
  foldedTo.set(last, { first, length: history.length, proposal })
  return proposal
}

/** Fields of an object, or none. */
export const fieldsOf = (value: Json | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
