import {
  type Charter,
  type CharterRule,
  type Finding,
  instantiateCharter,
  lintCharter,
  type Matter,
  parseCharter,
  type Sizes,
} from '../../../policies/rules/governance.ts'
import type { CharterEditorQuery } from '../graphql/generated.ts'

export type EditorCommunity = NonNullable<CharterEditorQuery['community']>
export type EditorTemplate = CharterEditorQuery['charterTemplates'][number]

/** What is kept on the device until the charter is proposed. */
export type CharterDraft = {
  /** The charter as JSON; empty before anything was chosen. */
  readonly document: string
  /** The matter whose rule is being written. */
  readonly matter: string
  readonly reason: string
}

export const emptyCharter: CharterDraft = { document: '', matter: 'access.grant', reason: '' }

const isCharter = (value: unknown): value is Charter =>
  typeof value === 'object' && value !== null && 'matters' in value && 'bodies' in value

/** The charter being written, sound or not; null before anything was chosen. */
export function charterOf({ document }: Pick<CharterDraft, 'document'>): Charter | null {
  const parsed: unknown = JSON.parse(document || 'null')
  return isCharter(parsed) ? parsed : null
}

interface Place {
  readonly community: EditorCommunity
  /** The registry's time. */
  readonly now: string
}

/** Puts a charter in the row behind the one in force. */
export function following(charter: Charter, { community, now }: Place): Charter {
  const { digest, version } = community.charter
  return {
    ...charter,
    community: community.id,
    version: version + 1,
    previous: digest,
    effectiveFrom: `${now.slice(0, 19)}Z`,
  }
}

const begun = (charter: Charter, place: Place): Partial<CharterDraft> => ({
  document: JSON.stringify(following(charter, place)),
})

/** A draft from the charter in force; null when it cannot be read. */
export function fromOwn(place: Place): Partial<CharterDraft> | null {
  const read = parseCharter(place.community.charter.document)
  return read.ok ? begun(read.charter, place) : null
}

/** A draft from one of the charters the registry offers. */
export function fromTemplate(template: EditorTemplate, place: Place): Partial<CharterDraft> | null {
  const made = instantiateCharter(template.document, {
    community: place.community.id,
    effectiveFrom: '2026-01-01T00:00:00Z',
  })
  return made.ok ? begun(made.charter, place) : null
}

/** A rule without one of its parts. */
export function without(rule: CharterRule, part: 'groups' | 'veto' | 'appeal'): CharterRule {
  const { [part]: _, ...rest } = rule
  return rest
}

export const withRule = (charter: Charter, matter: Matter, rule: CharterRule): Charter => ({
  ...charter,
  matters: { ...charter.matters, [matter]: rule },
})

/** The same rule for other matters too; what a matter takes effect as stays its own. */
export function copyRule(charter: Charter, from: Matter, to: readonly Matter[]): Charter {
  const rule = charter.matters[from]
  if (!rule) return charter
  return to.reduce((next, matter) => {
    const { effect: _, ...shared } = rule
    const own = next.matters[matter]?.effect
    return withRule(next, matter, own === undefined ? shared : { ...shared, effect: own })
  }, charter)
}

/** Members of the bodies that stand today; a body that is new has none. */
export const sizesOf = ({ bodies }: Pick<EditorCommunity, 'bodies'>): Sizes =>
  Object.fromEntries(bodies.map(({ name, size, groups }) => [name, { members: size, groups }]))

/** Bodies of a charter not in force count by their register, as the registry will count them. */
export function sizesFor(charter: Charter, community: EditorCommunity): Sizes {
  const inForce = charterOf({ document: JSON.stringify(community.charter.document) })
  const known = sizesOf(community)
  const byRegister = new Map(
    Object.entries(inForce?.bodies ?? {}).map(([name, { register }]) => [register, known[name]]),
  )
  const size = (register: string) => byRegister.get(register) ?? counted(community, register)
  return Object.fromEntries(
    Object.entries(charter.bodies).map(([name, { register }]) => [name, size(register)]),
  )
}

const EVERYONE: readonly string[] = ['members', 'assembly']

function counted({ members }: EditorCommunity, register: string) {
  const inside = (members ?? []).filter(
    ({ bodies }) => EVERYONE.includes(register) || bodies.includes(register),
  )
  const groups = new Set(inside.flatMap(({ group }) => (group ? [group] : [])))
  return { members: inside.length, groups: groups.size }
}

/** What lint says of a charter as it stands; errors first. */
export function findingsOf(charter: Charter, community: EditorCommunity): readonly Finding[] {
  const before = parseCharter(community.charter.document)
  const found = lintCharter(
    charter,
    sizesFor(charter, community),
    before.ok ? before.charter : undefined,
  )
  return found.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'))
}

/** Id of the control a finding is about: its place in the document. */
export const idOf = (path: string): string => path.replace(/^\//, '').replaceAll('/', '-')

/** The matter a place in the document belongs to; null for what holds for all. */
export const matterAt = (path: string): string | null =>
  /^\/matters\/([^/]+)/.exec(path)?.[1] ?? null
