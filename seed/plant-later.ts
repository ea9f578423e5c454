import type { Corpus } from './corpora/corpus.ts'
import type { DemoDataset, DemoPlan } from './demo-plan.ts'
import { asActor, type Garden, must, vote } from './garden.ts'
import { handIn, type Planted, propose } from './plant-datasets.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** The same corpus without the rows of one article, and with a statement that says so. */
const without = (corpus: Corpus, article: number): Pick<Corpus, 'files' | 'statement'> => {
  const left = (text: string): string =>
    text
      .split('\n')
      .filter((row) => !row.includes(`"article":${article},`))
      .join('\n')
  return {
    files: corpus.files.map((file) =>
      file.path.endsWith('.jsonl')
        ? { ...file, bytes: encoder.encode(left(decoder.decode(file.bytes))) }
        : file,
    ),
    statement: {
      ...corpus.statement,
      preprocessing: `${corpus.statement.preprocessing} Article ${article} is left out until readers have checked it.`,
    },
  }
}

const revise = async (
  garden: Garden,
  one: DemoDataset,
  corpora: readonly Corpus[],
  planted: Planted,
) => {
  const corpus = corpora.find(({ slug }) => slug === one.corpus)
  const id = planted.get(one.slug)
  if (!corpus || !id || !one.revision) throw new Error(`no revision of ${one.slug}`)
  const { version, leavesOut } = one.revision
  const revised = without(corpus, leavesOut)
  const given = await handIn(garden, one, revised, id)
  return propose(garden, { ...one, version }, revised, id, [given])
}

/** Second versions: those that are published, or those that are still voted on. */
export const plantRevisions = async (
  garden: Garden,
  plan: DemoPlan,
  corpora: readonly Corpus[],
  planted: Planted,
  state: 'published' | 'in-vote',
): Promise<void> => {
  for (const one of plan.datasets.filter(({ revision }) => revision?.state === state)) {
    const proposal = await revise(garden, one, corpora, planted)
    await vote(garden, proposal, { silent: state === 'in-vote' ? 2 : 0 })
  }
}

/** What a vote takes down for good. */
export const plantTakedowns = async (
  garden: Garden,
  plan: DemoPlan,
  planted: Planted,
): Promise<void> => {
  for (const one of plan.datasets.filter(({ state }) => state === 'taken-down')) {
    const steward = await asActor(garden, one.steward)
    const { proposal } = must(
      await garden.house.services.datasets.proposeTakedown(steward, {
        dataset: planted.get(one.slug),
        reason: one.takedownReason,
      }),
      `takedown of ${one.slug}`,
    )
    await vote(garden, proposal)
  }
}
