import {
  digestOf,
  type Matter,
  openProposal,
  parseCharter,
  publicRoll,
  type Sha256,
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
  toFields,
} from '../log/index.ts'
import type { Community, People } from '../people/people.ts'
import { amendmentRefusal } from './amendment.ts'
import { ruleOf } from './deciders.ts'
import { MATTER_INSTEAD, MATTER_OF } from './effect.ts'
import type { Again, NewProposal } from './governance.ts'
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

const opening = (
  deps: ProposeDeps,
  community: Community,
  { register, slotKey }: { register: Awaited<ReturnType<People['roll']>>; slotKey: string },
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
  const result = openProposal({
    charter: charter.charter,
    charterDigest: community.charter.digest,
    register,
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
  const { roll, proxies, vetoers, appealers, assisted, ...frozen } = result.frozen
  const shown = publicRoll(result.frozen, slotKey, deps.sha256)
  return {
    type: 'proposal.opened',
    data: {
      proposal: id,
      frozen: toFields({
        ...frozen,
        ...(assisted ? { assisted: { maxShare: assisted.maxShare } } : {}),
        ...(typeof secret.requester === 'string' ? { applicant: true } : {}),
      }),
      rollDigest: digestOf(toFields({ roll }), deps.sha256),
      rollSize: Object.keys(roll).length,
      slots: toFields<Json>(shown?.slots ?? null),
      groupsShown: shown?.groupsShown ?? false,
    },
    secret: toFields({
      roll,
      proxies,
      vetoers,
      appealers,
      stewards: assisted?.stewards ?? [],
      slotKey,
      at: now,
    }),
  }
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
  const slotKey = newId('k')
  const result = await deps.log.command(`proposal/${id}`, `open:${id}`, (history, now) =>
    opening(deps, community, { register, slotKey }, history, now),
  )
  return result.ok ? { ok: true, id } : result
}
