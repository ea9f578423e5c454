import { z } from 'zod'
import {
  instantiate,
  instantiateCharter,
  type Licence,
  licenceDigest,
  type Sha256,
} from '../../../policies/index.ts'
import { refuse } from '../errors.ts'
import type { Governance, ProposalResult } from '../governance/governance.ts'
import { newId } from '../ids.ts'
import { inTurn } from '../in-turn.ts'
import type { Fields, Log, Refusal, StoredEvent } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor, People } from '../people/people.ts'
import type { LicenceRecord, Licences, Template } from './licences.ts'
import { createChange, createClaims, createCodes, createParsed } from './parsed.ts'
import type { LicenceStore } from './store.ts'
import { fit, readLicence, worthAVote } from './worth-a-vote.ts'

export interface LicencesDeps {
  readonly log: Log
  readonly people: People
  readonly governance: Governance
  readonly store: LicenceStore
  readonly sha256: Sha256
  readonly licenceTemplates: readonly Template[]
  readonly charterTemplates: readonly Template[]
}

const country = z.string().regex(/^[A-Z]{2}$/, 'Use the two capital letters of ISO 3166-1.')
const instant = z.iso.datetime({ message: 'Use an instant such as 2026-01-01T00:00:00Z.' })

const choice = z.object({
  template: z.string(),
  title: z.string().trim().min(1, 'Give the licence a title.').max(200),
  home: z.array(country).min(1, 'Name at least one country as home.'),
  region: z.array(country),
  embargo: instant.optional(),
  expiry: instant.optional(),
  open: instant.optional(),
})

const proposal = z.object({
  community: z.string(),
  replaces: z.string().nullish(),
  document: z.unknown(),
  reason: z.string().trim().min(1, 'Say why, for those who vote.').max(8000),
  deliberate: z.boolean().nullish(),
})

/** The fields of a `licence.adopted` event. */
const adoption = (
  licence: Licence,
  about: {
    community: string
    id: string
    version: number
    template: string | null
    proposal: string | null
  },
  sha256: Sha256,
): Fields => ({
  community: about.community,
  licence: about.id,
  version: about.version,
  digest: licenceDigest(licence, sha256),
  title: licence.title[0]?.text ?? '',
  template: about.template,
  document: JSON.parse(licence.canonical),
  proposal: about.proposal,
})

const adopted = async ({ store }: LicencesDeps, digest: string): Promise<LicenceRecord> => {
  const record = await store.licence(digest)
  if (!record) throw new Error(`licence ${digest} was adopted but is not projected`)
  return record
}

/** The licence that a template and a community's choice come to. */
const chosen = (
  templates: readonly Template[],
  input: unknown,
  { community, id }: { readonly community: string; readonly id: string },
): { ok: true; licence: Licence; template: string } | Refusal => {
  const wanted = parse(choice, input)
  if (!wanted.ok) return wanted
  const { template: name, ...parts } = wanted.value
  const template = templates.find((one) => one.name === name)
  if (!template) {
    return refuse('NO_TEMPLATE', `There is no licence template “${name}”.`, { field: 'template' })
  }
  const licence = fit(
    instantiate(template.document, {
      licence: `urn:commonhold:licence:${id}:1`,
      target: `urn:commonhold:community:${community}:datasets`,
      assigner: `urn:commonhold:community:${community}`,
      ...parts,
    }),
  )
  return licence.ok ? { ok: true, licence: licence.licence, template: name } : licence
}

const adoptFounding =
  (deps: LicencesDeps): Licences['adoptFounding'] =>
  async (community, input, cmd) => {
    const id = newId('l')
    const made = chosen(deps.licenceTemplates, input, { community, id })
    if (!made.ok) return made
    const about = { community, id, version: 1, template: made.template, proposal: null }
    const data = adoption(made.licence, about, deps.sha256)
    const stream = `licence/${id}`
    const event = await deps.log.append({ stream, type: 'licence.adopted', cmd, data })
    return { ok: true, licence: await adopted(deps, String(event.data.digest)) }
  }

/** Two votes on one licence would each be about a difference that the other one changes. */
const inTheWay = (id: string): Refusal =>
  refuse(
    'ALREADY_PROPOSED',
    `A vote on this licence is under way (${id}); wait for its outcome, or withdraw it before it opens.`,
    { field: 'replaces' },
  )

const voteOn =
  ({ governance }: LicencesDeps): Licences['voteOn'] =>
  async (licence) => {
    const asked = await governance.pending('licence.adopt')
    const open = asked.find(
      ({ effect }) => effect.kind === 'licence.adopt' && effect.licence === licence,
    )
    return open ?? null
  }

/** What lies there already under the same name is the answer where it asks the same. */
const asFirst = (made: ProposalResult, digest: string): ProposalResult => {
  if (!made.ok) return made
  const { id, effect } = made.proposal
  return effect.kind === 'licence.adopt' && effect.digest === digest ? made : inTheWay(id)
}

interface Next {
  readonly id: string
  readonly version: number
  readonly cmd: string
}

/** Which version is asked for, and the name of the vote on it. */
const nextOf = async (
  deps: LicencesDeps,
  community: string,
  replaces: string | null | undefined,
): Promise<({ readonly ok: true } & Next) | Refusal> => {
  if (!replaces) return { ok: true, id: newId('l'), version: 1, cmd: newId('x') }
  const versions = (await deps.store.adoptedBy(community)).filter(({ id }) => id === replaces)
  if (versions.length === 0)
    return refuse('NO_LICENCE', 'This community has no such licence.', { field: 'replaces' })
  // Two who ask at the same moment, of two processes too, have both seen as many votes before theirs.
  const asked = await deps.governance.adoptionsAsked(community, replaces)
  const open = await voteOn(deps)(replaces)
  if (open) return inTheWay(open.id)
  const version = 1 + Math.max(...versions.map((one) => one.version))
  return { ok: true, id: replaces, version, cmd: `licence:${replaces}:${asked}` }
}

const propose =
  (deps: LicencesDeps) =>
  async (actor: Actor, input: unknown): Promise<ProposalResult> => {
    const wanted = parse(proposal, input)
    if (!wanted.ok) return wanted
    const { community, replaces, document, reason, deliberate } = wanted.value
    if (!(await deps.people.memberOf(actor.account.id, community))) {
      return refuse('NOT_A_MEMBER', 'Only members of this community may propose a licence.')
    }
    const found = await worthAVote(deps, document, community)
    if (!found.ok) return found
    const { licence, digest } = found
    const next = await nextOf(deps, community, replaces)
    if (!next.ok) return next
    const { id, version, cmd } = next
    const title = licence.title[0]?.text.slice(0, 200) ?? 'a licence'
    const made = await deps.governance.propose({
      community,
      title: `Adopt licence: ${title} (version ${version})`,
      text: reason,
      effect: { kind: 'licence.adopt', licence: id, version, digest },
      secret: { document: JSON.parse(licence.canonical) },
      sponsor: actor,
      open: !deliberate,
      cmd,
    })
    return asFirst(made, digest)
  }

/** The number after all that were adopted: another vote may have passed while this one was open. */
const nextVersion = (history: readonly StoredEvent[], expected: number): number =>
  history.reduce(
    (next, { type, data }) =>
      type === 'licence.adopted' ? Math.max(next, 1 + Number(data.version)) : next,
    expected,
  )

/** Carries out an adoption: exactly the document that was voted on. */
const adopt =
  ({ log, sha256 }: LicencesDeps): Licences['executors']['licence.adopt'] =>
  async ({ proposal: { id, community, secret }, effect, effectId }) => {
    const read = readLicence(secret.document)
    if (!read.ok || licenceDigest(read.licence, sha256) !== effect.digest) {
      throw new Error(`the licence voted on in ${id} is not the one on record`)
    }
    const { licence } = read
    const about = { community, id: effect.licence, template: null, proposal: id }
    const done = await log.command(`licence/${effect.licence}`, effectId, (history) => {
      const version = nextVersion(history, effect.version)
      return { type: 'licence.adopted', data: adoption(licence, { ...about, version }, sha256) }
    })
    if (!done.ok) throw new Error(`the licence voted on in ${id} was not adopted: ${done.code}`)
    return done.event
  }

const createReadings = () => {
  const parsed = createParsed()
  return {
    parsed,
    claims: createClaims(parsed),
    codes: createCodes(parsed),
    change: createChange(parsed),
  }
}

const newerThan =
  ({ store }: LicencesDeps): Licences['newerThan'] =>
  async (digest) => {
    const record = await store.licence(digest)
    const [newest] = record ? await store.versionsOf(record.id) : []
    return newest === undefined || newest.digest === digest ? null : newest
  }

const newerThanThese =
  ({ store }: LicencesDeps): Licences['newerThanThese'] =>
  async (digests) => {
    const records = await store.licences(digests)
    const all = await store.versionsOfAll([...new Set(records.map(({ id }) => id))])
    return new Map(
      records.flatMap(({ id, digest }) => {
        const newest = all.find((one) => one.id === id)
        return newest === undefined || newest.digest === digest ? [] : [[digest, newest] as const]
      }),
    )
  }

export const createLicences = (deps: LicencesDeps): Licences => ({
  ...createReadings(),
  all: () => deps.store.all(),
  licence: (digest) => deps.store.licence(digest),
  versionsOf: (id) => deps.store.versionsOf(id),
  voteOn: voteOn(deps),
  newerThan: newerThan(deps),
  newerThanThese: newerThanThese(deps),
  licencesByDigest: (digests) => deps.store.licences(digests),
  adoptedBy: (community) => deps.store.adoptedBy(community),
  licenceTemplates: () => deps.licenceTemplates,
  charterTemplates: () => deps.charterTemplates,
  adoptFounding: adoptFounding(deps),
  checkFounding: (input) => {
    const made = chosen(deps.licenceTemplates, input, { community: newId('c'), id: newId('l') })
    return made.ok ? null : made
  },
  charterFor: (name, community) => {
    const template = deps.charterTemplates.find((one) => one.name === name)
    const effectiveFrom = new Date(deps.log.now()).toISOString()
    return instantiateCharter(template?.document ?? null, { community, effectiveFrom })
  },
  // One after the other: of two that come at once the second finds the name taken.
  propose: inTurn(propose(deps)),
  executors: { 'licence.adopt': adopt(deps) },
})
