import type { Files } from '../datasets/files.ts'
import { notFound, refuse } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Licences } from '../licences/licences.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import { answer, consider } from './consider.ts'
import { pass, refusalNow, shut } from './door.ts'
import type { DoorRefusal, FileRequest, Grants, Pass } from './grants.ts'
import { type IssueDeps, issueByLicence, issueByVote } from './issue.ts'
import { createLicenceReader } from './read-licence.ts'
import { precheckInput } from './read-use.ts'
import { reportDuty } from './report-duty.ts'
import { requestAccess } from './request-access.ts'
import { proposeRevocation, revoke } from './revoke.ts'
import { signGrant, signReceipt, type TokenKey } from './token.ts'

export interface GrantsDeps extends Omit<IssueDeps, 'licenceOf'> {
  readonly licences: Licences
  /** The only reader of published bytes. */
  readonly files: Files
  readonly grantKey: TokenKey
  readonly receiptKey: TokenKey
}

const RECENT = 60_000

/** Refusals at the door are recorded, but cannot be used to flood the log. */
const createRefusalLimit = (now: () => number) => {
  const last = new Map<string, number>()
  return (key: string): boolean => {
    const at = now()
    if (at - (last.get(key) ?? Number.NEGATIVE_INFINITY) < RECENT) return false
    if (last.size > 10_000) last.clear()
    last.set(key, at)
    return true
  }
}

const createDoor = (deps: IssueDeps & Pick<GrantsDeps, 'files'>) => {
  const { log, files } = deps
  const isNew = createRefusalLimit(() => log.now())
  const stream = (grant: string) => `download/${grant}`

  const open: Grants['open'] = async ({ grant, dataset, file }, from, to) => {
    await files.ensureVerified(file.sha256)
    const event = await log.append(
      {
        stream: stream(grant.id),
        type: 'download.authorised',
        cmd: newId('x'),
        data: {
          grant: grant.id,
          dataset: dataset.id,
          community: dataset.community,
          version: grant.version,
          sha256: file.sha256,
          from,
          to,
        },
      },
      { wait: 'durable' },
    )
    return { entry: event.idx, body: files.read(file.sha256, { start: from, end: to }) }
  }

  return {
    pass: (actor: Actor | null, file: FileRequest) => pass(deps, actor, file),
    open,
    recordRefusal: async (actor: Actor | null, file: FileRequest, refusal: DoorRefusal) => {
      const account = actor?.account.id ?? null
      if (refusal.status === 404 || !isNew(`${account}/${file.dataset}/${refusal.code}`)) return
      await log.append(
        {
          stream: `refusal/${file.dataset}`,
          type: 'download.refused',
          cmd: newId('x'),
          data: {
            dataset: file.dataset,
            version: file.version,
            code: refusal.code,
            clauses: (refusal.reasons ?? []).map(({ clause }) => clause),
          },
          secret: { account },
        },
        { wait: 'durable' },
      )
    },
    recheck: async ({ grant, dataset }: Pass): Promise<DoorRefusal | null> => {
      const [now, there] = await Promise.all([
        deps.store.grant(grant.id),
        deps.datasets.dataset(dataset.id),
      ])
      if (!now || !there) return shut(403, 'GRANT_REVOKED', 'This grant is no longer on record.')
      return refusalNow(deps, there, now)
    },
    completed: async ({ grant }: Pass, entry: number, bytes: number) => {
      const data = { grant: grant.id, authorised: entry, bytes }
      const cmd = `completed:${entry}`
      await log.append({ stream: stream(grant.id), type: 'download.completed', cmd, data })
    },
    cut: async ({ grant }: Pass, entry: number, reason: string) => {
      const data = { grant: grant.id, authorised: entry, reason }
      await log.append({
        stream: stream(grant.id),
        type: 'download.cut',
        cmd: `cut:${entry}`,
        data,
      })
    },
  }
}

export const createGrants = (given: GrantsDeps): Grants => {
  const deps = { ...given, licenceOf: createLicenceReader(given.licences) }
  const { store, log, issuer } = deps
  const request = { ...deps, issueByLicence: issueByLicence(deps) }

  return {
    ...createDoor(deps),
    request: (id) => store.request(id),
    requestsOf: (account) => store.requestsOf(account),
    grant: (id) => store.grant(id),
    grantsOf: async (account, dataset) =>
      (await store.grantsOf(account)).filter((grant) => !dataset || grant.dataset === dataset),
    downloadsOf: (grant) => store.downloadsOf(grant, 50),
    token: (grant) => signGrant(grant, deps.grantKey),
    receipt: async (download) => {
      const grant = download.bytes === null ? null : await store.grant(download.grant)
      return grant && signReceipt(download, grant, issuer, deps.receiptKey)
    },
    counts: async (community) => {
      // Every download rests on a grant, and every grant on an enacted decision (see issue.ts).
      const downloads = await store.countDownloads(community)
      return { downloads, covered: downloads }
    },
    precheck: async (actor, input) => {
      const read = parse(precheckInput, input)
      return read.ok ? consider(deps, actor, read.value) : null
    },
    explain: async ({
      dataset: id,
      version: number,
      actions,
      purposes,
      duties,
      facts,
      account,
    }) => {
      const dataset = await deps.datasets.dataset(id)
      const version = await deps.datasets.version(id, number)
      if (!dataset || !version) return null
      const use = { actions, purposes } as Parameters<typeof answer>[1]['use']
      return answer(
        deps,
        { dataset, version, use },
        { account, declared: facts, acceptedDuties: duties },
      )
    },
    requestAccess: (actor, input) => requestAccess(request, actor, input),
    withdraw: async (actor, id) => {
      const found = await store.request(id)
      if (!found || found.account !== actor.account.id) return notFound('request')
      if (found.grant) {
        return refuse(
          'ALREADY_GRANTED',
          'This request has been granted; simply do not use the grant.',
        )
      }
      const data = { request: id }
      await log.append({
        stream: `request/${id}`,
        type: 'request.withdrawn',
        cmd: `withdraw:${id}`,
        data,
      })
      const again = await store.request(id)
      return again ? { ok: true, request: again, grant: null } : notFound('request')
    },
    reportDuty: (actor, input) => reportDuty(deps, actor, input),
    proposeRevocation: (actor, input) => proposeRevocation(deps, actor, input),
    executors: { 'grant.issue': issueByVote(deps), 'grant.revoke': revoke(deps) },
  }
}
