import { describe, expect, it } from 'vitest'
import {
  type ClaimMessages,
  claimMessagesFor,
  LABELS,
  type LabelCode,
  labelClaims,
  proveClaim,
  sayChange,
  sayClaim,
  sayExample,
  summarise,
} from '../../policies/index.ts'
import { german } from '../../policies/rules/messages-de.ts'
import { FALSE_CLAIMS } from './false-claims.ts'
import { TEMPLATES, template } from './licence-support.ts'

/** Every sentence about claims, examples and changes of the templates, in one language. */
const sentencesIn = (locale: string | ClaimMessages): readonly string[] => {
  const claims = TEMPLATES.flatMap((name) => {
    const licence = template(name)
    return FALSE_CLAIMS[name].flatMap((body, nth) => {
      const claim = { id: `urn:example:${nth}`, ...body }
      const { example } = proveClaim(licence, claim)
      const shown = example && sayExample(licence, example, claim.verdict !== 'always', locale)
      return [sayClaim(claim, locale), shown ?? '']
    })
  })
  const codes = Object.keys(LABELS) as LabelCode[]
  const labels = codes.flatMap((code) => labelClaims(code).map((one) => sayClaim(one, locale)))
  const [first, ...others] = TEMPLATES.map((name) => template(name))
  const changes = others.slice(0, 3).flatMap((other) => {
    if (!first) return []
    const { wider, narrower, dutiesAdded, dutiesRemoved } = sayChange(first, other, locale)
    return [...wider, ...narrower, ...dutiesAdded, ...dutiesRemoved]
  })
  return [...claims, ...labels, ...changes]
}

describe('claims and changes in German', () => {
  const english = sentencesIn('en')
  const said = sentencesIn(german)

  it('say as much as the English ones, each as a whole sentence', () => {
    expect(said).toHaveLength(english.length)
    for (const text of said) expect(text).toMatch(/^[A-ZÄÖÜ][^{}]*[.]$/)
    expect(new Set(said).size).toBe(new Set(english).size)
  })

  it('hold no word of another language and no hole', () => {
    for (const text of said)
      expect(text).not.toMatch(/\b(you|your|if|only|may|the|it|never|undefined|null|sov)\b/)
  })

  it('read like sentences', () => {
    expect(said).toContain(
      'Sie dürfen niemals die Daten nutzen, wenn Sie nicht Mitglied der Gemeinschaft sind.',
    )
    expect(said).toContain('Niemand darf jemals ein Computermodell damit trainieren.')
  })

  it('are marked as a draft, and are not what a licence itself is said in', () => {
    expect(german.draft).toBe(true)
    expect(claimMessagesFor('de').lang).toBe('en')
    expect(claimMessagesFor('en').draft).toBe(false)
    const sentences = summarise(template('guardianship'), 'de')
    expect(new Set(sentences.map(({ lang }) => lang))).toEqual(new Set(['en']))
  })
})
