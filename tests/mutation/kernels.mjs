/**
 * What is mutated, and the tests that have to notice, quickest first. The catalogues of words and
 * the tables of codes are left out: a changed word is no broken rule, and they have their own tests.
 * @type {Readonly<Record<string, { mutate: readonly string[], tests: readonly string[] }>>}
 */
export const KERNELS = {
  /** What a licence goes through, from its text to a decision. */
  licences: {
    mutate: [
      ...['canonical', 'compile', 'decide', 'document-size', 'duplicate-keys'],
      ...['evaluate', 'export-agreement', 'export-policy', 'facts', 'instant'],
      ...['instantiate-licence', 'label-rules'],
      ...['mining', 'parse-constraint', 'parse-licence', 'parse-licence-text', 'parse-rule'],
      ...['reader', 'test-table', 'write-rule'],
    ],
    tests: [
      ...['licence-territory', 'licence-operators', 'licence-vectors', 'canonical'],
      ...['licence-words', 'evaluate', 'licence-malformed', 'licence-parse', 'licence-export'],
    ],
  },
  /** What is proved of licences. */
  proofs: {
    mutate: [...['claim', 'parse-claim', 'publication', 'refine-licence', 'search-state']],
    tests: ['licence-claims', 'licence-matrix', 'licence-refine'],
  },
  /** Why a licence says no, and what would change it. */
  explanations: {
    mutate: [
      ...['explain', 'moment', 'needs', 'operands', 'reasons', 'resolver', 'territory', 'ways'],
      'witness',
    ],
    tests: [
      ...['resolver', 'licence-territory', 'ways', 'needs', 'licence-words', 'licence-explain'],
      ...['licence-operators', 'licence-vectors', 'evaluate', 'evaluate-properties'],
    ],
  },
  /** Several licences at once. */
  joined: {
    mutate: ['duties', 'licence-facts', 'meet'],
    tests: [
      ...['licence-joined', 'custody', 'derive', 'check-works', 'use-together', 'evaluate'],
      ...['licence-vectors', 'licence-words', 'licence-invariants'],
    ],
  },
  /** What a grant says under several licences, and what people have settled. Give it more seconds. */
  agreements: {
    mutate: ['carried-clauses', 'joint-agreement', 'left-to-people'],
    tests: ['joint-agreement', 'settled-by-people'],
  },
  /** All tests of a licence asked at once. */
  answers: { mutate: ['answers'], tests: ['licence-operators', 'licence-vectors', 'answers'] },
  /** Charters, and votes from opening to effect. */
  governance: {
    mutate: [
      'admissible',
      'assist',
      'compare-rules',
      'conditions',
      'count',
      'course',
      'delegation',
      'diff-charters',
      'duration',
      'fraction',
      'charter',
      'instantiate-charter',
      'lint-charter',
      'open-proposal',
      'open-seals',
      'parse-charter',
      'proposal',
      'public-vote',
      'recount',
      'standing-ballots',
      'tally',
      'view',
    ],
    tests: [
      'duration',
      'tally',
      'fraction',
      'assist',
      'standing-ballots',
      'view-vectors',
      'proposal-admissible',
      'lint-charter',
      'proposal-open',
      'charter',
      'recount',
      'conditions',
      'diff-charters',
      'delegation',
      'view-invariants',
    ],
  },
}
