import { decide } from './journey.ts'
import type { Village } from './village.ts'

type Json = Record<string, unknown>

export interface Adopted {
  readonly digest: string
  readonly id: string
  readonly document: Json
}

interface Rules {
  readonly permission: readonly { readonly target: string }[]
}

/** A clause that only people can apply, as an entry of `sov:humanOnly`. */
export const peoplesClause = (
  document: Json,
  name: string,
  text: string,
  more: Json = {},
): Json => ({
  uid: `${String(document.uid)}#${name}`,
  target: (document as unknown as Rules).permission[0]?.target,
  action: ['use'],
  'sov:statement': { '@value': text, '@language': 'en' },
  ...more,
})

/** The council adopts what `change` makes of a licence of theirs: a new one, or its next version. */
export const adoptChanged = async (
  village: Village,
  from: { readonly digest: string; readonly replaces: string | null; readonly uid: string },
  change: (document: Json) => void,
): Promise<Adopted> => {
  const read = await village.steward.run<{ licence: { document: Json } }>(
    'query ($digest: ID!) { licence(digest: $digest) { document } }',
    { digest: from.digest },
  )
  const document = { ...structuredClone(read.licence.document), uid: from.uid }
  change(document)
  const { proposeLicence } = await village.steward.run<{
    proposeLicence: { proposal: { id: string } | null; refused: object | null }
  }>(
    'mutation ($input: ProposeLicenceInput!) { proposeLicence(input: $input) { proposal { id } refused { code message reasons { text } } } }',
    {
      input: {
        community: village.community,
        replaces: from.replaces,
        document,
        reason: 'Some of it only people can judge.',
      },
    },
  )
  if (!proposeLicence.proposal) throw new Error(JSON.stringify(proposeLicence.refused))
  await decide(village, proposeLicence.proposal.id)
  const { licences } = await village.steward.run<{ licences: readonly Adopted[] }>(
    '{ licences { digest id document } }',
  )
  const found = licences.find((one) => one.document.uid === from.uid)
  if (!found) throw new Error('the vote passed but nothing is adopted')
  return found
}
