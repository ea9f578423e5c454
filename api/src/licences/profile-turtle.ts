import { DataFactory, type Literal, type NamedNode, Writer } from 'n3'
import { PROFILE } from '../../../policies/index.ts'
import { ODRL, PROFILE_TERMS, type ProfileTerm } from './profile-terms.ts'

const { literal, namedNode, quad } = DataFactory

const PREFIXES = {
  sov: `${PROFILE}#`,
  odrl: ODRL,
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  dct: 'http://purl.org/dc/terms/',
} as const

const iri = (prefix: keyof typeof PREFIXES, name: string) => namedNode(`${PREFIXES[prefix]}${name}`)

const CLASS_OF: Readonly<Record<ProfileTerm['kind'], NamedNode>> = {
  action: iri('odrl', 'Action'),
  duty: iri('odrl', 'Action'),
  operand: iri('odrl', 'LeftOperand'),
  value: iri('odrl', 'RightOperand'),
  property: iri('rdf', 'Property'),
}

const operandIri = (written: string) =>
  written.startsWith('sov:') ? iri('sov', written.slice(4)) : iri('odrl', written)

const statementsOf = (term: ProfileTerm) => {
  const subject = iri('sov', term.name)
  const say = (predicate: NamedNode, object: NamedNode | Literal) =>
    quad(subject, predicate, object)
  return [
    say(iri('rdf', 'type'), CLASS_OF[term.kind]),
    say(iri('rdf', 'type'), iri('skos', 'Concept')),
    say(iri('skos', 'definition'), literal(term.definition, 'en')),
    say(iri('skos', 'inScheme'), namedNode(PROFILE)),
    ...term.broader.map((parent) => say(iri('odrl', 'includedIn'), namedNode(parent))),
    ...term.operands.map((operand) => say(iri('sov', 'valueOf'), operandIri(operand))),
    ...term.operators.map((operator) => say(iri('sov', 'takes'), iri('odrl', operator))),
    ...(term.class === undefined ? [] : [say(iri('sov', 'class'), literal(term.class))]),
  ]
}

/** The vocabulary of the licence profile as Turtle, made from the tables the parser reads. */
export const profileTurtle = (): string => {
  const writer = new Writer({ prefixes: PREFIXES })
  const profile = namedNode(PROFILE)
  writer.addQuads([
    quad(profile, iri('rdf', 'type'), iri('skos', 'ConceptScheme')),
    quad(
      profile,
      iri('dct', 'title'),
      literal('Licence profile of this registry, version 1', 'en'),
    ),
    ...PROFILE_TERMS.flatMap(statementsOf),
  ])
  let text = ''
  writer.end((error, result) => {
    if (error) throw error
    text = String(result)
  })
  return text
}
