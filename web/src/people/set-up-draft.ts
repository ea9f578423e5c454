import type { FoundCommunityInput, FounderInput } from '../graphql/generated.ts'

export type FounderDraft = {
  readonly name: string
  readonly email: string
  readonly bodies: readonly string[]
  readonly group: string
}

/** Everything typed in the first-run wizard except the password, which is never stored. */
export type SetUpDraft = {
  readonly step: number
  readonly operatorName: string
  readonly operatorEmail: string
  readonly name: string
  readonly slug: string
  readonly description: string
  readonly charter: string
  readonly founders: readonly FounderDraft[]
  readonly licence: string
  readonly licenceTitle: string
  readonly home: string
  readonly region: string
}

export const emptyFounder: FounderDraft = { name: '', email: '', bodies: [], group: '' }

export const emptySetUp: SetUpDraft = {
  step: 0,
  operatorName: '',
  operatorEmail: '',
  name: '',
  slug: '',
  description: '',
  charter: '',
  founders: [emptyFounder],
  licence: '',
  licenceTitle: '',
  home: '',
  region: '',
}

export type SetUpStep = 'operator' | 'community' | 'charter' | 'founders' | 'licence' | 'review'

/** An operator who is signed in already founds a further community: no account step. */
export const setUpSteps = (firstRun: boolean): readonly SetUpStep[] =>
  firstRun
    ? ['operator', 'community', 'charter', 'founders', 'licence', 'review']
    : ['community', 'charter', 'founders', 'licence', 'review']

/** A problem beside a field: `field` is the input's name, `key` the catalogue entry. */
export type FieldProblem = {
  readonly field: string
  readonly key: string
  readonly values?: Readonly<Record<string, string>>
}

export type SetUpContext = { readonly password: string; readonly bodies: readonly string[] }

/** What still keeps this step from being complete, the first field first. */
export function setUpProblems(
  step: SetUpStep,
  draft: SetUpDraft,
  context: SetUpContext,
): readonly FieldProblem[] {
  switch (step) {
    case 'operator':
      return operatorProblems(draft, context.password)
    case 'community':
      return communityProblems(draft)
    case 'charter':
      return required([['charter', draft.charter, 'set_up.problem.charter']])
    case 'founders':
      return founderProblems(draft.founders, context.bodies)
    case 'licence':
      return licenceProblems(draft)
    case 'review':
      return []
  }
}

export const minPassword = 10

export const looksLikeEmail = (text: string) => /^[^\s@]+@[^\s@]+$/.test(text.trim())

function operatorProblems(draft: SetUpDraft, password: string): readonly FieldProblem[] {
  return [
    ...required([['operatorName', draft.operatorName, 'people.problem.name']]),
    ...(looksLikeEmail(draft.operatorEmail)
      ? []
      : [{ field: 'operatorEmail', key: 'people.problem.email' }]),
    ...(password.length >= minPassword
      ? []
      : [{ field: 'password', key: 'people.problem.password' }]),
  ]
}

export const isSlug = (text: string) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 60

function communityProblems(draft: SetUpDraft): readonly FieldProblem[] {
  return [
    ...required([['name', draft.name, 'set_up.problem.name']]),
    ...(isSlug(draft.slug) ? [] : [{ field: 'slug', key: 'set_up.problem.slug' }]),
    ...required([['description', draft.description, 'set_up.problem.description']]),
  ]
}

function licenceProblems(draft: SetUpDraft): readonly FieldProblem[] {
  const wrong = (field: 'home' | 'region') =>
    countryCodes(draft[field]).some((code) => !isCountryCode(code))
      ? [{ field, key: 'set_up.problem.countries' }]
      : []
  return [
    ...required([
      ['licence', draft.licence, 'set_up.problem.licence'],
      ['licenceTitle', draft.licenceTitle, 'set_up.problem.licence_title'],
      ['home', draft.home, 'set_up.problem.home'],
    ]),
    ...wrong('home'),
    ...wrong('region'),
  ]
}

function founderProblems(
  founders: readonly FounderDraft[],
  bodies: readonly string[],
): readonly FieldProblem[] {
  const each = founders.flatMap((founder, index) => [
    ...required([[`founders.${index}.name`, founder.name, 'people.problem.name']]),
    ...(looksLikeEmail(founder.email)
      ? []
      : [{ field: `founders.${index}.email`, key: 'people.problem.email' }]),
  ])
  const repeated = founders.flatMap(({ email }, index) =>
    founders.findIndex((other) => sameEmail(other.email, email)) < index && email.trim() !== ''
      ? [{ field: `founders.${index}.email`, key: 'set_up.problem.founder_twice' }]
      : [],
  )
  const empty = bodies
    .filter((body) => !founders.some((founder) => founder.bodies.includes(body)))
    .map((body) => ({ field: 'founders.bodies', key: 'set_up.problem.body', values: { body } }))
  return [...each, ...repeated, ...empty]
}

const sameEmail = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()

const required = (
  fields: readonly (readonly [field: string, value: string, key: string])[],
): readonly FieldProblem[] =>
  fields.filter(([, value]) => value.trim() === '').map(([field, , key]) => ({ field, key }))

/** A web address from a name: letters without their marks, words joined by hyphens. */
export const slugOf = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')

/** `nz, au ck` becomes `['NZ', 'AU', 'CK']`; ISO 3166-1 alpha-2 codes, each once. */
export const countryCodes = (text: string): readonly string[] => [
  ...new Set(
    text
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
  ),
]

export const isCountryCode = (code: string) => /^[A-Z]{2}$/.test(code)

export const toFounderInput = (founder: FounderDraft): FounderInput => ({
  name: founder.name.trim(),
  email: founder.email.trim(),
  bodies: [...founder.bodies],
  group: founder.group.trim() || null,
})

export const toCommunityInput = (draft: SetUpDraft): FoundCommunityInput => ({
  name: draft.name.trim(),
  slug: draft.slug,
  description: draft.description.trim(),
  charter: draft.charter,
  licence: {
    template: draft.licence,
    title: draft.licenceTitle.trim(),
    home: [...countryCodes(draft.home)],
    region: [...countryCodes(draft.region)],
  },
  founders: draft.founders.map(toFounderInput),
})
