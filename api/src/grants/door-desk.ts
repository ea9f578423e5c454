import { isHeldBack } from '../datasets/datasets.ts'
import type { Files } from '../datasets/files.ts'
import type { Actor } from '../people/people.ts'
import { type Admission, admit, passFor, refusalTo } from './door.ts'
import { shut, WITHDRAWN } from './door-refusals.ts'
import type { DoorRefusal, FileRequest, Grants, Pass } from './grants.ts'
import { createHandOut } from './hand-out.ts'
import { originOf } from './own-copy.ts'
import { createReadingDesk, type ReadingDesk } from './reading-desk.ts'
import { createRefusalRecord } from './refusal-record.ts'
import { accountOf } from './team.ts'
import { createTickets, type TicketDeps } from './tickets.ts'

type Admit = (
  actor: Actor | null,
  asked: Omit<FileRequest, 'path'>,
) => Promise<Admission | DoorRefusal>

export interface DoorDeps extends TicketDeps {
  /** The same decision, made once for requests that come at the same instant; left out: for each. */
  readonly atOnce?: (admit: Admit) => Admit
  /** The only reader of published bytes. */
  readonly files: Files
}

export type DoorDesk = Pick<
  Grants,
  | 'pass'
  | 'passAll'
  | 'tickets'
  | 'checksums'
  | 'ownFiles'
  | 'open'
  | 'recordRefusal'
  | 'recheck'
  | 'completed'
  | 'cut'
>

/** The one door: may this person have this file now? */
const passing = (deps: DoorDeps): DoorDesk['pass'] => {
  const { atOnce = (same) => same } = deps
  const decide = atOnce((actor, asked) => admit(deps, actor, asked))
  return async (actor, asked) => passFor(deps, await decide(actor, asked), asked)
}

const CLOSED_FILE = shut(403, 'STAGE_CLOSED', 'The community holds this file back now.')

const recheck =
  (deps: DoorDeps): DoorDesk['recheck'] =>
  async ({ grant, member, dataset, version, file }) => {
    const [now, there, taken] = await Promise.all([
      deps.store.grant(grant.id),
      deps.datasets.dataset(dataset.id),
      deps.datasets.isWithdrawn(originOf(file), version),
    ])
    if (!now || !there) return shut(403, 'GRANT_REVOKED', 'This grant is no longer on record.')
    const account = member === null ? now.account : accountOf(now, member)
    const refused = await refusalTo(deps, account, { dataset: there, grant: now })
    if (refused) return refused
    if (isHeldBack(there, file)) return CLOSED_FILE
    return taken ? WITHDRAWN : null
  }

const passAll =
  (deps: DoorDeps): DoorDesk['passAll'] =>
  async (actor, asked) => {
    const admission = await admit(deps, actor, asked)
    if (!admission.ok) return admission
    const { dataset, files, withdrawn } = admission
    const open = [...files.values()].filter((file) => !isHeldBack(dataset, file))
    const live = open.filter(({ sha256 }) => !withdrawn.has(sha256))
    const passes: Pass[] = []
    for (const file of live) {
      const passed = await passFor(deps, admission, file)
      if (!passed.ok) return passed
      passes.push(passed)
    }
    return { ok: true, passes, withdrawn: open.length - live.length }
  }

/** `sha256sum -c` reads it: every file the grant still covers. */
const checksums =
  (deps: DoorDeps): DoorDesk['checksums'] =>
  async (actor, asked) => {
    const all = await passAll(deps)(actor, asked)
    if (!all.ok) return all
    const lines = all.passes.map(({ file: { sha256, path } }) => `${sha256}  ${path}\n`)
    return { ok: true, text: lines.join('') }
  }

/** For lists that stand beside the bytes and have to agree with them. */
const ownFiles =
  (deps: DoorDeps): DoorDesk['ownFiles'] =>
  async (actor, asked) => {
    const admission = await admit(deps, actor, asked)
    if (!admission.ok || !admission.grant.fingerprint) return null
    const all = await passAll(deps)(actor, asked)
    return all.ok ? all.passes.map(({ file }) => file) : null
  }

/** The door as the http adapter uses it. */
export const createDoor = (deps: DoorDeps): DoorDesk & ReadingDesk => ({
  ...createReadingDesk(deps),
  pass: passing(deps),
  passAll: passAll(deps),
  tickets: createTickets(deps),
  checksums: checksums(deps),
  ownFiles: ownFiles(deps),
  ...createHandOut(deps),
  recordRefusal: createRefusalRecord(deps),
  recheck: recheck(deps),
})
