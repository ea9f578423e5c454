import { isRefusal } from '../api/src/errors.ts'
import type { AccessRequest } from '../api/src/grants/grants.ts'
import { asActor, type Garden, must, type Votes, vote } from './garden.ts'
import type { Planted } from './plant-datasets.ts'

interface Ask {
  readonly who: string
  readonly slug: string
  readonly purpose: string
  readonly actions?: readonly string[]
  readonly facts: {
    readonly actorKind: string
    readonly commercialTie: string
    readonly country: string
  }
  readonly project: string
  readonly days: number
  /** Who else is to use it. */
  readonly team?: readonly string[]
  /** null: nobody has voted yet. */
  readonly votes: Votes | null
}

const ACADEMIC = { actorKind: 'academic', commercialTie: 'no', country: 'DE' } as const
const COMPANY = { actorKind: 'commercial', commercialTie: 'yes', country: 'US' } as const
const EVERY_DUTY = [
  'attribute',
  'reportBack',
  'shareBack',
  'shareAlike',
  'noticeLabels',
  'benefitShare',
]

export const ask = async (
  garden: Garden,
  planted: Planted,
  what: Ask,
): Promise<AccessRequest | null> => {
  const { grants, governance } = garden.house.services
  const actor = await asActor(garden, what.who)
  const result = await grants.requestAccess(actor, {
    dataset: planted.get(what.slug),
    use: { purposes: [what.purpose], actions: what.actions ?? ['download'] },
    facts: { ...what.facts, ethicsApproval: 'yes', control: 'elsewhere' },
    acceptedDuties: EVERY_DUTY,
    project: what.project,
    days: what.days,
    team: what.team,
    key: `seed:${what.slug}:${what.purpose}`,
  })
  if (isRefusal(result) && result.code === 'NOT_PERMITTED') return null
  const { request } = must(result, `request of ${what.who} for ${what.slug}`)
  const proposal = request.proposal ? await governance.proposal(request.proposal) : null
  if (proposal && what.votes) await vote(garden, proposal, what.votes)
  return request
}

/** Requests that have run their course by the time the visitor comes. */
export const plantRequests = async (garden: Garden, planted: Planted): Promise<void> => {
  const asks: readonly Ask[] = [
    {
      who: 'researcher@university.example',
      slug: 'rights-mi-en',
      purpose: 'linguisticResearch',
      facts: ACADEMIC,
      project: 'We compare how the two texts mark tense and aspect, sentence by sentence.',
      days: 365,
      team: ['researcher@archive.example', 'engineer@company.example'],
      votes: {},
    },
    {
      who: 'researcher@archive.example',
      slug: 'rights-mi-en',
      purpose: 'preservation',
      facts: { actorKind: 'nonprofit', commercialTie: 'no', country: 'FR' },
      project: 'We want a copy in our archive so that the text is not lost with one server.',
      days: 30,
      votes: {},
    },
    {
      who: 'engineer@company.example',
      slug: 'rights-mi-en',
      purpose: 'commercialProduct',
      facts: COMPANY,
      project: 'We build a keyboard with word prediction and want to sell it.',
      days: 365,
      votes: null,
    },
    {
      who: 'researcher@archive.example',
      slug: 'rights-mi-en',
      purpose: 'languageTechnologyResearch',
      actions: ['download', 'train'],
      facts: { actorKind: 'nonprofit', commercialTie: 'no', country: 'FR' },
      project: 'We want to train a small translation model and do not yet know who will hold it.',
      days: 365,
      votes: { no: 4, reason: 'Who will hold the model has not been answered.' },
    },
    {
      who: 'researcher@university.example',
      slug: 'rights-ig-words',
      purpose: 'linguisticResearch',
      facts: ACADEMIC,
      project: 'We count how often words of this list stand beside each other.',
      days: 365,
      votes: {},
    },
  ]
  for (const one of asks) await ask(garden, planted, one)
}

/** A request the council is voting on when the visitor comes. */
export const plantOpenRequest = async (garden: Garden, planted: Planted): Promise<void> => {
  await ask(garden, planted, {
    who: 'researcher@university.example',
    slug: 'rights-mi-en',
    purpose: 'languageTechnologyResearch',
    actions: ['download', 'train'],
    facts: ACADEMIC,
    project: 'We train a spelling checker for schools and give the model to the community.',
    days: 365,
    votes: { silent: 3 },
  })
}

/** One download, as the door would hand it out. */
export const plantDownload = async (
  garden: Garden,
  planted: Planted,
  slug: string,
): Promise<void> => {
  const { grants, datasets } = garden.house.services
  const actor = await asActor(garden, 'researcher@university.example')
  const dataset = planted.get(slug) ?? ''
  const version = await datasets.version(dataset)
  const manifest = version && (await datasets.manifest(version.manifestDigest))
  const [file] = manifest?.files ?? []
  if (!version || !file) throw new Error('nothing to download')
  const pass = must(
    await grants.pass(actor, { dataset, version: version.version, path: file.path }),
    'the seeded download',
  )
  const opened = await grants.open(pass, { from: 0, to: file.size - 1 })
  if (!Buffer.isBuffer(opened.body)) for await (const _ of opened.body.stream());
  await grants.completed(pass, opened)
}
