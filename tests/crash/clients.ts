import { sha256Of } from '../support/blob-store-contract.ts'
import { type Dice, dice } from '../support/dice.ts'
import {
  assemble,
  castBallot,
  proposePublication,
  requestAccess,
  requestInput,
} from '../support/journey.ts'
import type { Person } from '../support/person.ts'
import type { Village } from '../support/village.ts'
import type { Ledger, MadeContribution, SentUpload } from './ledger.ts'
import type { Machine } from './machine.ts'
import {
  announce,
  contributeUpload,
  grantsOf,
  type OpenedFile,
  offsetOf,
  reportDuty,
  sendPiece,
  someText,
  versionsOf,
  WrongAnswer,
} from './requests.ts'

/** What the clients of one run share. */
export interface Crowd {
  readonly machine: Machine
  readonly village: Village
  readonly dataset: string
  readonly ledger: Ledger
  readonly seed: number
  /** Answers a client must never get: none is what a test wants. */
  readonly faults: string[]
  /** Requests that a kill cut off. */
  cuts: number
  /** What the door said when a grant was no longer good. */
  readonly shut: string[]
  /** Requests the council's last no stood against. */
  turnedAway: number
  stopped: boolean
  /** Proposals that may still be voted on. */
  open: string[]
  /** Those that are about a request for access. */
  readonly asked: Set<string>
  /** The council says its last word on what is open. */
  deciding: boolean
  /** Contributions that are in no version yet. */
  waiting: MadeContribution[]
  /** How often the council got to its last word. */
  decisions: number
  /** How often somebody has seen all that was published and granted. */
  looks: number
  /** Number of published versions. */
  published: number
  /** Files the researcher may have. */
  granted: OpenedFile[]
}

type Turn = (crowd: Crowd, chance: Dice) => Promise<void>

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
/** So many that the council gets through them between two kills. */
const MOST_OPEN = 4
const SHUT_FOR_GOOD = /GRANT_|LICENCE_REFUSES|NO_GRANT/

/** Uploads a file in pieces, from wherever the server says, and contributes it. */
const sendOne =
  (person: (village: Village) => Person): Turn =>
  async (crowd, chance) => {
    const { ledger, dataset, village } = crowd
    const path = `${chance.roll(2 ** 31).toString(36)}/words.txt`
    const bytes = someText(chance, path)
    const id = await announce(person(village), bytes.length, path)
    const [sha256, size] = [sha256Of(bytes), bytes.length]
    const upload: SentUpload = { id, person: person(village), sha256, size, held: 0 }
    ledger.uploads.push(upload)
    while (upload.held < size) {
      const offset = await patiently(crowd, () => offsetOf(upload))
      if (offset === size) upload.held = size
      else {
        const length = 8_192 + chance.roll(65_536)
        const piece = bytes.subarray(offset, offset + length)
        const held = await patiently(crowd, () => sendPiece(upload, offset, piece), null)
        upload.held = held ?? upload.held
      }
    }
    const made = { dataset, sha256 }
    const contribution = await patiently(crowd, () =>
      contributeUpload(upload.person, { dataset, upload: id, path }),
    )
    ledger.contributions.push({ ...made, id: contribution })
    crowd.waiting.push({ ...made, id: contribution })
  }

let versions = 0

/** Makes a version of what has come and asks the council to publish it. */
const assembleOne: Turn = async (crowd) => {
  const { village, dataset, ledger } = crowd
  if (crowd.waiting.length === 0 || crowd.open.length >= MOST_OPEN) return pause(20)
  const contributions = crowd.waiting.splice(0, 3).map(({ id }) => id)
  versions += 1
  const version = `1.${versions}.0`
  const manifestDigest = await assemble(village, dataset, contributions, version)
  ledger.manifests.push(manifestDigest)
  const proposal = await proposePublication(village, { dataset, manifestDigest })
  ledger.proposals.push(proposal)
  crowd.open.push(proposal)
}

/** Asks for access with a key, and again with the same key when no answer came. */
const ask: Turn = async (crowd, chance) => {
  if (crowd.published === 0 || crowd.open.length >= MOST_OPEN) return pause(20)
  const { village, dataset, ledger } = crowd
  const input = requestInput(dataset, { key: `key-${chance.roll(2 ** 31)}` })
  const { request, refused } = await patiently(crowd, () =>
    requestAccess(village.researcher, input),
  )
  if (refused?.code === 'NOT_PERMITTED' || refused?.code === 'NOT_GRANTABLE') {
    // A no of the council holds for a while.
    crowd.turnedAway += 1
    return pause(50)
  }
  if (!request?.proposal) throw new WrongAnswer(`request: ${JSON.stringify(refused)}`)
  ledger.requests.push({ id: request.id, proposal: request.proposal.id })
  ledger.proposals.push(request.proposal.id)
  crowd.asked.add(request.proposal.id)
  crowd.open.push(request.proposal.id)
  await pause(100)
}

const vote = async (crowd: Crowd, seat: number, proposal: string, choice: string) => {
  const person = crowd.village.council[seat]
  if (!person) throw new Error(`seat ${seat} is empty`)
  const { entry, refused } = await castBallot(person, proposal, choice)
  if (entry !== null) {
    const says = { proposal, choice }
    crowd.ledger.recorded.push({ entry, type: 'ballot.cast', says })
  } else if (!JSON.stringify(refused).includes('"closed"'))
    throw new WrongAnswer(`ballot: ${JSON.stringify(refused)}`)
}

/** Votes one way or another, as often as the mind is changed. */
const ballot =
  (seat: number): Turn =>
  async (crowd, chance) => {
    if (crowd.open.length === 0) return pause(20)
    const proposal = chance.pick(crowd.open)
    // A refused request would stand against the next ones for weeks.
    const settled = crowd.deciding || crowd.asked.has(proposal)
    const choices = settled ? ['yes'] : ['yes', 'yes', 'no', 'abstain']
    await vote(crowd, seat, proposal, chance.pick(choices))
  }

/** What has been published and granted by now. */
export const look = async (crowd: Crowd): Promise<void> => {
  const { village, dataset, ledger } = crowd
  const published = await versionsOf(village.researcher, dataset)
  const grants = await grantsOf(village.researcher)
  const active = grants.filter(({ state }) => state === 'active')
  const granted = new Set(active.map(({ version }) => version.version))
  crowd.published = published.length
  crowd.granted = published
    .filter(({ version }) => granted.has(version))
    .flatMap(({ files }) => files)
  for (const { id, entry } of grants)
    if (!ledger.recorded.some((one) => one.entry === entry))
      ledger.recorded.push({ entry, type: 'grant.issued', says: { grant: id } })
  crowd.looks += 1
  for (const { id, duties } of active)
    for (const { kind, viewerCanReport } of duties)
      if (kind === 'reportBack' && viewerCanReport) {
        await reportDuty(village.researcher, id, kind)
        ledger.duties.push(id)
      }
}

/** Everybody says yes to what is open, the time of the charter passes, and what was decided happens. */
export const decideAll: Turn = async (crowd) => {
  const closing = [...crowd.open]
  if (closing.length === 0) return pause(20)
  crowd.deciding = true
  // What others are just saying about them comes before the last word.
  await pause(20)
  for (const proposal of closing)
    await Promise.all([0, 1, 2].map((seat) => vote(crowd, seat, proposal, 'yes')))
  await crowd.machine.advance('P23D')
  crowd.open = crowd.open.filter((proposal) => !closing.includes(proposal))
  crowd.deciding = false
  crowd.decisions += 1
}

const watch: Turn = async (crowd) => {
  await look(crowd)
  await pause(100)
}

const epochOf = ({ deciding, decisions }: Crowd): number | null => (deciding ? null : decisions)

const download: Turn = async (crowd, chance) => {
  if (crowd.granted.length === 0) return pause(20)
  const { url, sha256 } = chance.pick(crowd.granted)
  const before = epochOf(crowd)
  const response = await crowd.village.researcher.fetch(url)
  const bytes = Buffer.from(await response.arrayBuffer())
  if (response.status === 403 && SHUT_FOR_GOOD.test(bytes.toString())) {
    crowd.granted = crowd.granted.filter((one) => one.url !== url)
    crowd.shut.push(bytes.toString('utf8', 0, 300))
  } else if (response.status !== 200 || sha256Of(bytes) !== sha256)
    throw new WrongAnswer(`download: ${response.status} ${bytes.toString('utf8', 0, 300)}`)
  else {
    const epoch = epochOf(crowd)
    crowd.ledger.downloads.push({ sha256, epoch: epoch === before ? epoch : null })
  }
}

/** `fetch` has one kind of error for every connection that breaks. */
const isCut = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof Error && error.name === 'SocketError')

/** Tries until the server answers; `give`, when it is there, is what a cut comes to instead. */
const patiently = async <T, G = never>(
  crowd: Crowd,
  work: () => Promise<T>,
  ...give: G[]
): Promise<T | G> => {
  for (;;) {
    await crowd.machine.isOpen()
    try {
      return await work()
    } catch (error) {
      if (!isCut(error)) throw error
      crowd.cuts += 1
    }
    const [instead] = give
    if (instead !== undefined) return instead
    await pause(10)
  }
}

/** One client: takes turn after turn until the crowd goes home. */
const client = async (crowd: Crowd, turn: Turn, number: number): Promise<void> => {
  const chance = dice(crowd.seed * 1000 + number)
  while (!crowd.stopped) {
    await crowd.machine.isOpen()
    try {
      await turn(crowd, chance)
    } catch (error) {
      if (isCut(error)) crowd.cuts += 1
      else crowd.faults.push(String(error))
      await pause(10)
    }
  }
}

const TURNS: readonly Turn[] = [
  sendOne(({ contributor }) => contributor),
  sendOne(({ contributor }) => contributor),
  sendOne(({ steward }) => steward),
  assembleOne,
  ask,
  ballot(0),
  ballot(1),
  ballot(2),
  download,
  download,
  decideAll,
  watch,
]

/** Sends everybody to work. Resolves when all have stopped. */
export const work = async (crowd: Crowd): Promise<void> => {
  await Promise.all(TURNS.map((turn, number) => client(crowd, turn, number)))
}
