import { createRequire } from 'node:module'
import { parse } from 'bcp-47'
import { z } from 'zod'

const load = createRequire(import.meta.url)

/** The IANA registry's index of one type: subtag in lower case to record number. */
const indexOf = (type: 'language' | 'script' | 'region' | 'variant') => {
  const entries = z
    .record(z.string(), z.number())
    .parse(load(`language-subtag-registry/data/json/${type}.json`))
  return new Set(Object.keys(entries))
}

const REGISTERED = {
  language: indexOf('language'),
  script: indexOf('script'),
  region: indexOf('region'),
  variant: indexOf('variant'),
}

/**
 * Why `tag` is not a valid BCP 47 tag; empty if it is. `bcp-47` checks the syntax only (RFC 5646
 * 2.1), so every subtag is looked up in the IANA registry as well (2.2.9).
 */
export const languageTagProblems = (tag: string): readonly string[] => {
  const { language, script, region, variants } = parse(tag)
  if (!language) return [`${tag}: not the syntax of a BCP 47 tag`]
  const used = [
    ['language', language],
    ['script', script],
    ['region', region],
    ...variants.map((variant) => ['variant', variant] as const),
  ] as const
  return used
    .filter(([type, subtag]) => subtag && !REGISTERED[type].has(subtag.toLowerCase()))
    .map(([type, subtag]) => `${tag}: ${type} ${subtag} is not in the IANA registry`)
}
