import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { config as readConfig } from '../api/src/config.ts'
import { openHouse } from '../api/src/wire.ts'
import { buildCorpora } from './corpora/build-corpora.ts'
import { tones } from './corpora/tones.ts'
import { readDemoPlan } from './demo-plan.ts'
import { DAY, type Garden } from './garden.ts'
import {
  plantCustody,
  plantInVote,
  plantLicences,
  plantPublished,
  plantSuspensions,
} from './plant-datasets.ts'
import { plantDelegation, plantStandingUse } from './plant-delegation.ts'
import { plantRevisions, plantTakedowns } from './plant-later.ts'
import {
  plantAttestations,
  plantCommunities,
  plantPeople,
  plantStandstill,
} from './plant-people.ts'
import { plantDownload, plantOpenRequest, plantRequests } from './plant-requests.ts'

/** How long before today the demonstration begins. */
const DAYS_BEFORE = 120

const config = readConfig()

// A seed that was cut off half-way has nothing worth keeping: the folder is its own.
const unfinished = join(config.dataDir, 'seeding')
if (existsSync(unfinished)) await rm(config.dataDir, { recursive: true })

const start = Date.now() - DAYS_BEFORE * DAY
let now = start
const clock = {
  now: () => now,
  advance: (ms: number) => {
    now += ms
  },
}

const house = await openHouse({
  config,
  clock,
  report: (error, about) => {
    throw new Error(`seeding failed at ${about}`, { cause: error })
  },
})

const garden: Garden = {
  house,
  days: async (count) => {
    for (let day = 0; day < count; day += 1) {
      clock.advance(DAY)
      await house.tick()
    }
  },
}

/** Days passed since the beginning. */
const passed = (): number => Math.round((now - start) / DAY)

const grow = async (): Promise<void> => {
  const plan = await readDemoPlan(pathToFileURL(`${config.root}/seed/`))
  const corpora = [...(await buildCorpora()), tones()]
  await plantPeople(garden, plan)
  await plantCommunities(garden, plan)
  await plantLicences(garden, plan)
  await plantAttestations(garden, plan)
  await garden.days(24)
  const planted = await plantPublished(garden, plan, corpora)
  await garden.days(24)
  await plantCustody(garden, plan, planted)
  await plantRequests(garden, planted)
  await garden.days(24)
  for (const slug of ['rights-mi-en', 'rights-ig-words']) await plantDownload(garden, planted, slug)
  await garden.days(20)
  await plantSuspensions(garden, plan, planted)
  await plantRevisions(garden, plan, corpora, planted, 'published')
  await plantTakedowns(garden, plan, planted)
  await plantDelegation(garden)
  await garden.days(DAYS_BEFORE - passed() - 17)
  await plantStandstill(garden)
  await garden.days(15)
  await plantInVote(garden, plan, corpora, planted)
  await plantRevisions(garden, plan, corpora, planted, 'in-vote')
  await plantOpenRequest(garden, planted)
  await plantStandingUse(garden, planted)
  await garden.days(1)
  await house.post()
}

const { log, people } = house.services
if (await people.needsSetUp()) {
  await mkdir(config.dataDir, { recursive: true })
  await writeFile(unfinished, '')
  await grow()
  await log.checkpoint()
  await rm(unfinished)
  console.log(
    `Seeded ${await log.size()} events for ${(await people.communities()).length} communities.`,
  )
} else {
  console.log(
    `${config.dataDir} holds a registry already (${await log.size()} events): left as it is.`,
  )
}
await house.close()
