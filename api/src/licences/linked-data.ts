import jsonld from 'jsonld'
import { CONTEXT } from '../../../policies/index.ts'
import { ODRL_CONTEXT, ODRL_CONTEXT_URL } from './odrl-context.ts'

/** The one context that is known is bundled; any other address is refused, so nothing is fetched. */
const bundled = async (url: string) => {
  if (url !== ODRL_CONTEXT_URL) throw new Error(`the context ${url} is not bundled`)
  return { contextUrl: undefined, document: ODRL_CONTEXT, documentUrl: url }
}

// Safe mode: a key or value that would be dropped on the way is an error instead.
const OPTIONS = { documentLoader: bundled, safe: true } as const

/** The statements of a policy with full IRIs. Throws when a part of it would get lost. */
export const expandPolicy = async (policy: object): Promise<readonly object[]> =>
  jsonld.expand({ ...policy }, OPTIONS)

/** The statements as canonical N-Quads (RDFC-1.0): equal for equal meaning. */
export const policyQuads = async (policy: object): Promise<string> =>
  String(await jsonld.canonize({ ...policy }, { ...OPTIONS, format: 'application/n-quads' }))

/** Short forms of every name that a licence uses. */
export const NAMES = { odrl: 'http://www.w3.org/ns/odrl/2/', ...CONTEXT[1] }

/** The policy without a context of its own: every term with its prefix, to stand in another document. */
export const policyInFull = async (policy: object): Promise<object> => {
  const { '@context': _, ...terms } = await jsonld.compact({ ...policy }, NAMES, OPTIONS)
  return terms
}
