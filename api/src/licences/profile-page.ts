import { PROFILE, SCHEMES } from '../../../policies/index.ts'
import { PROFILE_TERMS, type ProfileTerm } from './profile-terms.ts'

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const HEADINGS: readonly (readonly [ProfileTerm['kind'], string])[] = [
  ['action', 'Actions'],
  ['operand', 'What a clause can ask about'],
  ['value', 'Values'],
  ['duty', 'Duties'],
  ['property', 'Properties of a licence'],
]

const CLASS_WORDS: Readonly<Record<NonNullable<ProfileTerm['class']>, string>> = {
  enforced: 'The registry enforces it.',
  evidenced: 'It rests on what people declare and can show.',
  obligation: 'It is a promise, followed up by the registry.',
  humanOnly: 'Only people can judge it, by a vote on each request.',
}

const notesOf = ({ class: kind, operands, operators }: ProfileTerm): readonly string[] => [
  ...(kind === undefined ? [] : [CLASS_WORDS[kind]]),
  ...(operands.length === 0 ? [] : [`Value of ${operands.join(', ')}.`]),
  ...(operators.length === 0 ? [] : [`Compared with ${operators.join(', ')}.`]),
]

const entry = (term: ProfileTerm, kind: string): string => {
  const words = [term.definition, ...notesOf(term)].map(escaped).join(' ')
  return `<dt id="${kind}-${escaped(term.name)}"><code>sov:${escaped(term.name)}</code></dt><dd>${words}</dd>`
}

const section = ([kind, heading]: (typeof HEADINGS)[number]): string => {
  const terms = PROFILE_TERMS.filter((term) => term.kind === kind)
  const entries = terms.map((term) => entry(term, kind)).join('\n')
  return `<h2>${heading}</h2>\n<dl>\n${entries}\n</dl>`
}

const scheme = (name: keyof typeof SCHEMES): string => {
  const entries = SCHEMES[name].map(
    ({ code, label, note }) =>
      `<dt><code>${escaped(code)}</code> ${escaped(label)}</dt><dd>${escaped(note)}</dd>`,
  )
  return `<h2>Codes of ${name}</h2>\n<dl>\n${entries.join('\n')}\n</dl>`
}

/** The vocabulary of the licence profile as a page that needs neither script nor style. */
export const profilePage = (): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Licence profile, version 1</title>
<link rel="alternate" type="text/turtle" href="/profile/1.ttl">
</head>
<body>
<main>
<h1>Licence profile, version 1</h1>
<p>The words that licences of this registry may use, a closed profile of ODRL 2.2. The prefix
<code>sov:</code> stands for <code>${escaped(PROFILE)}#</code>. A licence that uses any other word is
refused. For machines: <a href="/profile/1.ttl">the same as Turtle</a>.</p>
<p>Where several licences hold together (a dataset that several communities keep, a work made from
others, a licence with a newer version), a grant is one <code>Agreement</code> for each of them, in one
document. ODRL joins permissions by “or”; these must be joined by “and”. So each carries the bars of
the others and what they ask for, where that means the same there, and in every permission that does
not say all of it <code>sov:permittedUnder</code>. Whoever does not know that operand, and does not take what it does not
know as met, reads less than is allowed and never more.</p>
${HEADINGS.map(section).join('\n')}
<p>What licences come to in the codes of other schemes. A code is shown with a licence only where the
terms are proved to imply it.</p>
${scheme('DUO')}
${scheme('CLARIN')}
</main>
</body>
</html>
`
