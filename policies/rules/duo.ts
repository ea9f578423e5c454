import {
  asksFor,
  barsPurposes,
  COMMERCIAL,
  type CodeMapping,
  checkedUsers,
  RESEARCH,
  termTest,
  unmapped,
  votedOn,
} from './code-mapping.ts'
import { PURPOSES, type Purpose } from './vocabulary.ts'

const HEALTH = 'no purpose of this profile is about health or medicine.'
const HEADING = 'it is a heading for other terms and says nothing of its own.'
const OTHERS = (kept: readonly Purpose[]): readonly Purpose[] =>
  PURPOSES.filter((purpose) => purpose !== 'unlisted' && !kept.includes(purpose))

const forProfitActors = {
  never: [{ actorKind: ['commercial'] }],
  bars: [termTest('sov:actorKind', 'isAnyOf', ['commercial'])],
} as const

/**
 * The 25 terms of the Data Use Ontology (DUO, release 2021-02-23) by their local ids, and what each
 * comes to here. DUO speaks of consent to health research: many terms have no counterpart.
 */
export const DUO: readonly CodeMapping[] = [
  unmapped('DUO:0000001', 'data use permission', HEADING),
  {
    code: 'DUO:0000004',
    label: 'no restriction',
    kind: 'free',
    exact: true,
    note: 'Every use is permitted to everybody, without even a duty.',
  },
  unmapped('DUO:0000006', 'health or medical or biomedical research', HEALTH),
  unmapped('DUO:0000007', 'disease specific research', HEALTH),
  unmapped(
    'DUO:0000011',
    'population origins or ancestry research only',
    'no purpose of this profile is about ancestry.',
  ),
  {
    code: 'DUO:0000012',
    label: 'research specific restrictions',
    kind: 'limits',
    exact: false,
    never: [{ purposes: OTHERS(RESEARCH) }],
    bars: [termTest('purpose', 'isNoneOf', RESEARCH)],
    duties: [],
    note: 'Limited to research on language and its technology; the term leaves the field open.',
  },
  barsPurposes(
    'DUO:0000015',
    'no general methods research',
    ['languageTechnologyResearch', 'evaluation'],
    { exact: false, note: 'Here methods are those of language technology.' },
  ),
  unmapped('DUO:0000016', 'genetic studies only', 'the data of this registry is language.'),
  unmapped('DUO:0000017', 'data use modifier', HEADING),
  {
    code: 'DUO:0000018',
    label: 'not for profit, non commercial use only',
    kind: 'limits',
    exact: true,
    never: [...forProfitActors.never, { purposes: COMMERCIAL }],
    bars: [...forProfitActors.bars, termTest('purpose', 'isAnyOf', COMMERCIAL)],
    duties: [],
    note: 'Neither commercial bodies nor commercial purposes.',
  },
  unmapped(
    'DUO:0000019',
    'publication required',
    'a report here goes to the community, which decides what becomes public.',
  ),
  unmapped(
    'DUO:0000020',
    'collaboration required',
    'no duty of this profile asks to work together with those who made the data.',
  ),
  {
    code: 'DUO:0000021',
    label: 'ethics approval required',
    kind: 'limits',
    exact: true,
    never: [{ ethicsApproval: ['no'] }],
    bars: [termTest('sov:ethicsApproval', 'isNoneOf', ['yes'])],
    duties: [],
    note: 'An approval by an ethics body has to be shown.',
  },
  {
    code: 'DUO:0000022',
    label: 'geographical restriction',
    kind: 'limits',
    exact: true,
    never: [{ territory: ['nonHighIncome', 'other'] }],
    bars: [termTest('sov:territory', 'isNoneOf', ['home', 'region'])],
    duties: [],
    note: 'Limited to the home and region countries of the licence.',
  },
  unmapped(
    'DUO:0000024',
    'publication moratorium',
    'a licence here says when data may be used, not when results may be published.',
  ),
  {
    code: 'DUO:0000025',
    label: 'time limit on use',
    kind: 'ends',
    exact: false,
    note: 'Here use ends on a day for everybody; the term counts months from each approval.',
  },
  votedOn(
    'DUO:0000026',
    'user specific restriction',
    'Here the council approves each request, and with it its user.',
  ),
  votedOn(
    'DUO:0000027',
    'project specific restriction',
    'Here the council approves each request, and with it its project.',
  ),
  checkedUsers('DUO:0000028', 'institution specific restriction', 2, {
    exact: false,
    note: 'Here the institution is checked; the term asks for an approved one.',
  }),
  asksFor('DUO:0000029', 'return to database or resource', 'shareBack', {
    exact: true,
    note: 'What is made from the data is given back to the community.',
  }),
  {
    code: 'DUO:0000042',
    label: 'general research use',
    kind: 'allows',
    exact: false,
    purposes: RESEARCH,
    note: 'Research on language and its technology is possible under the terms, and nothing else.',
  },
  unmapped('DUO:0000043', 'clinical care use', HEALTH),
  unmapped(
    'DUO:0000044',
    'population origins or ancestry research prohibited',
    'no purpose of this profile is about ancestry, so none can be barred.',
  ),
  {
    code: 'DUO:0000045',
    label: 'not for profit organisation use only',
    kind: 'limits',
    exact: true,
    ...forProfitActors,
    duties: [],
    note: 'Not for bodies that seek profit.',
  },
  barsPurposes('DUO:0000046', 'non-commercial use only', COMMERCIAL, {
    exact: true,
    note: 'Not for products or advertising that earn money.',
  }),
]
