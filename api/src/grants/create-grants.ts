import { notFound, refuse } from '../errors.ts'
import type { Licences } from '../licences/licences.ts'
import type { Log } from '../log/index.ts'
import { parse } from '../parse.ts'
import type { Actor } from '../people/people.ts'
import { acceptLicence } from './accept-licence.ts'
import { agreementOf } from './agreement.ts'
import { createTeamDesk } from './change-team.ts'
import { answer, type ConsiderDeps, consider } from './consider.ts'
import { createCoverage } from './coverage.ts'
import { endDelegation, grantDelegation, resumeDelegation } from './delegate.ts'
import { createDoor, type DoorDeps } from './door-desk.ts'
import { createDutyDesk } from './duty-desk.ts'
import type { AccessRequest, Download, ExplainedDecision, Grants, RequestResult } from './grants.ts'
import { type IssueDeps, issueByLicence, issueExecutors } from './issue.ts'
import { licenceImpact } from './licence-impact.ts'
import { type CopyDeps, createOwnCopy } from './own-copy.ts'
import { createDelegationDesk } from './propose-delegation.ts'
import { createLicenceReader } from './read-licence.ts'
import { createManifestReader } from './read-manifest.ts'
import { precheckInput } from './read-use.ts'
import { followAll, requestAccess } from './request-access.ts'
import { createAskAgain } from './revise-request.ts'
import { proposeRevocation, revoke } from './revoke.ts'
import { standingOf } from './standing.ts'
import { grantByStanding } from './standing-answer.ts'
import { createStatusList } from './status-list.ts'
import type { GrantStore } from './store.ts'
import { placeIn } from './team.ts'
import { createTermsReader, dutyWordsIn, licencesOf } from './terms.ts'
import { signGrant, signReceipt, type TokenKey } from './token.ts'
import { createTraceDesk } from './trace-leak.ts'
import { usesOf } from './uses-of.ts'
import { waive } from './waive-duty.ts'

export interface GrantsDeps
  extends CopyDeps,
    Omit<IssueDeps & DoorDeps, 'licenceOf' | 'termsOf' | 'manifestOf' | 'ownCopy'> {
  readonly licences: Licences
  readonly grantKey: TokenKey
  readonly receiptKey: TokenKey
}

const DOWNLOADS_SHOWN = 50

const withdraw = async (
  { log, store }: { readonly log: Log; readonly store: GrantStore },
  actor: Actor,
  id: string,
): Promise<RequestResult> => {
  const found = await store.request(id)
  if (!found || found.account !== actor.account.id) return notFound('request')
  if (found.grant) {
    return refuse(
      'ALREADY_GRANTED',
      'This request has been granted; simply leave the grant unused.',
    )
  }
  const data = { request: id }
  const cmd = `withdraw:${id}`
  await log.append({ stream: `request/${id}`, type: 'request.withdrawn', cmd, data })
  const again = await store.request(id)
  return again ? { ok: true, request: again, grant: null } : notFound('request')
}

/** What today's rules and facts say of a request as it was submitted. */
const explain = async (
  deps: ConsiderDeps,
  { dataset: id, version: number, actions, purposes, duties, facts, account }: AccessRequest,
): Promise<ExplainedDecision | null> => {
  const dataset = await deps.datasets.dataset(id)
  const version = await deps.datasets.version(id, number)
  if (!dataset || !version) return null
  const use = { actions, purposes } as Parameters<typeof answer>[1]['use']
  const who = { account, declared: facts, acceptedDuties: duties }
  return answer(deps, { dataset, version, use }, who)
}

/** What answers a request without a ballot of its own. */
const deciding = (deps: IssueDeps) => ({
  issueByLicence: issueByLicence(deps),
  grantByStanding: (request: AccessRequest) => grantByStanding(deps, request),
})

const executorsOf = (deps: IssueDeps): Grants['executors'] => ({
  ...issueExecutors(deps),
  'grant.revoke': revoke(deps),
  'duty.waive': waive(deps),
  'delegation.grant': grantDelegation(deps),
  'delegation.end': endDelegation(deps),
  'delegation.resume': resumeDelegation(deps),
})

const pathOf = async (
  { datasets, manifestOf }: Pick<DoorDeps, 'datasets' | 'manifestOf'>,
  { dataset, version: number, sha256 }: Download,
): Promise<string> => {
  const version = await datasets.anyVersion(dataset, number)
  const files = version ? await manifestOf(version.manifestDigest) : new Map()
  return [...files.values()].find((file) => file.sha256 === sha256)?.path ?? sha256
}

export const createGrants = (given: GrantsDeps): Grants => {
  const licenceOf = createLicenceReader(given.licences)
  const deps = {
    ...given,
    licenceOf,
    termsOf: createTermsReader(given.datasets, given.licences, licenceOf),
    manifestOf: createManifestReader(given.datasets),
    ownCopy: createOwnCopy(given),
  }
  const { store } = deps
  const requestDeps = { ...deps, ...deciding(deps) }
  return {
    ...createDoor(deps),
    request: (id) => store.request(id),
    requestsOf: (account) => store.requestsOf(account),
    grant: (id) => store.grant(id),
    grantsOf: async (account, dataset) =>
      (await store.grantsOf(account)).filter((grant) => !dataset || grant.dataset === dataset),
    grantsUsedBy: async (account, dataset) =>
      (await store.grantsUsedBy(account)).filter((grant) => grant.dataset === dataset),
    usesOf: (contribution) => usesOf(deps, contribution),
    downloadsOf: async (grant) => {
      await deps.log.settled()
      return store.downloadsOf(grant, DOWNLOADS_SHOWN)
    },
    statusList: createStatusList(deps, deps.grantKey),
    agreement: (grant) => agreementOf(deps, grant),
    dutyWords: async (grant) => dutyWordsIn(licencesOf(await deps.termsOf(grant))),
    pathOf: (download) => pathOf(deps, download),
    token: (grant) => signGrant(grant, deps.grantKey),
    receipt: async (actor, download) => {
      const grant = actor && download.bytes !== null ? await store.grant(download.grant) : null
      const whose = grant ? [grant.account, placeIn(grant, download.member)?.account] : []
      if (!grant || !actor || !whose.includes(actor.account.id)) return null
      return signReceipt(download, grant, deps.issuer, deps.receiptKey)
    },
    counts: createCoverage(deps),
    ...createDutyDesk(deps),
    precheck: async (actor, input) => {
      const read = parse(precheckInput, input)
      return read.ok ? consider(deps, actor, read.value) : null
    },
    explain: (request) => explain(deps, request),
    standing: (grant) => standingOf(deps, grant),
    impact: (actor, change) => licenceImpact(deps, actor, change),
    acceptLicence: (actor, input) => acceptLicence(deps, actor, input),
    requestAccess: (actor, input) => requestAccess(requestDeps, actor, input),
    ...createAskAgain(requestDeps),
    withdraw: (actor, id) => withdraw(deps, actor, id),
    ...createTeamDesk(deps),
    proposeRevocation: (actor, input) => proposeRevocation(deps, actor, input),
    ...createDelegationDesk(deps),
    ...createTraceDesk(deps),
    recover: () => followAll(requestDeps),
    executors: executorsOf(deps),
  }
}
