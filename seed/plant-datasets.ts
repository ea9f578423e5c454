import { Readable } from 'node:stream'
import type { Contribution } from '../api/src/datasets/datasets.ts'
import type { Proposal } from '../api/src/governance/governance.ts'
import type { Actor } from '../api/src/people/people.ts'
import { instantiate } from '../policies/index.ts'
import type { Corpus } from './corpora/corpus.ts'
import type { DemoDataset, DemoPlan } from './demo-plan.ts'
import { asActor, DAY, type Garden, licenceTitle, must, vote } from './garden.ts'
import { statementSections } from './statement-sections.ts'

/** Licences beyond the first of a community are voted in, as they would be. */
export const plantLicences = async (garden: Garden, plan: DemoPlan): Promise<void> => {
  const { licences, people, log } = garden.house.services
  for (const one of plan.communities) {
    const used = new Set(
      plan.datasets.filter((d) => d.community === one.slug).map((d) => d.licence),
    )
    used.delete(one.licenceTemplate)
    for (const name of used) {
      const community = await people.communityBySlug(one.slug)
      const template = licences.licenceTemplates().find((t) => t.name === name)
      const year = (n: number) => new Date(log.now() + n * 365 * DAY).toISOString()
      const document = instantiate(template?.document, {
        licence: `urn:commonhold:licence:${one.slug}:${name}:1`,
        target: `urn:commonhold:community:${community?.id}:datasets`,
        assigner: `urn:commonhold:community:${community?.id}`,
        title: licenceTitle(garden.house.services, name, one.name),
        home: [one.homeTerritory],
        region: [],
        embargo: year(1),
        open: year(3),
        expiry: year(10),
      })
      const steward = await asActor(garden, `steward@${one.slug}.example`)
      const reason = 'Some of our data asks for other terms than the rest.'
      const { proposal } = must(
        await licences.propose(steward, { community: community?.id, document, reason }),
        `licence ${name} of ${one.slug}`,
      )
      await vote(garden, proposal)
    }
  }
}

const upload = async ({ house }: Garden, actor: Actor, file: Corpus['files'][number]) => {
  const size = file.bytes.length
  const about = {
    size,
    filename: file.path,
    mediaType: file.mediaType,
    metadata: '',
    expected: null,
  }
  const announced = must(
    await house.uploads.announce(actor.account.id, about),
    `upload ${file.path}`,
  )
  const { id } = announced.upload
  const piece = {
    offset: 0,
    source: Readable.from([Buffer.from(file.bytes)]),
    length: size,
    checksum: null,
  }
  must(await house.uploads.receive(actor.account.id, id, piece), `bytes of ${file.path}`)
  return { upload: id, path: file.path }
}

const DECLARATION = {
  scope: 'Published texts of the Universal Declaration of Human Rights, free of copyright.',
  evidence: 'Public document; no speaker can be told from it.',
}

/** Hands in the files of a corpus for a dataset that is there. */
export const handIn = async (
  garden: Garden,
  one: DemoDataset,
  { files: given, consent = DECLARATION }: Pick<Corpus, 'files' | 'consent'>,
  dataset: string,
): Promise<Contribution> => {
  const contributor = await asActor(garden, one.contributor)
  const files = []
  for (const file of given) files.push(await upload(garden, contributor, file))
  const { contribution } = must(
    await garden.house.services.datasets.contribute(contributor, {
      dataset,
      files,
      consent: {
        basis: 'community',
        ...consent,
        maxStage: 5,
        minors: false,
      },
    }),
    `contribution to ${one.slug}`,
  )
  return contribution
}

const contribute = async (garden: Garden, one: DemoDataset, corpus: Corpus): Promise<string> => {
  const { datasets, people } = garden.house.services
  const contributor = await asActor(garden, one.contributor)
  const community = await people.communityBySlug(one.community)
  const { dataset } = must(
    await datasets.create(contributor, {
      community: community?.id,
      title: corpus.title,
      description: corpus.statement.summary,
      kind: corpus.kind,
      languages: corpus.languages,
      keywords: one.keywords,
    }),
    `dataset ${one.slug}`,
  )
  await handIn(garden, one, corpus, dataset.id)
  return dataset.id
}

/** Assembles the version of all that was given or of these contributions, and puts it to the vote. */
export const propose = async (
  garden: Garden,
  one: DemoDataset,
  { statement }: Pick<Corpus, 'statement'>,
  id: string,
  given?: readonly Contribution[],
): Promise<Proposal> => {
  const { datasets, licences, people, log } = garden.house.services
  const steward = await asActor(garden, one.steward)
  const community = await people.communityBySlug(one.community)
  const adopted = await licences.adoptedBy(community?.id ?? '')
  const wanted = licenceTitle(garden.house.services, one.licence, community?.name ?? '')
  const licence = adopted.find(({ title }) => title === wanted)
  const { version } = must(
    await datasets.assemble(steward, {
      dataset: id,
      version: one.version,
      contributions: (given ?? (await datasets.contributionsTo(id))).map((one) => one.id),
      licence: licence?.digest ?? '',
      artefacts: (one.artefacts ?? []).map(({ path, artefact }) => ({ path, artefact })),
      statement: statementSections(statement),
    }),
    `version of ${one.slug}`,
  )
  const { proposal } = must(
    await datasets.proposePublication(steward, {
      dataset: id,
      manifestDigest: version.manifestDigest,
      stage: one.stage,
      artefacts: (one.artefacts ?? []).flatMap(({ artefact, stage }) =>
        stage === undefined ? [] : [{ artefact, stage }],
      ),
      embargoUntil: one.embargoDays
        ? new Date(log.now() + one.embargoDays * DAY).toISOString()
        : null,
      reason: 'It is free, the statement is complete, and people have asked for it.',
    }),
    `publication of ${one.slug}`,
  )
  return proposal
}

/** Datasets by slug, with the ids they were given. */
export type Planted = Map<string, string>

/** Contributes and publishes what is to be public in the end. */
export const plantPublished = async (
  garden: Garden,
  plan: DemoPlan,
  corpora: readonly Corpus[],
): Promise<Planted> => {
  const planted: Planted = new Map()
  for (const one of plan.datasets) {
    const corpus = corpora.find(({ slug }) => slug === one.corpus)
    if (!corpus) throw new Error(`no corpus ${one.corpus}`)
    const id = await contribute(garden, one, corpus)
    planted.set(one.slug, id)
    const published = one.state !== 'draft' && one.state !== 'in-vote'
    if (published) await vote(garden, await propose(garden, one, corpus, id))
  }
  return planted
}

/** Both communities vote on keeping a dataset together. */
export const plantCustody = async (
  garden: Garden,
  plan: DemoPlan,
  planted: Planted,
): Promise<void> => {
  const { datasets, governance, licences, people } = garden.house.services
  for (const { slug, steward, keptWith } of plan.datasets) {
    if (!keptWith) continue
    const other = await people.communityBySlug(keptWith.community)
    const adopted = await licences.adoptedBy(other?.id ?? '')
    const title = licenceTitle(garden.house.services, keptWith.licence, other?.name ?? '')
    const { proposal } = must(
      await datasets.proposeCustody(await asActor(garden, steward), {
        dataset: planted.get(slug),
        step: 'join',
        community: other?.id,
        rule: keptWith.rule,
        licence: adopted.find((one) => one.title === title)?.digest,
        reason: 'People of both communities speak these languages and read these texts.',
      }),
      `custody of ${slug}`,
    )
    const { effect } = proposal
    const joint = effect.kind === 'dataset.custody' ? (effect.jointly?.id ?? '') : ''
    for (const asked of await datasets.joint(joint)) {
      const question = await governance.proposal(asked.proposal)
      if (question) await vote(garden, question)
    }
  }
}

/** Puts to the vote what is still being voted on when the visitor comes. */
export const plantInVote = async (
  garden: Garden,
  plan: DemoPlan,
  corpora: readonly Corpus[],
  planted: Planted,
): Promise<void> => {
  for (const one of plan.datasets.filter(({ state }) => state === 'in-vote')) {
    const corpus = corpora.find(({ slug }) => slug === one.corpus)
    const id = planted.get(one.slug)
    if (!corpus || !id) throw new Error(`no dataset ${one.slug}`)
    await vote(garden, await propose(garden, one, corpus, id), { silent: 2 })
  }
}

/** Closes what the plan wants suspended, and lets the council ratify it. */
export const plantSuspensions = async (
  garden: Garden,
  plan: DemoPlan,
  planted: Planted,
): Promise<void> => {
  const { datasets, governance, people } = garden.house.services
  for (const one of plan.datasets.filter(({ state }) => state === 'suspended')) {
    const steward = await asActor(garden, one.steward)
    const dataset = planted.get(one.slug)
    must(
      await datasets.suspend(steward, { dataset, reason: one.suspensionReason }),
      `suspension of ${one.slug}`,
    )
    const community = await people.communityBySlug(one.community)
    const open = await governance.proposals({
      community: community?.id ?? '',
      settled: false,
      first: 50,
    })
    const ratify = open.find(
      ({ effect }) => effect.kind === 'dataset.ratify' && effect.dataset === dataset,
    )
    if (ratify) await vote(garden, ratify)
  }
}
