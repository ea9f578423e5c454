import {
  type Licence,
  licenceDigest,
  parseLicence,
  parseLicenceText,
  publicationProblems,
  type Sha256,
} from '../../../policies/index.ts'
import { refuse } from '../errors.ts'
import type { Governance } from '../governance/governance.ts'
import type { Refusal } from '../log/index.ts'
import { expandPolicy } from './linked-data.ts'
import type { LicenceStore } from './store.ts'

export interface VoteDeps {
  readonly store: LicenceStore
  readonly governance: Pick<Governance, 'pending'>
  readonly sha256: Sha256
}

// The log keeps an adopted licence whole, and one entry holds 65,535 bytes: what could never be
// adopted is not put to the vote.
const LONGEST = 60_000

/** A document is given as JSON or, better, as its text: only that shows a key written twice. */
export const readLicence = (document: unknown): { ok: true; licence: Licence } | Refusal => {
  const parsed = typeof document === 'string' ? parseLicenceText(document) : parseLicence(document)
  if (parsed.ok) return parsed
  return refuse(
    'LICENCE_UNREADABLE',
    parsed.problems[0]?.message ?? 'This licence cannot be read.',
    {
      field: `document${parsed.problems[0]?.path ?? ''}`,
      reasons: parsed.problems.map(({ path, message }) => ({ clause: path, text: message })),
    },
  )
}

/** A licence that may be put to people: nobody votes on terms that are not what they claim to be. */
export const fit = (document: unknown): { ok: true; licence: Licence } | Refusal => {
  const parsed = readLicence(document)
  if (!parsed.ok) return parsed
  const problems = publicationProblems(parsed.licence)
  const [first] = problems
  if (first === undefined) return parsed
  return refuse('LICENCE_UNFIT', first.message, {
    field: `document${first.path}`,
    reasons: problems.map(({ path, message }) => ({ clause: path, text: message })),
  })
}

/** Other tools read the licence as JSON-LD: what would get lost on the way has no meaning to them. */
const survivesAsLinkedData = async ({ document }: Licence): Promise<boolean> => {
  try {
    await expandPolicy(document)
    return true
  } catch {
    return false
  }
}

/** Why a licence that is fit still cannot be put to the vote, or null. */
const unkeepable = async (licence: Licence): Promise<Refusal | null> => {
  const field = 'document'
  if (Buffer.byteLength(licence.canonical) > LONGEST)
    return refuse('BAD_INPUT', `A licence has at most ${LONGEST} bytes; this one is longer.`, {
      field,
    })
  if (await survivesAsLinkedData(licence)) return null
  return refuse('LICENCE_UNREADABLE', 'A part of this licence has no meaning as JSON-LD.', {
    field,
  })
}

const COMMUNITIES = 'urn:commonhold:community:'

/** Whether a name is that of another community of this registry, or of what is theirs. */
const isOthers = (name: string, community: string): boolean =>
  name.startsWith(COMMUNITIES) && !`${name}:`.startsWith(`${COMMUNITIES}${community}:`)

const uidIn = (document: unknown): unknown =>
  typeof document === 'object' && document !== null && 'uid' in document ? document.uid : undefined

const taken = (whose: string): Refusal =>
  refuse('BAD_INPUT', `${whose} has this uid already. Give every version its own.`, {
    field: 'document/uid',
  })

/** Names that other tools would take for somebody else's licence, or for another version of it. */
const misnamed = async (
  { store, governance }: VoteDeps,
  { uid, assigner, target }: Licence,
  community: string,
): Promise<Refusal | null> => {
  const field = 'document/permission/0/'
  for (const [key, name] of Object.entries({ assigner, target }))
    if (isOthers(name, community)) {
      const message = `The ${key} is another community. Name your own: ${COMMUNITIES}${community}.`
      return refuse('BAD_INPUT', message, { field: `${field}${key}` })
    }
  if (await store.isTaken(uid)) return taken('An adopted licence')
  const asked = await governance.pending('licence.adopt')
  return asked.some(({ secret }) => uidIn(secret.document) === uid)
    ? taken('A licence that lies before the voters')
    : null
}

/** What may go before the voters: it parses, keeps what it claims, fits the log, and is new. */
export const worthAVote = async (
  deps: VoteDeps,
  document: unknown,
  community: string,
): Promise<{ ok: true; licence: Licence; digest: string } | Refusal> => {
  const checked = fit(document)
  if (!checked.ok) return checked
  const { licence } = checked
  const unkept = await unkeepable(licence)
  if (unkept) return unkept
  const digest = licenceDigest(licence, deps.sha256)
  if (await deps.store.licence(digest)) {
    const message = 'Exactly this licence has been adopted already. Change something first.'
    return refuse('ALREADY_ADOPTED', message, { field: 'document' })
  }
  return (await misnamed(deps, licence, community)) ?? { ok: true, licence, digest }
}
