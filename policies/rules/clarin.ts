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
import { type Action, PURPOSES } from './vocabulary.ts'

const barsActions = (
  code: string,
  label: string,
  actions: readonly Action[],
  note: string,
): CodeMapping => ({
  code,
  label,
  kind: 'limits',
  exact: false,
  never: [{ actions }],
  bars: [],
  duties: [],
  note,
})

/** The 16 condition tags of the CLARIN licence categories, and what each comes to here. */
export const CLARIN: readonly CodeMapping[] = [
  checkedUsers('ID', 'identified user', 1, {
    exact: true,
    note: 'Not for visitors without an account.',
  }),
  checkedUsers('AFFIL', 'affiliated user', 2, {
    exact: false,
    note: 'Here the institution is checked, whatever its field.',
  }),
  votedOn('PERM', 'permission case by case', 'The council decides each request.'),
  {
    code: 'FF',
    label: 'fee',
    kind: 'limits',
    exact: false,
    never: [{ benefitAgreement: ['none'] }],
    bars: [termTest('sov:benefitAgreement', 'isNoneOf', ['signed'])],
    duties: [],
    note: 'A benefit is agreed beforehand; it need not be money.',
  },
  unmapped(
    'PLAN',
    'research plan',
    'every request here describes its project, whatever the licence says.',
  ),
  asksFor('BY', 'attribution', 'attribute', {
    exact: true,
    note: 'The community and those who made the data are named.',
  }),
  barsPurposes('NC', 'non-commercial', COMMERCIAL, {
    exact: true,
    note: 'Not for products or advertising that earn money.',
  }),
  asksFor('INF', 'inform the rights holder', 'reportBack', {
    exact: true,
    note: 'A report goes to the community.',
  }),
  barsActions(
    'LOC',
    'single location',
    ['download', 'redistribute'],
    'Here the one place is the registry: no copy is handed out.',
  ),
  {
    code: 'LRT',
    label: 'language research and technology only',
    kind: 'limits',
    exact: true,
    never: [{ purposes: PURPOSES.filter((one) => one !== 'unlisted' && !RESEARCH.includes(one)) }],
    bars: [termTest('purpose', 'isNoneOf', RESEARCH)],
    duties: [],
    note: 'Only for research on language and its technology.',
  },
  unmapped(
    'PRIV',
    'personal data',
    'it tells what is in the data; the data statement of a version does that here.',
  ),
  barsActions(
    'NORED',
    'no redistribution',
    ['redistribute'],
    'Parts of the data that do not matter by themselves are not meant.',
  ),
  barsActions(
    'ND',
    'no derivatives passed on',
    ['derive'],
    'Here derived works are not made at all; the tag bars passing them on.',
  ),
  unmapped(
    'DEP',
    'deposit of derivatives',
    'it names the infrastructure that they are passed on by.',
  ),
  asksFor('SA', 'share alike', 'shareAlike', {
    exact: true,
    note: 'Derived works are passed on under the same terms.',
  }),
  unmapped('*', 'other conditions', 'it says only that there are more conditions.'),
]
