import { readFileSync } from 'node:fs'
import { instantiate, type Licence, parseLicence, summarise } from '../../../policies/index.ts'

export const now = '2026-03-10T09:00:00.000Z'

const template = (name: string): unknown =>
  JSON.parse(
    readFileSync(new URL(`../../../policies/licences/${name}.json`, import.meta.url), 'utf8'),
  )

function parsed(document: unknown): Licence {
  const result = parseLicence(document)
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result.licence
}

/** A licence as the api gives it, made from a template by the kernel itself. */
function licence(name: string, title: string, digest: string) {
  const document = instantiate(template(name), {
    licence: `urn:commonhold:licence:${name}`,
    target: 'urn:commonhold:dataset:all',
    assigner: 'urn:commonhold:community:velane',
    title,
    home: ['GH'],
    region: ['GH', 'TG', 'BJ'],
    embargo: '2026-01-01T00:00:00Z',
    expiry: '2031-01-01T00:00:00Z',
    open: '2027-01-01T00:00:00Z',
  })
  return {
    digest,
    id: `l-${name}`,
    version: 2,
    title,
    template: name,
    adoptedAt: '2026-01-05T00:00:00.000Z',
    document,
    summary: summarise(parsed(document), 'en'),
    community: null as unknown,
    preamble: [{ lang: 'en', text: 'These words were lent to us by our elders.' }],
    labels: ['tknc'],
    spdx: 'LicenseRef-sample',
    codes: [
      {
        scheme: 'DUO',
        code: 'DUO:0000042',
        label: 'general research use',
        exact: false,
        note: 'It also asks for a report.',
      },
    ],
    proposal: null,
    claims: [
      {
        id: `urn:sample:${name}#claim`,
        text: 'Nobody may ever pass it on.',
        holds: true,
        counterexample: null,
        method: 'enumeration',
        states: 1024,
      },
    ],
    versions: [
      { digest, version: 2, title, adoptedAt: '2026-01-05T00:00:00.000Z' },
      {
        digest: `sha256-${'e5'.repeat(32)}`,
        version: 1,
        title,
        adoptedAt: '2025-01-05T00:00:00.000Z',
      },
    ],
    changes: {
      wider: ['You may look at a sample if you are a member of the community.'],
      narrower: ['You may not download it if you are a company.'],
      dutiesAdded: ['You must tell the community what you did with it within 90 days.'],
      dutiesRemoved: [],
      complete: true,
    },
  }
}

/** A template as the api gives it, to begin a licence with. */
export const licenceTemplates = ['research-only', 'open'].map((name) => {
  const { document: _, summary } = licence(name, name, `sha256-${'f6'.repeat(32)}`)
  return {
    name,
    title: name,
    description: `When to choose ${name}.`,
    inspiredBy: 'https://licence.example/read',
    document: template(name),
    summary,
  }
})

const research = licence('research-only', 'River research licence', `sha256-${'a1'.repeat(32)}`)
const shared = licence('tiered-benefit', 'Shared benefit licence', `sha256-${'b2'.repeat(32)}`)
/** One whose claims are too wide to be gone through. */
const tiered = {
  ...shared,
  claims: shared.claims.map((claim) => ({ ...claim, method: 'solver', states: 33_423_360 })),
}

const matter = (name: string, body: string) => ({
  matter: name,
  body,
  text: [
    'The council decides: 7 people are on the roll.',
    'It passes with half of the roll and two thirds of the votes cast.',
    'Silence is not a yes. If fewer than 3 people vote, the proposal falls.',
    'Guardians may stop it within 5 days, with a reason that everyone can read.',
  ],
})

const community = {
  id: 'c-velane',
  slug: 'velane-river',
  name: 'Velāne River Families',
  description:
    'Families of the lower river who keep recordings of their elders. Made up for this demonstration.',
  fictitious: true,
  bodies: [
    { name: 'council', size: 7 },
    { name: 'guardians', size: 3 },
    { name: 'assembly', size: 41 },
  ],
  charter: {
    digest: `sha256-${'c3'.repeat(32)}`,
    version: 1,
    document: {},
    matters: ['access.grant', 'dataset.publish', 'access.revoke', 'charter.amend'].map((name) =>
      matter(name, name === 'charter.amend' ? 'assembly' : 'council'),
    ),
  },
  licences: [research, tiered],
  datasets: [] as unknown[],
  register: {
    decided: 12,
    open: 2,
    unanswered: 1,
    unratifiedSuspensions: 0,
    openDuties: 2,
    breachedDuties: 0,
    downloads: 48,
    downloadsCovered: 48,
    answeredByStanding: 3,
  },
  delegations: [
    {
      id: 'v-1',
      state: 'inForce',
      since: '2026-02-20T09:00:00.000Z',
      used: 3,
      viewerCanPause: false,
      uses: [{ at: '2026-02-21T09:00:00.000Z', version: '1.1.0', entry: 4 }],
      proposal: { id: 'p-closed' },
      endedBy: null,
      scope: {
        purposes: ['learning'],
        actions: ['download'],
        actorKinds: ['academic'],
        territories: null,
        noCommercialTie: true,
        longestDays: 30,
        largestTeam: 0,
        until: '2026-12-01T00:00:00.000Z',
        datasets: null,
        licences: [research],
      },
    },
  ],
  results: [
    {
      proposal: 'p-closed',
      title: 'Publish the river readings, version 1.1.0',
      matter: 'dataset.publish',
      phase: 'enacted',
      madeAt: '2026-02-01T09:00:00.000Z',
      closedAt: '2026-02-17T09:00:00.000Z',
      deciders: 6,
      cast: 5,
      daysToDecision: 16,
      daysToEffect: 23,
    },
    {
      proposal: 'p-few',
      title: 'A question for two',
      matter: 'release.stage',
      phase: 'rejected',
      madeAt: '2026-02-01T09:00:00.000Z',
      closedAt: '2026-02-10T09:00:00.000Z',
      deciders: null,
      cast: null,
      daysToDecision: 9,
      daysToEffect: null,
    },
  ],
  members: null,
  electableBodies: ['stewards', 'council'],
  viewerIsMember: false,
  viewerCanContribute: false,
  viewerCanSteward: false,
}
research.community = community
tiered.community = community

const file = (path: string, size: number, mediaType: string) => ({
  path,
  size,
  mediaType,
  sha256: '5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592',
  url: `/datasets/d-river/versions/1.1.0/files/${path}`,
})

export const proposal = {
  id: 'p-open',
  community,
  matter: 'access.grant',
  title: 'Access for a study of vowel length',
  text: 'A university asks to download the readings for a study of vowel length.\n\nThe team is three people. The study ends in a year and its results come back to the river.',
  textDigest: `sha256-${'d4'.repeat(32)}`,
  phase: 'open',
  madeAt: '2026-03-02T09:00:00.000Z',
  opensAt: '2026-03-03T09:00:00.000Z',
  closesAt: '2026-03-17T09:00:00.000Z',
  closeMovedFrom: null,
  enactableFrom: '2026-03-24T09:00:00.000Z',
  expiresAt: '2026-04-23T09:00:00.000Z',
  rule: matter('access.grant', 'council').text,
  tally: null as unknown,
  rollSize: 7,
  ballotsCast: 4,
  subject: { kind: 'access.grant', dataset: null as unknown, licence: null, stage: null },
  rollCall: null,
  comments: [],
  myBallot: null,
  viewerCanVote: { allowed: false, code: 'not-on-roll', message: 'Only people on the roll vote.' },
  entries: [3, 5],
}

export const closedProposal = {
  ...proposal,
  id: 'p-closed',
  title: 'Publish the river readings, version 1.1.0',
  matter: 'dataset.publish',
  phase: 'enacted',
  closesAt: '2026-02-17T09:00:00.000Z',
  closeMovedFrom: null,
  tally: {
    yes: 5,
    no: 1,
    abstain: 0,
    objections: 0,
    deciders: 6,
    needed: 4,
    pass: true,
    reasons: ['5 of 6 deciders said yes; 4 were needed.', 'No objection stood.'],
  },
  conditions: [
    { met: true, text: '5 of 6 deciders said yes; 4 were needed.' },
    { met: true, text: 'No objection stood.' },
  ],
  charterDigest: `sha256-${'c3'.repeat(32)}`,
  charterVersion: 1,
  ballotsCast: 6,
  result: community.results[0],
}

const version = (name: string) => ({
  version: name,
  manifestDigest: `sha256-${name.replace(/\D/g, '').padEnd(64, '0')}`,
  publishedAt: '2026-02-20T00:00:00.000Z',
  licence: research,
  parents: [] as readonly object[],
  statement: {
    complete: false,
    missing: ['Speech situation'],
    sections: [
      {
        field: 'summary',
        title: 'Summary',
        text: 'Twelve hours of readings by nine elders, with transcripts.',
        required: true,
      },
      {
        field: 'speakers',
        title: 'Who speaks or writes',
        text: 'Nine speakers, given as totals in the categories the community chose.',
        required: true,
      },
    ],
  },
  files: [
    file('readings/velāne-01.opus', 5_412_331, 'audio/ogg'),
    file('readings/velāne-02.opus', 6_004_120, 'audio/ogg'),
    file('transcripts.jsonl', 88_412, 'application/jsonl'),
  ],
  totalSize: 11_504_863,
  proposal: closedProposal,
  sha256sums: '',
})

const fromNothing = {
  parents: [] as readonly object[],
  terms: [{ rule: 'all', custodians: [{ licences: [research] }] }],
}

const dataset = (id: string, title: string, more: object = {}) => ({
  id,
  community,
  title,
  description:
    'Readings of the Universal Declaration of Human Rights by nine elders of the lower river, recorded at home, with transcripts that the readers checked themselves.',
  kind: 'speech',
  languages: ['mi'],
  keywords: ['reading', 'elders'],
  createdAt: '2026-01-10T00:00:00.000Z',
  stage: 4,
  stageText: 'named download: people with a grant of their own may download',
  artefacts: [] as readonly object[],
  embargoUntil: null,
  suspended: null,
  versions: [version('1.1.0'), version('1.0.0')],
  version: { ...version('1.1.0'), ...fromNothing },
  madeFromThis: [] as readonly object[],
  licence: research,
  drafts: null,
  contributions: null,
  proposals: [closedProposal],
  usable: { outlook: 'council', reason: { clause: '#who', text: 'The council votes on it.' } },
  viewerCanContribute: false,
  viewerCanSteward: false,
  viewerCanSuspend: false,
  viewerCanProposeTakedown: false,
  takenDownAt: null,
  viewerGrants: [],
  ...more,
})

export const datasets = [
  dataset('d-river', 'River readings'),
  dataset('d-words', 'Word list of the upper valley', {
    kind: 'lexicon',
    languages: ['yo', 'en'],
    stage: 5,
    licence: tiered,
    embargoUntil: '2026-06-01T00:00:00.000Z',
  }),
  dataset('d-songs', 'ምስጋና · songs of thanks', {
    languages: ['am'],
    suspended: {
      since: '2026-03-01T10:00:00.000Z',
      reason: 'A family asked for time to listen again.',
      ratifyBy: '2026-03-15T10:00:00.000Z',
      ratified: false,
    },
  }),
]
community.datasets = datasets
proposal.subject.dataset = datasets[0]

export const communities = [community]
export const licences = [research, tiered]
export const proposals = [proposal, closedProposal]
