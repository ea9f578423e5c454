import {
  digestOf,
  type Frozen,
  type Matter,
  type OpenProposalInput,
  openProposal,
  parseCharter,
  publicRoll,
  type Register,
  type Sha256,
  slotOf,
  view,
} from '../../../policies/index.ts'
import { notFound, refuse } from '../errors.ts'
import { idFrom, newId } from '../ids.ts'
import {
  type Decided,
  type Fields,
  type Json,
  type Log,
  type Refusal,
  type StoredEvent,
  sha256,
  toFields,
} from '../log/index.ts'
import type { Community, People } from '../people/people.ts'
import { amendmentRefusal } from './amendment.ts'
import { concernedBy } from './concerned-by.ts'
import { ruleOf } from './deciders.ts'
import { MATTER_INSTEAD, MATTER_OF } from './effect.ts'
import type { Again, NewProposal, Proposal } from './governance.ts'
import { proposalOf } from './history.ts'
import { textDigestOf } from './revise.ts'

export interface ProposeDeps {
  readonly log: Log
  readonly people: People
  readonly sha256: Sha256
}

type Opened = { readonly ok: true; readonly id: string } | Refusal

/** `kept`: id of the proposal that is recorded although its vote was not opened. */
type Recorded = Opened | (Refusal & { readonly kept: string })

/** How long a suspension waits for its ballot before it counts as unratified. */
const RATIFY_WITHIN = 'P3D'

/** The matter under which the community's own charter decides it. */
const matterOf = (community: Community | null, { effect: { kind } }: NewProposal): Matter => {
  const instead = MATTER_INSTEAD[kind]
  const own = MATTER_OF[kind]
  return instead === undefined || ruleOf(community, own) ? own : instead
}

/** A second try is for everybody in the community to hear of. */
const placeOf = ({ of, attempt, body }: Again): Fields => ({
  attempt,
  reruns: of,
  notice: 'everyone',
  ...(body === null ? {} : { escalatedTo: body }),
})

/** Puts a matter before the body that decides it; opens the vote at once unless told otherwise. */
export const propose = async (deps: ProposeDeps, proposal: NewProposal): Promise<Recorded> => {
  const id = idFrom('p', proposal.cmd)
  const { title, text, effect, community } = proposal
  const home = await deps.people.community(community)
  const matter = matterOf(home, proposal)
  const deliberation = ruleOf(home, matter)?.deliberation ?? null
  const discussed = proposal.open === false || deliberation !== null
  const textDigest = textDigestOf({ matter, title, text, effect }, deps.sha256)
  const event = await deps.log.append({
    stream: `proposal/${id}`,
    type: 'proposal.made',
    cmd: proposal.cmd,
    data: {
      proposal: id,
      community,
      matter,
      title,
      text,
      textDigest,
      effect: toFields(effect),
      discussed,
      ...(proposal.again ? placeOf(proposal.again) : {}),
      deliberation: proposal.open === false ? null : deliberation,
      openFor: proposal.openFor ?? (effect.kind === 'dataset.ratify' ? RATIFY_WITHIN : null),
    },
    secret: {
      ...proposal.secret,
      sponsor: proposal.sponsor?.account.id ?? proposal.again?.sponsor ?? null,
    },
  })
  const recorded = String(event.data.proposal)
  if (discussed) return { ok: true, id: recorded }
  const opened = await open(deps, recorded)
  return opened.ok ? opened : keep(opened, recorded)
}

/** What was recorded stays: whoever asked is told where it is and how it goes on. */
const keep = (refused: Refusal, id: string): Recorded => ({
  ...refused,
  message: `${refused.message} Proposal ${id} is recorded and waits: mend this and open its vote, or withdraw it.`,
  kept: id,
})

interface Opening {
  readonly register: Register
  readonly concerned: readonly string[]
  readonly slotKey: string
}

/** Seats of those it is decided about. */
const seatsConcerned = async (people: People, made: Proposal): Promise<readonly string[]> => {
  const accounts = concernedBy(made)
  const seats = await Promise.all(accounts.map((one) => people.memberOf(one, made.community)))
  return seats.flatMap((seat) => seat?.id ?? [])
}

/** Under what names outsiders take them off the roll when they count again. */
const slotsOf = (
  aside: readonly string[],
  roll: readonly string[],
  slotKey: string,
): readonly string[] =>
  aside.filter((member) => roll.includes(member)).map((member) => slotOf(slotKey, member, sha256))

/** Who decides stays private; under slots that tell nothing the world can count again. */
const openedEvent = (full: Frozen, slotKey: string, at: number): Decided => {
  const { roll, proxies, vetoers, appealers, assisted, aside, ...frozen } = full
  const shown = publicRoll(full, slotKey, sha256)
  return {
    type: 'proposal.opened',
    data: {
      proposal: full.id,
      frozen: toFields({
        ...frozen,
        ...(assisted ? { assisted: { maxShare: assisted.maxShare } } : {}),
      }),
      rollDigest: digestOf(toFields({ roll }), sha256),
      rollSize: Object.keys(roll).length,
      slots: toFields<Json>(shown?.slots ?? null),
      groupsShown: shown?.groupsShown ?? false,
      ...(aside ? { asideSlots: slotsOf(aside, Object.keys(roll), slotKey) } : {}),
    },
    secret: toFields({
      ...{ roll, proxies, vetoers, appealers, slotKey, at },
      stewards: assisted?.stewards ?? [],
      ...(aside ? { aside } : {}),
    }),
  }
}

/** Where so many stand aside that nobody could decide, those who hear appeals do from the start. */
const openOrEscalate = (asked: OpenProposalInput) => {
  const { charter, proposal, escalatedTo, now } = asked
  const result = openProposal(asked)
  const body = charter.matters[proposal.matter]?.appeal?.body
  const stuck = result.ok && result.frozen.aside && view(result.frozen, [], now).tally.inquorate
  if (!stuck || body === undefined || escalatedTo !== undefined)
    return { result, escalatedTo: null }
  const raised = openProposal({ ...asked, escalatedTo: body })
  return raised.ok ? { result: raised, escalatedTo: body } : { result, escalatedTo: null }
}

const opening = (
  community: Community,
  { register, concerned, slotKey }: Opening,
  history: readonly StoredEvent[],
  now: number,
): Decided | Refusal => {
  const proposal = proposalOf(history)
  if (!proposal) return notFound('proposal')
  if (proposal.stage !== 'deliberation') {
    return refuse('NOT_IN_DELIBERATION', 'This proposal has been opened or withdrawn already.')
  }
  if (proposal.returned) {
    return refuse(
      'RETURNED',
      'This proposal was returned; its vote opens once it is handed in again.',
    )
  }
  const charter = parseCharter(community.charter.document)
  if (!charter.ok) return refuse('CHARTER_UNREADABLE', 'The charter of this community is damaged.')
  const { id, matter, textDigest, secret } = proposal
  const { result, escalatedTo } = openOrEscalate({
    charter: charter.charter,
    charterDigest: community.charter.digest,
    register,
    concerned,
    proposal: { id, community: community.id, matter, textDigest },
    ...(proposal.openFor === null ? {} : { openFor: proposal.openFor }),
    ...(proposal.escalatedTo === null ? {} : { escalatedTo: proposal.escalatedTo }),
    now,
  })
  if (!result.ok) {
    const [problem] = result.problems
    return refuse('CANNOT_OPEN', problem?.message ?? 'This vote cannot be opened.', {
      field: problem?.path ?? '',
    })
  }
  const applicant = typeof secret.requester === 'string' ? { applicant: true as const } : {}
  const event = openedEvent({ ...result.frozen, ...applicant }, slotKey, now)
  return escalatedTo === null ? event : { ...event, data: { ...event.data, escalatedTo } }
}

/** Opens the vote in one step: text, rule, roll, groups, vetoers and instants are fixed from here on. */
export const open = async (deps: ProposeDeps, id: string): Promise<Opened> => {
  const made = proposalOf(await deps.log.stream(`proposal/${id}`))
  if (!made) return notFound('proposal')
  const community = await deps.people.community(made.community)
  if (!community) return notFound('proposal')
  const unsound = await amendmentRefusal(deps.people, made, deps.log.now())
  if (unsound) return unsound
  const register = await deps.people.roll(community.id)
  const concerned = await seatsConcerned(deps.people, made)
  const given = { register, concerned, slotKey: newId('k') }
  const result = await deps.log.command(`proposal/${id}`, `open:${id}`, (history, now) =>
    opening(community, given, history, now),
  )
  return result.ok ? { ok: true, id } : result
}
