import type { DutyKind } from './vocabulary.ts'

/** One line of the form by which a holder shows that a duty was kept. */
export interface DutyField {
  readonly name: string
  readonly form: 'text' | 'url' | 'date' | 'sha256'
  readonly required: boolean
}

const asked = (name: string, form: DutyField['form'] = 'text'): DutyField => ({
  name,
  form,
  required: true,
})
const offered = (name: string, form: DutyField['form'] = 'text'): DutyField => ({
  name,
  form,
  required: false,
})

const FORMS: Readonly<Record<DutyKind, readonly DutyField[]>> = {
  attribute: [asked('citation'), offered('link', 'url')],
  noticeLabels: [asked('where'), offered('link', 'url')],
  reportBack: [asked('done'), asked('learnt'), offered('link', 'url')],
  shareBack: [asked('what'), asked('link', 'url'), offered('sha256', 'sha256')],
  shareAlike: [asked('work'), asked('terms'), offered('link', 'url')],
  informCouncil: [asked('plan'), offered('date', 'date')],
  benefitShare: [asked('benefit'), asked('received')],
  deleteOnEnd: [asked('deleted'), asked('date', 'date')],
  reaccept: [asked('statement')],
  secureStorage: [asked('measures')],
}

/** What is asked for as evidence of a duty; ask for nothing that names other people. */
export const dutyForm = (kind: DutyKind): readonly DutyField[] => FORMS[kind]

const SHAPES: Readonly<Record<DutyField['form'], RegExp>> = {
  text: /\S/,
  url: /^https?:\/\/[^\s/]+\S*$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  sha256: /^[0-9a-f]{64}$/,
}

export interface FoundProblem {
  readonly field: string
  readonly problem: 'missing' | 'unknown' | 'shape'
}

/** What stands against handing in this evidence, by field; none when it may go. */
export function evidenceProblems(
  kind: DutyKind,
  evidence: readonly { readonly field: string; readonly text: string }[],
): readonly FoundProblem[] {
  const form = dutyForm(kind)
  const given = new Map(evidence.map(({ field, text }) => [field, text.trim()]))
  const unknown = [...given.keys()]
    .filter((field) => !form.some(({ name }) => name === field))
    .map((field) => ({ field, problem: 'unknown' as const }))
  const wrong = form.flatMap(({ name, form: shape, required }): readonly FoundProblem[] => {
    const text = given.get(name) ?? ''
    if (text === '') return required ? [{ field: name, problem: 'missing' }] : []
    return SHAPES[shape].test(text) ? [] : [{ field: name, problem: 'shape' }]
  })
  return [...unknown, ...wrong]
}
