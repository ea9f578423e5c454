import type { TermsPart, UseAnswer, UseQuestion } from './use-answer.ts'

type Answering = typeof import('./use-answer.ts')

// The licence kernel stays out of the page until somebody asks it something.
let kernel: Answering | undefined

export async function loadKernel(): Promise<Answering> {
  kernel ??= await import('./use-answer.ts')
  return kernel
}

/** On the server always; in the browser before hydration when the address already asks. */
export async function prepareKernel(): Promise<void> {
  if (import.meta.env.SSR || window.location.search.includes('purpose=')) await loadKernel()
}

export function questionOf(params: URLSearchParams): UseQuestion {
  return {
    purpose: params.get('purpose') ?? '',
    actorKind: params.get('actor') ?? '',
    commercialTie: params.get('tie') ?? '',
    country: params.get('country') ?? '',
    actions: params.getAll('action'),
  }
}

/** Undefined while the kernel is not loaded or the question is not complete. */
export function answerNow(
  terms: readonly TermsPart[],
  question: UseQuestion,
  now: string,
  locale: string,
): UseAnswer | undefined {
  if (!question.purpose || question.actions.length === 0) return undefined
  return kernel?.answerUse(terms, question, Date.parse(now), locale)
}
