import { z } from 'zod'
import {
  type Charter,
  canonicalJson,
  charterDigest,
  diffCharters,
  lintCharter,
  parseCharter,
  type Sha256,
} from '../../../policies/index.ts'
import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Refusal } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, Community, People } from '../people/people.ts'
import type { Effect } from './effect.ts'
import type { NewProposal, ProposalResult } from './governance.ts'
import { sponsorOnly } from './propose-member.ts'

export interface AmendmentDeps {
  readonly people: People
  readonly sha256: Sha256
  /** Epoch ms by the clock of the log. */
  readonly now: () => number
  readonly propose: (proposal: NewProposal) => Promise<ProposalResult>
}

/** One entry of the log holds 65,535 bytes; the charter is only a part of it. */
const MOST_BYTES = 40_000

const amendmentInput = z.object({
  community: z.string(),
  document: z.unknown(),
  reason: z.string().trim().min(1, 'Say why, for those who vote.').max(8000),
  deliberate: z.boolean().nullish(),
})

type Amending = { readonly ok: true; readonly charter: Charter }

const read = (document: unknown): Amending | Refusal => {
  const parsed = parseCharter(document)
  if (!parsed.ok) {
    const [first] = parsed.problems
    return refuse('CHARTER_UNREADABLE', first?.message ?? 'This charter cannot be read.', {
      field: `document${first?.path ?? ''}`,
      reasons: parsed.problems.map(({ path, message }) => ({
        clause: `L8 ${path}`,
        text: message,
      })),
    })
  }
  if (canonicalJson(parsed.charter).length <= MOST_BYTES) return parsed
  return refuse('CHARTER_TOO_LONG', 'A charter has at most 40,000 characters; shorten its texts.', {
    field: 'document/text',
  })
}

/** Whether it follows the charter in force: somebody else's amendment may have come first. */
const follows = (charter: Charter, community: Community, now: number): Refusal | null => {
  if (charter.previous !== community.charter.digest) {
    return refuse(
      'CHARTER_STALE',
      'This was written on another charter than the one in force. Begin again from that one.',
      { field: 'document/previous' },
    )
  }
  if (Date.parse(charter.effectiveFrom) <= now) return null
  const message =
    '`effectiveFrom` lies ahead, and no vote could open until then. Give a time that has passed: it binds from the day it is adopted.'
  return refuse('CHARTER_NOT_YET', message, { field: 'document/effectiveFrom' })
}

/** What lint (L1 to L9) forbids, with the members of today; null for a sound charter. */
const unsound = async (
  people: People,
  charter: Charter,
  community: Community,
): Promise<Refusal | null> => {
  const inForce = parseCharter(community.charter.document)
  if (!inForce.ok) return refuse('CHARTER_UNREADABLE', 'The charter in force is damaged.')
  const sizes = await people.sizes(community.id, charter)
  const wrong = lintCharter(charter, sizes, inForce.charter).filter(
    ({ severity }) => severity === 'error',
  )
  const [first] = wrong
  if (first) {
    return refuse('CHARTER_UNSOUND', first.message, {
      field: `document${first.path}`,
      reasons: wrong.map(({ rule, path, message }) => ({
        clause: `${rule} ${path}`,
        text: message,
      })),
    })
  }
  if (diffCharters(inForce.charter, charter, sizes).length > 0) return null
  return refuse('CHARTER_UNCHANGED', 'This says what the charter in force says. Change a rule.', {
    field: 'document',
  })
}

/**
 * Why a charter may not be voted on, or adopted, today; null when it may. Asked when it is proposed,
 * when its vote opens and when it would be adopted, because members come and go in between.
 */
export const amendmentRefusal = async (
  people: People,
  { effect, community: id }: { readonly effect: Effect; readonly community: string },
  now: number,
): Promise<Refusal | null> => {
  if (effect.kind !== 'charter.amend') return null
  const community = await people.community(id)
  const charter = read(effect.charter)
  if (!community) return notFound('community')
  if (!charter.ok) return charter
  return (
    follows(charter.charter, community, now) ?? (await unsound(people, charter.charter, community))
  )
}

/** Proposes another charter; it is voted on under `charter.amend` of the one in force. */
export const proposeCharter = async (
  { people, sha256, now, propose }: AmendmentDeps,
  actor: Actor,
  input: unknown,
): Promise<ProposalResult> => {
  const given = parse(amendmentInput, input)
  if (!given.ok) return given
  const { community, document, reason, deliberate } = given.value
  const refused = await sponsorOnly(people, actor, community)
  if (refused) return refused
  const found = read(document)
  if (!found.ok) return found
  const { charter } = found
  const effect: Effect = {
    kind: 'charter.amend',
    digest: charterDigest(charter, sha256),
    version: charter.version,
    charter,
  }
  const wrong = await amendmentRefusal(people, { effect, community }, now())
  if (wrong) return wrong
  return propose({
    community,
    title: `Change the charter (version ${charter.version})`,
    text: reason,
    effect,
    sponsor: actor,
    open: !deliberate,
    cmd: newId('x'),
  })
}
