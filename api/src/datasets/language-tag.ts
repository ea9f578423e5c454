import { createRequire } from 'node:module'
import { parse, stringify } from 'bcp-47'
import { z } from 'zod'

const load = createRequire(import.meta.url)

/** The IANA registry's index of one type: subtags in lower case. */
const subtags = (type: 'language' | 'script' | 'region' | 'variant'): ReadonlySet<string> => {
  const json: unknown = load(`language-subtag-registry/data/json/${type}.json`)
  return new Set(Object.keys(z.record(z.string(), z.number()).parse(json)))
}

const REGISTERED = {
  language: subtags('language'),
  script: subtags('script'),
  region: subtags('region'),
  variant: subtags('variant'),
}

/** The tag as one writes it (RFC 5646 2.1.1), or null when it is not valid (2.2.9). */
export const canonicalTag = (text: string): string | null => {
  const tag = parse(text.trim())
  const { language, script, region, variants } = tag
  if (!language || !REGISTERED.language.has(language.toLowerCase())) return null
  if (script && !REGISTERED.script.has(script.toLowerCase())) return null
  if (region && !REGISTERED.region.has(region.toLowerCase())) return null
  if (!variants.every((variant) => REGISTERED.variant.has(variant.toLowerCase()))) return null
  return stringify({
    ...tag,
    language: language.toLowerCase(),
    script: script && script[0]?.toUpperCase() + script.slice(1).toLowerCase(),
    region: region?.toUpperCase(),
  })
}
