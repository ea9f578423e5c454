import { type Person, visitor } from '../support/person.ts'
import { DEMO_PASSWORD } from './seeded.ts'

/** Who plays which part in the seeded demonstration. */
export const people = {
  visitor: '',
  council: 'council-1@rimu-bay.example',
  voted: 'council-2@rimu-bay.example',
  steward: 'steward@rimu-bay.example',
  keeper: 'steward@amber-valley.example',
  contributor: 'contributor-1@rimu-bay.example',
  researcher: 'researcher@university.example',
  invited: 'researcher@archive.example',
  operator: 'operator@registry.example',
} as const
export type Part = keyof typeof people

/** What the screens show, found by what it is and not by its id. */
export interface Props {
  readonly published: string
  readonly open: string
  /** A dataset that two communities keep, and a vote that made it so. */
  readonly kept: string
  readonly jointVote: string
  readonly suspended: string
  readonly embargoed: string
  readonly assembling: string
  /** A dataset with two published versions, and the open vote on a second one of another. */
  readonly revised: string
  readonly revising: string
  /** What a vote took down; its id is in that decision. */
  readonly gone: string
  readonly licence: string
  readonly inVote: string
  /** A proposal for a new version of a licence that is in use. */
  readonly newTerms: string
  /** A proposal for another charter. */
  readonly newCharter: string
  /** A proposal to answer a class of requests beforehand. */
  readonly handing: string
  /** A request that was answered so. */
  readonly answered: string
  readonly enacted: string
  readonly rejected: string
  readonly request: string
  readonly entry: number
}

const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { viewer { id } refused { code message } }
}`

/** Signs in by the API: the sign-in page has a test of its own. */
export const enter = async (url: string, part: Part): Promise<Person> => {
  const person = visitor({ url }, people[part])
  if (part === 'visitor') return person
  const input = { email: people[part], password: DEMO_PASSWORD }
  const { signIn } = await person.run<{ signIn: { viewer: object | null } }>(SIGN_IN, { input })
  if (!signIn.viewer) throw new Error(`cannot sign in ${people[part]}: ${JSON.stringify(signIn)}`)
  return person
}

interface Listed {
  readonly datasets: {
    readonly nodes: readonly {
      readonly id: string
      readonly stage: number
      readonly embargoUntil: string | null
      readonly suspended: object | null
      readonly licence: { readonly digest: string } | null
      readonly community: { readonly slug: string }
      readonly custody: object | null
      readonly versions: readonly object[]
    }[]
  }
  readonly proposals: {
    readonly nodes: readonly {
      readonly id: string
      readonly phase: string
      readonly matter: string
      readonly community: { readonly slug: string }
      readonly entries: readonly number[]
      readonly joint: object | null
    }[]
  }
}

const LISTED = `{
  datasets(search: { first: 50 }) {
    nodes {
      id stage embargoUntil suspended { since } licence { digest } community { slug }
      custody { rule } versions { version }
    }
  }
  proposals(first: 100) { nodes { id phase matter community { slug } entries joint { rule } } }
}`

const STEWARD = `{
  viewer { memberships { community { datasets { id contributions { id } drafts { version } } } } }
}`

interface StewardView {
  readonly viewer: {
    readonly memberships: readonly {
      readonly community: {
        readonly datasets: readonly {
          readonly id: string
          readonly contributions: readonly object[] | null
        }[]
      }
    }[]
  }
}

const TAKEN_DOWN = `{
  viewer { memberships { community { datasets { id takenDownAt } } } }
}`

const REVISING = `{
  proposals(first: 100) { nodes { id phase subject { versionChanges { to } } } }
}`

/** What only those with a seat still find: what was taken down, and a vote on a second version. */
const findHidden = async (keeper: Person, council: Person) => {
  const { viewer } = await keeper.run<TakenDownView>(TAKEN_DOWN)
  const own = viewer.memberships.flatMap(({ community }) => community.datasets)
  const { proposals } = await council.run<RevisingView>(REVISING)
  const revising = proposals.nodes.find(
    ({ phase, subject }) => phase === 'open' && subject.versionChanges,
  )
  return {
    gone: must(
      own.find(({ takenDownAt }) => takenDownAt),
      'dataset taken down',
    ).id,
    revising: must(revising, 'vote on a second version').id,
  }
}

interface TakenDownView {
  readonly viewer: {
    readonly memberships: readonly {
      readonly community: {
        readonly datasets: readonly { readonly id: string; readonly takenDownAt: string | null }[]
      }
    }[]
  }
}

interface RevisingView {
  readonly proposals: {
    readonly nodes: readonly {
      readonly id: string
      readonly phase: string
      readonly subject: { readonly versionChanges: object | null }
    }[]
  }
}

const CAST = `mutation ($input: CastBallotInput!) {
  castBallot(input: $input) { proposal { id } refused { code message } }
}`

const LICENCE = `query ($digest: ID!) {
  licence(digest: $digest) { id document community { id } }
}`

const PROPOSE = `mutation ($input: ProposeLicenceInput!) {
  proposeLicence(input: $input) { proposal { id } refused { code message } }
}`

interface Terms {
  readonly licence: {
    readonly id: string
    readonly document: { readonly uid: string; readonly prohibition?: readonly object[] }
    readonly community: { readonly id: string }
  }
}

/** Proposes to follow a licence by one that is wider by a bar and stricter by a place. */
const proposeTerms = async (person: Person, digest: string): Promise<string> => {
  const { licence } = await person.run<Terms>(LICENCE, { digest })
  const { document, community, id } = licence
  const { proposeLicence } = await person.run<{
    proposeLicence: { readonly proposal: { readonly id: string } | null }
  }>(PROPOSE, {
    input: {
      community: community.id,
      replaces: id,
      document: {
        ...document,
        uid: `${document.uid}+next`,
        prohibition: document.prohibition?.slice(1),
        'sov:home': ['NZ'],
        'sov:region': [],
        'sov:claims': [],
        'sov:preamble': [{ '@value': 'These words were lent to us.', '@language': 'en' }],
      },
      reason: 'Companies that our own people work for should be able to help us.',
    },
  })
  return must(proposeLicence.proposal ?? undefined, 'proposal for new terms').id
}

const CHARTER = `{
  community(slug: "rimu-bay") { id charter { digest version document } }
}`

const AMEND = `mutation ($input: ProposeCharterInput!) {
  proposeCharter(input: $input) { proposal { id } refused { code message } }
}`

interface InForce {
  readonly community: {
    readonly id: string
    readonly charter: {
      readonly digest: string
      readonly version: number
      readonly document: {
        readonly matters: Readonly<Record<string, object>>
        readonly secrecy: object
      }
    }
  }
}

/** Proposes a charter that gives more time for what follows a yes, and opens the roll call. */
const proposeCharter = async (person: Person): Promise<string> => {
  const { community } = await person.run<InForce>(CHARTER)
  const { digest, version, document } = community.charter
  const grant = { ...document.matters['access.grant'], execWithin: 'P60D', retryAfter: 'P90D' }
  const { proposeCharter: made } = await person.run<{
    proposeCharter: { readonly proposal: { readonly id: string } | null }
  }>(AMEND, {
    input: {
      community: community.id,
      document: {
        ...document,
        version: version + 1,
        previous: digest,
        matters: { ...document.matters, 'access.grant': grant },
        secrecy: { ...document.secrecy, rollCall: 'community' },
      },
      reason: 'Decisions lapsed before the files were ready.',
    },
  })
  return must(made.proposal ?? undefined, 'proposal for a charter').id
}

const HAND_OVER = `mutation ($input: ProposeDelegationInput!) {
  proposeDelegation(input: $input) { proposal { id } refused { code message } }
}`

/** Proposes to answer requests of a class yes without a ballot. */
const proposeDelegation = async (person: Person): Promise<string> => {
  const { community } = await person.run<InForce>(CHARTER)
  const { registry } = await person.run<{ registry: { now: string } }>('{ registry { now } }')
  const { proposeDelegation: made } = await person.run<{
    proposeDelegation: { readonly proposal: { readonly id: string } | null }
  }>(HAND_OVER, {
    input: {
      community: community.id,
      purposes: ['revitalisation', 'linguisticResearch'],
      actions: ['download'],
      actorKinds: ['academic'],
      territories: ['home', 'region'],
      noCommercialTie: true,
      longestDays: 365,
      largestTeam: 3,
      until: new Date(Date.parse(registry.now) + 200 * 86_400_000).toISOString(),
      reason: 'We have said yes to each of them.',
    },
  })
  return must(made.proposal ?? undefined, 'proposal to hand over').id
}

const must = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`the demonstration has no ${what}`)
  return value
}

/** Finds what the screens need; lets one councillor vote, so that there is a ballot that was cast. */
export const findProps = async (enterAs: (part: Part) => Promise<Person>): Promise<Props> => {
  const { datasets, proposals } = await (await enterAs('visitor')).run<Listed>(LISTED)
  const sets = datasets.nodes
  const clear = sets.filter(({ embargoUntil, suspended }) => !embargoUntil && !suspended)
  const published = must(
    clear.find(({ community }) => community.slug === 'rimu-bay'),
    'dataset',
  )
  const local = proposals.nodes.filter(({ community }) => community.slug === 'rimu-bay')
  const proposal = (phase: string, matter = 'access.grant') =>
    must(
      local.find((one) => one.phase === phase && one.matter === matter),
      `${phase} proposal`,
    )
  const inVote = proposal('open').id
  await (await enterAs('voted')).run(CAST, {
    input: { proposal: inVote, choice: 'yes', reason: 'The work serves the community.' },
  })
  const newTerms = await proposeTerms(await enterAs('council'), published.licence?.digest ?? '')
  const newCharter = await proposeCharter(await enterAs('council'))
  const handing = await proposeDelegation(await enterAs('council'))
  const learning = await (await enterAs('invited')).run<{
    viewer: { requests: readonly { id: string; delegation: object | null }[] }
  }>('{ viewer { requests { id delegation { id } } } }')
  const steward = await (await enterAs('steward')).run<StewardView>(STEWARD)
  const own = steward.viewer.memberships.flatMap(({ community }) => community.datasets)
  const asked = await (await enterAs('researcher')).run<{
    viewer: { requests: readonly { id: string }[] }
  }>('{ viewer { requests { id } } }')
  return {
    published: published.id,
    open: must(
      clear.find(({ stage, custody }) => stage === 5 && !custody),
      'open dataset',
    ).id,
    kept: must(
      sets.find(({ custody }) => custody),
      'dataset of two communities',
    ).id,
    jointVote: must(
      proposals.nodes.find(({ joint }) => joint),
      'vote of two communities',
    ).id,
    suspended: must(
      sets.find(({ suspended }) => suspended),
      'suspended dataset',
    ).id,
    embargoed: must(
      sets.find(({ embargoUntil }) => embargoUntil),
      'embargoed dataset',
    ).id,
    assembling: (own.find(({ contributions }) => contributions?.length) ?? published).id,
    licence: published.licence?.digest ?? '',
    inVote,
    newTerms,
    newCharter,
    handing,
    answered: must(
      learning.viewer.requests.find(({ delegation }) => delegation),
      'answered request',
    ).id,
    revised: must(
      clear.find(({ versions }) => versions.length > 1),
      'dataset with two versions',
    ).id,
    ...(await findHidden(await enterAs('keeper'), await enterAs('council'))),
    enacted: proposal('enacted').id,
    rejected: proposal('rejected').id,
    request: must(asked.viewer.requests[0], 'request').id,
    entry: must(proposal('enacted').entries[0], 'log entry'),
  }
}
