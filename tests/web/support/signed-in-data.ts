import { datasets, now, proposals } from './sample-data.ts'

const [dataset] = datasets
const [open, closed] = proposals
if (!dataset || !open || !closed) throw new Error('the sample data has lost its first entries')
const { community, licence } = dataset
const [version] = dataset.versions

const yes = { allowed: true, code: null, message: null }
export const no = (message: string) => ({ allowed: false, code: 'NO', message })

/** An open proposal as a member of the body sees it who has not voted. */
export const openBallot = {
  ...open,
  phase: 'open',
  text: 'Access for two years.',
  rollSize: 7,
  ballotsCast: 3,
  tally: null,
  rollCall: null,
  comments: [
    { id: 'k1', author: 'Tama', text: 'I asked my aunt.', private: true, at: now },
    { id: 'k2', author: 'Mere', text: 'Which archive?', private: false, at: now },
  ],
  myBallot: null,
  roll: null,
  minutes: [],
  viewerCanAssist: no('Only stewards enter the ballots of a meeting.'),
  viewerProxy: null,
  viewerSpeaksFor: 0,
  revisions: [],
  returned: null,
  opensByItselfAt: null,
  appealUntil: null,
  challenges: [] as unknown[],
  viewerIsInside: true,
  viewerCanRevise: no('It is open already.'),
  viewerCanReturn: no('It is open already.'),
  viewerCanOpen: no('It is open already.'),
  viewerCanVote: yes,
  viewerCanVeto: no('A veto comes after the close.'),
  viewerCanRecuse: yes,
  viewerCanAppeal: no('An appeal comes after the close.'),
  viewerCanLiftVeto: no('There is no veto.'),
  viewerCanDecideAppeal: no('There is no appeal.'),
  viewerCanWithdraw: no('An open proposal cannot be withdrawn.'),
}

export const grant = {
  id: 'g-1',
  dataset,
  version,
  purposes: ['linguisticResearch'],
  actions: ['download'],
  duties: [
    duty('attribute', null),
    duty('reportBack', { dueAt: '2026-03-01T00:00:00.000Z', overdue: true }),
    duty('shareBack', { dueAt: '2026-06-01T00:00:00.000Z', overdue: false }),
  ],
  deletions: [] as unknown[],
  issuedAt: '2026-01-01T00:00:00.000Z',
  expiresAt: '2027-01-01T00:00:00.000Z',
  state: 'active',
  stateReason: null,
  newTerms: null,
  attribution: 'River people (2026): River words, version 1.1.0.',
  proposal: closed,
  token: 'eyJ.sample.token',
  downloads: [
    {
      path: 'transcripts.jsonl',
      sha256: 'ab',
      at: now,
      completed: true,
      entry: 12,
      receipt: 'c2sp.org/tlog-proof@v1',
    },
  ],
  entry: 9,
  viewerRole: 'holder',
  holder: 'Aroha',
  places: 0,
  freePlaces: 0,
  team: [],
  renewedBy: null,
  pendingRenewal: null,
}

function duty(kind: string, due: { dueAt: string; overdue: boolean } | null) {
  const stand = {
    dueAt: due?.dueAt ?? null,
    curableUntil: due?.dueAt ?? null,
    metAt: null,
    overdue: due?.overdue ?? false,
    phase: due ? (due.overdue ? 'overdue' : 'due') : 'scheduled',
    form: [{ name: 'done', form: 'text', required: true }],
    records: [],
    viewerCanReport: due !== null,
    viewerCanAnswer: false,
  }
  return {
    kind,
    clause: `#${kind}`,
    withinDays: due ? 60 : null,
    text: `You must ${kind}.`,
    ...stand,
  }
}

export const request = {
  id: 'r-1',
  dataset,
  version: '1.1.0',
  purposes: ['linguisticResearch'],
  actions: ['download'],
  project: 'A study of vowel length.',
  state: 'voting',
  submittedAt: '2026-03-01T09:00:00.000Z',
  days: 365,
  submissions: [],
  askAgainAt: null,
  decision: {
    decision: 'refer',
    reasons: [{ clause: 'urn:x#who-council', text: 'The council votes on it.' }],
    needsFacts: [],
    needsAgreement: [],
    needsCouncil: true,
    needsTime: null,
    duties: [],
    nextChangeAt: null,
  },
  proposal: openBallot,
  grant: null,
  facts: { actorKind: 'academic', commercialTie: 'no' },
  requester: 'Rita',
}

export const contribution = {
  id: 'k-1',
  dataset,
  files: version?.files ?? [],
  consent: {
    scope: 'Teaching',
    maxStage: 2,
    evidence: 'Minute of May',
    hasEvidence: false,
    minors: true,
  },
  at: now,
  state: 'received',
}

export const statementFields = [
  { field: 'summary', title: 'Summary', help: 'In 60 to 100 words.', required: true },
  { field: 'limits', title: 'Limits', help: 'What it leaves out.', required: true },
  { field: 'other', title: 'Anything else', help: 'What is missing above.', required: false },
]

export const stewarded = {
  ...dataset,
  viewerCanSteward: true,
  viewerCanSuspend: true,
  viewerCanProposeTakedown: true,
  takenDownAt: null,
  viewerCanContribute: true,
  drafts: [],
  contributions: [contribution],
}

export const home = {
  grantsWithDuties: [] as unknown[],
  dutyBoard: {
    counts: [{ kind: 'reportBack', open: 1, late: 0, kept: 2, waived: 0 }],
    open: [],
    sharedBack: [],
    benefits: [],
  },
  ...community,
  electableBodies: ['stewards', 'council', 'guardians'],
  viewerIsMember: true,
  viewerCanContribute: true,
  datasets: [stewarded],
  proposals: () => [openBallot, closed],
  members: [],
}

export const viewer = {
  id: 'u-1',
  name: 'Aroha',
  email: 'aroha@example.org',
  emailVerified: true,
  operator: false,
  undelivered: null,
  unreadNotices: 1,
  notices: [
    {
      id: '1.u-1.vote-opened',
      kind: 'vote-opened',
      at: now,
      read: false,
      title: 'Please vote: Publish River readings',
      path: '/decisions/p-open/ballot',
      mail: 'sent',
    },
  ],
  noticeSettings: {
    language: 'en',
    mode: 'each',
    kinds: [
      { kind: 'vote-opened', name: 'A vote opens that you may vote in', mail: true },
      { kind: 'vote-result', name: 'The result of a vote', mail: false },
    ],
  },
  ballotLinks: [{ madeAt: now, proposal: openBallot }],
  memberships: [{ community: home, member: 'm-1', bodies: ['council'], group: null }],
  tokens: [
    {
      id: 't-1',
      name: 'laptop',
      scopes: ['read', 'download'],
      ending: 'x9Zq',
      createdAt: now,
      expiresAt: '2026-04-01T00:00:00.000Z',
      lastUsedAt: null,
    },
  ],
  sessions: [{ id: 's-1', current: true, createdAt: now, lastSeenAt: now, device: 'A phone' }],
  inbox: [openBallot],
  ballotKeys: [
    {
      key: 'k-1',
      addedAt: now,
      endedAt: null,
      proposal: { id: openBallot.id, title: openBallot.title },
    },
  ],
  requests: [request],
  grants: [grant],
  teamGrants: [],
  contributions: [contribution],
}

export const licenceTemplates = [
  {
    name: 'research-only',
    title: 'Research only',
    description: 'For universities.',
    document: licence.document,
    summary: licence.summary,
  },
]
