/** Whether an event may join those of a vote, and why not. */
export type Admission =
  | { readonly decision: 'permit' }
  | { readonly decision: 'deny'; readonly code: string; readonly message: string }

export const PERMIT: Admission = { decision: 'permit' }

export function deny(code: string, message: string): Admission {
  return { decision: 'deny', code, message }
}
