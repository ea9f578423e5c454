import { isCountry } from '../../../policies/index.ts'
import type { FoundCommunityInput, FounderInput } from '../graphql/generated.ts'
import type { SetUpKey } from '../i18n/areas/set-up.ts'
import { missing, type Problem, problemIf } from '../ui/problem.ts'
import { looksLikeEmail, minPassword } from './credentials.ts'

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

export type SetUpProblem = Problem<SetUpKey>

export type SetUpContext = { readonly password: string; readonly bodies: readonly string[] }

/** What still keeps this step from being complete, the first field first. */
export function setUpProblems(
  step: SetUpStep,
  draft: SetUpDraft,
  context: SetUpContext,
): readonly SetUpProblem[] {
  switch (step) {
    case 'operator':
      return operatorProblems(draft, context.password)
    case 'community':
      return communityProblems(draft)
    case 'charter':
      return missing([['charter', draft.charter, 'problem.charter']])
    case 'founders':
      return founderProblems(draft.founders, context.bodies)
    case 'licence':
      return licenceProblems(draft)
    case 'review':
      return []
  }
}

function operatorProblems(draft: SetUpDraft, password: string): readonly SetUpProblem[] {
  return [
    ...missing<SetUpKey>([['operatorName', draft.operatorName, 'problem.name']]),
    ...problemIf(!looksLikeEmail(draft.operatorEmail), 'operatorEmail', 'problem.email'),
    ...problemIf(password.length < minPassword, 'password', 'problem.password', {
      count: minPassword,
    }),
  ]
}

export const isSlug = (text: string) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 60

function communityProblems(draft: SetUpDraft): readonly SetUpProblem[] {
  return [
    ...missing<SetUpKey>([['name', draft.name, 'problem.communityName']]),
    ...problemIf(!isSlug(draft.slug), 'slug', 'problem.slug'),
    ...missing<SetUpKey>([['description', draft.description, 'problem.description']]),
  ]
}

function licenceProblems(draft: SetUpDraft): readonly SetUpProblem[] {
  const wrong = (text: string) => countryCodes(text).some((code) => !isCountry(code))
  return [
    ...missing<SetUpKey>([
      ['licence', draft.licence, 'problem.licence'],
      ['licenceTitle', draft.licenceTitle, 'problem.licenceTitle'],
      ['home', draft.home, 'problem.home'],
    ]),
    ...problemIf(wrong(draft.home), 'home', 'problem.countries'),
    ...problemIf(wrong(draft.region), 'region', 'problem.countries'),
  ]
}

function founderProblems(
  founders: readonly FounderDraft[],
  bodies: readonly string[],
): readonly SetUpProblem[] {
  const each = founders.flatMap(({ name, email }, index) => [
    ...missing<SetUpKey>([[`founders.${index}.name`, name, 'problem.name']]),
    ...problemIf(!looksLikeEmail(email), `founders.${index}.email`, 'problem.email'),
    ...problemIf(isRepeated(founders, index), `founders.${index}.email`, 'problem.founderTwice'),
  ])
  const empty = bodies
    .filter((body) => !founders.some((founder) => founder.bodies.includes(body)))
    .map(
      (body): SetUpProblem => ({
        field: 'founders.0.bodies',
        key: 'problem.body',
        values: { body },
      }),
    )
  return [...each, ...empty]
}

function isRepeated(founders: readonly FounderDraft[], index: number): boolean {
  const email = founders[index]?.email ?? ''
  const first = founders.findIndex((founder) => sameEmail(founder.email, email))
  return email.trim() !== '' && first < index
}

const sameEmail = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()

/** Stewards look after datasets under every charter, also one that lets them decide nothing. */
export const bodiesToFill = (charterBodies: readonly string[]): readonly string[] => [
  ...new Set([...charterBodies, 'stewards']),
]

export type BodySizes = Readonly<
  Record<string, { readonly members: number; readonly groups: number }>
>

/** How many members and groups each body would have. */
export function bodySizes(founders: readonly FounderDraft[]): BodySizes {
  const bodies = [...new Set(founders.flatMap((founder) => founder.bodies))]
  return Object.fromEntries(
    bodies.map((body) => {
      const members = founders.filter((founder) => founder.bodies.includes(body))
      const groups = new Set(members.map(({ group }) => group.trim()).filter(Boolean))
      return [body, { members: members.length, groups: groups.size }]
    }),
  )
}

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

export const toFounderInput = (founder: FounderDraft): FounderInput => ({
  name: founder.name.trim(),
  email: founder.email.trim(),
  bodies: [...founder.bodies],
  group: founder.group.trim() || null,
})

/** `language`: of the page, in which the founders are then written to (BCP 47). */
export const toCommunityInput = (draft: SetUpDraft, language: string): FoundCommunityInput => ({
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
  language,
})
