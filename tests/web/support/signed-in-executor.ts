import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, graphql } from 'graphql'
import { globSync } from 'tinyglobby'
import { now } from './sample-data.ts'
import {
  grant,
  home,
  licenceTemplates,
  openBallot,
  request,
  statementFields,
  stewarded,
  viewer,
} from './signed-in-data.ts'

const cwd = new URL('../../../', import.meta.url).pathname
const sdl = globSync('api/src/**/*.graphql', { cwd })
  .sort()
  .map((path) => readFileSync(join(cwd, path), 'utf8'))
const schema = buildSchema(sdl.join('\n'))

const charter: unknown = JSON.parse(
  readFileSync(join(cwd, 'policies/charters/small-council-consent.json'), 'utf8'),
)

export type Answers = Readonly<Record<string, unknown>>

/** What a signed-in member is answered; a test changes the one answer it is about. */
const usual: Answers = {
  viewer,
  registry: { name: 'Commonhold', needsSetUp: false, demo: false, now },
  proposal: openBallot,
  request,
  grant,
  dataset: stewarded,
  community: home,
  communities: [home],
  statementFields,
  licenceTemplates,
  charterTemplates: [
    {
      name: 'small-council-consent',
      title: 'Small council',
      description: 'Few people who agree.',
      document: charter,
      bodies: ['council', 'assembly'],
    },
  ],
  precheck: request.decision,
}

/** Answers GraphQL by the real schema: a page that asks for a field which is not there fails. */
export function signedInExecutor(answers: Answers = {}) {
  const rootValue = { ...usual, ...answers }
  return async (source: string, variableValues: Record<string, unknown>) => {
    const { data, errors } = await graphql({ schema, source, rootValue, variableValues })
    return { data, errors: errors?.map(({ message }) => ({ message })) }
  }
}
