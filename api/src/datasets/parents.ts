import {
  type DerivationFault,
  derivationFault,
  type Licence,
  sayExample,
} from '../../../policies/index.ts'
import { refuse } from '../errors.ts'
import type { Licences } from '../licences/licences.ts'
import type { Refusal } from '../log/index.ts'
import type { Actor, People } from '../people/people.ts'
import { type Binding, bindingsOf, licencesIn } from './bindings.ts'
import { type Dataset, effectiveStage, type Version, type VersionName } from './dataset.ts'
import { lineageOf } from './lineage.ts'
import { sayRung } from './release-ladder.ts'
import type { DatasetStore } from './store.ts'
import { visit } from './who-may.ts'

export interface ParentDeps {
  readonly people: People
  readonly store: DatasetStore
  readonly licences: Licences
}

/** Proofs grow with every ancestor. */
const MOST_ANCESTORS = 32

const field = 'parents'

const parentOf = async (
  deps: ParentDeps,
  { dataset, version }: VersionName,
  actor: Actor,
): Promise<Version | null> => {
  const found = await visit(deps, dataset, actor)
  const parent = found.ok ? await deps.store.version(dataset, version) : null
  return parent?.publishedAt == null ? null : parent
}

/** What keeps somebody from naming these as parents: hidden, absent and unpublished are one answer. */
export const namingProblem = async (
  deps: ParentDeps,
  dataset: Dataset,
  names: readonly VersionName[],
  actor: Actor,
): Promise<Refusal | null> => {
  if (names.some((one) => one.dataset === dataset.id))
    return refuse(
      'OWN_VERSION',
      'Versions of one dataset are not made from each other; leave it out.',
      {
        field,
      },
    )
  const parents = await Promise.all(names.map((one) => parentOf(deps, one, actor)))
  return parents.includes(null)
    ? refuse('NOT_FOUND', 'There is no such published version, or you may not see it.', { field })
    : null
}

/** All that these versions bring with them, themselves and what they were made from. */
const bindingsOfAll = async (
  { store, licences }: ParentDeps,
  names: readonly VersionName[],
): Promise<readonly Binding[]> => {
  const lines = await Promise.all(names.map((name) => lineageOf(store, name)))
  const once = new Map(lines.flat().map((one) => [one.manifestDigest, one]))
  return bindingsOf({ dataset: store.dataset, newerThan: licences.newerThan }, [...once.values()])
}

/** By its title where it was named itself; what lies behind may be hidden, its address never is. */
const nameIn =
  (names: readonly VersionName[]) =>
  ({ dataset, version }: Binding): string =>
    names.some((one) => one.dataset === dataset.id)
      ? `“${dataset.title}” ${version.version}`
      : `dataset ${dataset.id} ${version.version}`

interface Ancestor {
  readonly licence: Licence
  readonly name: string
}

const ancestorsIn = async (
  { licences }: ParentDeps,
  bindings: readonly Binding[],
  nameOf: (binding: Binding) => string,
): Promise<readonly Ancestor[]> => {
  const records = await licences.licencesByDigest(licencesIn(bindings))
  const byDigest = new Map(records.map((record) => [record.digest, record]))
  return bindings.flatMap((binding) =>
    licencesIn([binding]).map((digest) => {
      const record = byDigest.get(digest)
      const licence = record && licences.parsed(record)
      if (!licence) throw new Error(`licence ${digest} is not on record or cannot be read`)
      return { licence, name: nameOf(binding) }
    }),
  )
}

const sayFault = (
  fault: DerivationFault,
  child: Licence,
  ancestors: readonly Ancestor[],
): Refusal => {
  const names = (places: readonly number[]) => [
    ...new Set(places.flatMap((at) => ancestors.slice(at, at + 1).map(({ name }) => name))),
  ]
  switch (fault.kind) {
    case 'clash': {
      const clashing = names(fault.parents)
      const what = clashing.length > 1 ? `${clashing.join(' and ')} together` : clashing.join('')
      const message = `Nobody may use ${what} for anything, so nothing can be made from it. Leave ${clashing.length > 1 ? 'one of them' : 'it'} out.`
      return refuse('PARENTS_CLASH', message, { field })
    }
    case 'wider': {
      const [ancestor] = ancestors.slice(fault.parent, fault.parent + 1)
      const message = `This licence permits what that of ${ancestor?.name} does not. Choose one that permits no more.`
      const yes = sayExample(child, fault.example, true, 'en')
      const no = ancestor ? sayExample(ancestor.licence, fault.example, false, 'en') : ''
      const reasons = [
        { clause: child.uid, text: `By this licence: ${yes}` },
        { clause: ancestor?.licence.uid ?? '', text: `By that of ${ancestor?.name}: ${no}` },
      ]
      return refuse('NOT_REFINED', message, { field: 'licence', reasons })
    }
    case 'unproved':
      return refuse(
        'NOT_PROVED',
        `It could not be proved that this licence permits no more than that of ${names(fault.parents).join(', ')}. Choose a simpler one.`,
        { field: 'licence' },
      )
  }
}

/** Why a version under a licence cannot be made from these, or not any more; null when it can. */
export const derivationProblem = async (
  deps: ParentDeps,
  digest: string,
  names: readonly VersionName[],
): Promise<Refusal | null> => {
  if (names.length === 0) return null
  const bindings = await bindingsOfAll(deps, names)
  if (bindings.length > MOST_ANCESTORS)
    return refuse(
      'TOO_MANY',
      `At most ${MOST_ANCESTORS} versions may lie behind one; name fewer.`,
      {
        field,
      },
    )
  const ancestors = await ancestorsIn(deps, bindings, nameIn(names))
  const record = await deps.licences.licence(digest)
  const child = record && deps.licences.parsed(record)
  if (!child) return refuse('LICENCE_UNFIT', 'This licence cannot be read.', { field: 'licence' })
  const fault = derivationFault(
    child,
    ancestors.map(({ licence }) => licence),
  )
  return fault && sayFault(fault, child, ancestors)
}

/** A work opens no further than what it was made from. */
export const closedParentProblem = async (
  deps: ParentDeps,
  stage: number,
  names: readonly VersionName[],
  now: number,
): Promise<Refusal | null> => {
  const bindings = await bindingsOfAll(deps, names)
  const closed = bindings.find(({ dataset }) => effectiveStage(dataset, now) < stage)
  if (!closed) return null
  const rung = effectiveStage(closed.dataset, now)
  const message = `${nameIn(names)(closed)}, which this was made from, is at rung ${rung}, ${sayRung(rung)}. Ask for that at most.`
  return refuse('PARENT_CLOSED', message, { field: 'stage' })
}
