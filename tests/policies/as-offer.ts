import type { Licence } from '../../policies/index.ts'
import { licenceOf } from './licence-support.ts'

type Doc = Record<string, unknown>

const bare = ({ 'dct:source': _, assignee: __, ...rest }: Doc): Doc => rest

/** An exported policy as the offer it would be, so that the same rules can judge it. */
export const asOffer = (exported: Readonly<Doc>): Licence => {
  const {
    'sov:licenceDigest': _,
    'sov:holdsTogetherWith': __,
    'sov:settledByPeople': ___,
    ...rest
  } = bare(exported)
  const rules = (key: string) => ((rest[key] ?? []) as Doc[]).map(bare)
  const spelledOut = JSON.stringify({
    ...rest,
    '@type': 'Offer',
    permission: rules('permission'),
    ...(rest.prohibition === undefined ? {} : { prohibition: rules('prohibition') }),
  }).replaceAll('"odrl:neq"', '"neq"')
  return licenceOf(JSON.parse(spelledOut))
}
